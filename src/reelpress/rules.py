"""The one table of rules: what can be noticed, how grave it is, and why.

Codes are for ever: the first letter is the family, and a retired code is never
given out again. docs/rules.md is written from this table.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    """The release is not bound."""
    WARNING = "warning"
    """Bound, and said; an error under `--strict`."""
    NOTE = "note"
    """Worth knowing, nothing to mend."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table: what can be noticed, how grave it is, what to do."""

    code: str
    severity: Severity
    text: str
    """The sentence printed, with `{named}` parts."""
    why: str
    """One or two sentences for `reelpress rules CODE` and docs/rules.md."""


E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE

FAMILIES = {
    "H": "header and ticket",
    "M": "Markdown",
    "L": "links and notes",
    "I": "images",
    "R": "rights",
    "T": "typography",
    "A": "accessibility",
    "E": "EPUB",
    "P": "print",
    "B": "layout and binding",
    "S": "sources and imports",
}

RULES: dict[str, Rule] = {
    rule.code: rule
    for rule in (
        # -- header and ticket
        Rule(
            "H001",
            E,
            "This is no text (byte {byte} at offset {offset}).",
            "Manuscripts are text: UTF-8, or what says that it is UTF-16 or UTF-32. Other "
            "encodings are guessed (H040); this file's bytes are none. It may be a picture or a "
            "document under a wrong name.",
        ),
        Rule(
            "H002",
            E,
            "This file is empty.",
            "A review is a front matter between two lines of --- and a text below it.",
        ),
        Rule(
            "H003",
            E,
            "This is not YAML: {problem}.",
            "Front matter, tickets, people and imprint are YAML. Often a colon in a value "
            "(put the value in quotes) or a tab (use spaces).",
        ),
        Rule(
            "H004",
            W,
            'Unknown key "{key}".',
            "In a review the key is within two letters of one that reelpress knows, so it is "
            "probably a slip; its value is kept as extra.KEY. Tickets, people, imprint and "
            "layouts have no keys but their own.",
        ),
        Rule(
            "H005",
            N,
            'The key "{key}" is kept as extra.{key} ({count}).',
            "reelpress does not know this key. Nothing is lost: layouts can use it as "
            "extra.KEY. Said once for the whole pool.",
        ),
        Rule(
            "H006",
            E,
            '"{field}": {problem}.',
            "The value is not of the kind that this field takes; `reelpress schema` tells "
            "editors what each field takes.",
        ),
        Rule(
            "H007",
            E,
            'The field "{field}" is missing.',
            "A review needs the film it is about and whoever wrote it; an anthology needs a "
            "title. A house can set a default reviewer in imprint.yaml.",
        ),
        Rule(
            "H008",
            W,
            'The key "{key}" stands here a second time.',
            "Of the two the first counts; other programs may take the last. Take one out.",
        ),
        Rule(
            "H009",
            E,
            "The front matter has no closing ---.",
            "Front matter begins with a line --- and ends with another.",
        ),
        Rule(
            "H010",
            E,
            '"{key}" is not in people.yaml.',
            "A key in lower case refers to the people file. Add the person there, or write "
            "the full name.",
        ),
        Rule(
            "H011",
            E,
            '"{isbn}" is not an ISBN: {problem}.',
            "An ISBN has ten or thirteen digits, the last of which is computed from the "
            "others (ISO 2108).",
        ),
        Rule(
            "H012",
            E,
            'There is no layout "{name}".',
            "Layouts are folders in layouts/ of the project, or come with reelpress.",
        ),
        Rule(
            "H013",
            E,
            '"{kind}" is not a piece that an anthology can have.',
            "front: and back: in the ticket name pieces such as contents, credits, "
            "contributors, or a text of your own as {foreword: texts/foreword.md}.",
        ),
        Rule(
            "H014",
            E,
            "There is no {what} {name}.",
            "The ticket or the imprint names something that is not there.",
        ),
        Rule(
            "H015",
            E,
            'The slug "{slug}" is also that of {other}.',
            "A slug is a review's address in links, tickets and file names, so no two may "
            "share one. Give one of them a slug: in its front matter.",
        ),
        Rule(
            "H016",
            W,
            '"{field}" is also given as "{other}", which is used.',
            "The same fact stands under two names; only one can be printed.",
        ),
        Rule(
            "H017",
            W,
            'The rating "{rating}" is printed as written; its value is not understood.',
            "Ratings are understood as 4.5/5, 8/10, 85%, B+ or stars. Others are printed "
            "but can't be compared or sorted.",
        ),
        Rule(
            "H018",
            W,
            '"{name}" is not in people.yaml.',
            "The name is printed as written here, without a biography.",
        ),
        Rule(
            "H019",
            N,
            "{count} left out.",
            "A review with draft: true is not bound.",
        ),
        Rule(
            "H020",
            E,
            "No review is in this anthology.",
            "The ticket's reviews: or parts: name nothing that is there and not a draft.",
        ),
        Rule(
            "H021",
            E,
            'The review "{slug}" stands in this anthology twice.',
            "A review has one place in a book, so that links to it have one target.",
        ),
        Rule(
            "H022",
            E,
            '"{tag}" is not a language tag.',
            "Languages are written as BCP 47 tags: en-GB, fr, ja, sr-Latn.",
        ),
        Rule(
            "H023",
            E,
            "{path} lies outside the project.",
            "reelpress reads the project's folder and the folders that imprint.yaml names "
            "under read: and sources:, links followed; nothing else.",
        ),
        Rule(
            "H024",
            W,
            'The ticket names the review "{slug}", which is a draft.',
            "Drafts are left out even where a ticket lists them.",
        ),
        Rule(
            "H025",
            E,
            '"{slug}" can\'t be a slug.',
            "Slugs are lower-case ASCII letters, digits and hyphens.",
        ),
        Rule(
            "H026",
            W,
            'The glob "{glob}" names no review.',
            "A pattern such as reviews/1990s/*.md, below manuscripts/, that matches no file adds "
            "nothing to the book.",
        ),
        Rule(
            "H027",
            E,
            "This selection takes no review.",
            "Every condition of select: must hold. `reelpress list ANTHOLOGY --left-out` says for "
            "each review which one does not.",
        ),
        Rule(
            "H028",
            W,
            'The part "{title}" holds no review; it is left out.',
            "A part is bound with what stands in it.",
        ),
        Rule(
            "H029",
            E,
            "Conflicting orders: {problem}.",
            "Only one of the two can be followed.",
        ),
        Rule(
            "H030",
            W,
            'No review has the {field} "{value}".',
            "A condition on something that is nowhere in the pool is probably a slip.",
        ),
        Rule(
            "H031",
            W,
            "In no part: {slugs}.",
            "The ticket's reviews: or select: takes them, and none of its parts does.",
        ),
        Rule(
            "H032",
            W,
            'The review "{slug}" has no {key} to be grouped by; it stands before the parts.',
            "order.parts puts reviews under headings by what their headers say.",
        ),
        Rule(
            "H033",
            W,
            "{what}; the ticket's limit is {limit}.",
            "limits: in the ticket keep an anthology in balance, and in its budget.",
        ),
        Rule(
            "H034",
            W,
            "This exemption excuses nothing.",
            "What it excused is mended; take it out.",
        ),
        Rule(
            "H035",
            W,
            "{names} may be one person.",
            "The names differ only in accents, initials or the order of their parts. Give the one "
            "entry in people.yaml the others as variants; of two people who are two, say so with "
            "an exemption.",
        ),
        Rule(
            "H036",
            W,
            "The ticket would now add {slugs}, which the lock does not have.",
            "A frozen anthology has exactly the reviews of its lock. `reelpress freeze` again "
            "takes what the ticket takes now.",
        ),
        Rule(
            "H037",
            W,
            "The ticket would now leave out {slugs}, which the lock keeps.",
            "A frozen anthology has exactly the reviews of its lock. `reelpress freeze` again "
            "takes what the ticket takes now.",
        ),
        Rule(
            "H038",
            W,
            "{what} changed since the anthology was frozen.",
            "What is bound now is not what was bound then. If that is meant, say so with "
            "`reelpress freeze`.",
        ),
        Rule(
            "H039",
            E,
            "{problem}.",
            "A lock is written by `reelpress freeze`, and holds what a further printing is bound "
            "from. Bring back what it names, or freeze the anthology again.",
        ),
        Rule(
            "H040",
            W,
            "This file is not UTF-8; it is read as {encoding}.",
            "Which encoding an older file is in is a guess, made from its letters. Look at the "
            "word that the hint shows; if it is right, save the file as UTF-8 to be sure.",
        ),
        Rule(
            "H041",
            W,
            "Letters seem to have been garbled when this file was saved ({times}).",
            "UTF-8 that was opened as another encoding and saved looks like donâ€™t. Nothing is "
            "repaired unasked: search and replace it, or bring back the file as it was before.",
        ),
        Rule(
            "H042",
            N,
            "This front matter is indented with tabs; they are read as spaces.",
            "YAML forbids tabs there (1.2, section 6.1), and other programs will not read it.",
        ),
        Rule(
            "H043",
            W,
            'The value of "{key}" is not YAML; it is read as the text of its line.',
            "A colon and a space inside a value, or @ ` % * & ! # { at its beginning, mean "
            "something in YAML. Put the value in quotes, and other programs will read it too.",
        ),
        Rule(
            "H044",
            E,
            "This is not {kind}: {problem}.",
            "Front matter between lines of +++ is TOML, and what begins with a brace is JSON.",
        ),
        Rule(
            "H045",
            W,
            '"{field}" may be {first} or {second}; it is left empty.',
            "03/05/2019 is in March to some and in May to others. Write the date as 2019-05-03.",
        ),
        Rule(
            "H046",
            N,
            "The lines at the top are read as the header.",
            "Lines of `Key: value` at the very top, up to the first empty one, are front matter to "
            "MultiMarkdown and Pelican, and lines of `.. key: value` to Nikola. If they are text, "
            "put an empty line or a heading above them.",
        ),
        Rule(
            "H050",
            N,
            '"{field}" is taken from {source}.',
            "The header does not say it. What was inferred is right for most files; where it is "
            "not, say it in the header, or name its key under fields: in imprint.yaml.",
        ),
        Rule(
            "H051",
            W,
            "Nothing in {files} has {key}.",
            "join: looks facts up in files of their own. Where none has the key, the fields that "
            "it would give stay as the header has them.",
        ),
        Rule(
            "H052",
            W,
            "These facts can't be read: {problem}.",
            "Files that join: names are JSON, YAML, CSV, or Markdown with front matter. What "
            "can't be read gives nothing.",
        ),
        Rule(
            "H053",
            W,
            'What {other} has for "{key}" counts, not this.',
            "Two of the files that join: names say something of one key; the first by path is "
            "used.",
        ),
        Rule(
            "H054",
            W,
            'Nothing that is joined has "{path}".',
            "The path under take: leads nowhere in any of the files: it is probably a slip.",
        ),
        Rule(
            "H055",
            N,
            '"{word}" stays as it is written ({count}): values: of {field} has no other word.',
            "A map of values turns a house's words into others. Words that it lacks are kept.",
        ),
        Rule(
            "H056",
            N,
            'What stands under "{key}" is left aside: the house takes it from {source}.',
            "fields: in imprint.yaml or the ticket names where a field is taken from. Name this "
            "key there too, where it is to count.",
        ),
        Rule(
            "H057",
            N,
            'Other reviews have the slug "{slug}" too; here it is {own}.',
            "A slug is a review's address. Where a source gives one to several files, each goes by "
            "its file's name.",
        ),
        # -- Markdown
        Rule(
            "M001",
            W,
            "<{name}> was taken out{kept}.",
            "Manuscripts may come from strangers: scripts, frames, forms, embedded objects "
            "and the like are never bound. Text inside is kept where there is any to read.",
        ),
        Rule(
            "M002",
            W,
            "The attribute {name} of <{element}> was taken out.",
            "Event handlers, inline styles and addresses that run code are never bound; the "
            "look of a book is its layout's.",
        ),
        Rule(
            "M003",
            W,
            "The control character U+{code:04X} was taken out.",
            "XML 1.0, and so EPUB, forbids it (section 2.2). It is usually debris of "
            "copying from another program.",
        ),
        Rule(
            "M004",
            W,
            "Template code ({code}) is printed as it stands.",
            "An author's text is text: nothing in it is evaluated.",
        ),
        Rule(
            "M005",
            W,
            "This review has no text.",
            "There is a header, and nothing below it.",
        ),
        Rule(
            "M006",
            E,
            "This text is nested too deeply to be set.",
            "Hundreds of block quotes or lists inside each other are no book.",
        ),
        Rule(
            "M007",
            E,
            "Hundreds of {opener} are opened from here on and never closed.",
            "No text needs that many, and to look for their ends takes for ever.",
        ),
        Rule(
            "M008",
            W,
            "The block ::: is opened here and never closed.",
            "It reaches to the end of the text. A line ::: closes it.",
        ),
        Rule(
            "M009",
            W,
            'No block is called "{name}".',
            "Blocks are verse, aside, epigraph and spoiler. It is set as plain paragraphs; a class "
            "of a layout's own is written ::: {.name}.",
        ),
        Rule(
            "M010",
            W,
            "Nothing is open here that ::: could close.",
            "The line is left out. A block opens with its name: ::: verse",
        ),
        Rule(
            "M011",
            W,
            'The abbreviation "{label}" is explained here, and stands nowhere in this text.',
            "Its explanation would be lost: an abbreviation is explained where it stands.",
        ),
        Rule(
            "M012",
            N,
            "The attribute {name} is of no use in a book{count}; it was taken out.",
            "Colours, sizes and fonts of a web page are not those of a book: its layout sets "
            "them. Italics, bold, small capitals and alignment that a style names are kept. Told "
            "once for each attribute of a text.",
        ),
        Rule(
            "M013",
            W,
            'The page "{page}" was to be shown here; nothing but its name is.',
            "A notebook's ![[page]] brings in another file. In a book each text stands once: copy "
            "what is needed, or link to it as [[page]].",
        ),
        Rule(
            "M014",
            N,
            "{what} was left out: {text}",
            "Comments between %% and %%, places for tables of contents and imports of a page's "
            "code are no part of a review.",
        ),
        Rule(
            "M015",
            N,
            '"{text}" is set as text.',
            "A heading has a space behind its #; a word that begins with one is a hashtag.",
        ),
        Rule(
            "M016",
            N,
            'No review of this anthology is called "{slug}"; the link is set as plain text.',
            "`[[Page]]` links to a review by the name of its file, as a slug. A notebook has pages "
            "that no book has.",
        ),
        Rule(
            "M017",
            E,
            "Words of this text did not reach the book: {words}.",
            "After each edit the words are counted: each stands in the result, or was left out for "
            "a reason that is told. If one does not, reelpress is at fault.",
        ),
        Rule(
            "M018",
            W,
            "Markup in this text hides words; it is printed as typed.",
            "Where tags or brackets are so broken that words between them would be lost, they are "
            "taken as text. Close what is open near the place that is named.",
        ),
        Rule(
            "M019",
            W,
            "The link [{label}] is defined here, and again below.",
            "Only one address can be used, which is the last.",
        ),
        # -- links and notes
        Rule(
            "L001",
            E,
            "The note [^{label}] is called here, and written nowhere in this file.",
            "Write it as `[^label]: text`, anywhere in the same file. Notes belong to their "
            "piece; those of other pieces can't be called.",
        ),
        Rule(
            "L002",
            W,
            "The note [^{label}] is written here, and called nowhere in this file.",
            "Its text is printed at the end of the piece, so that nothing is lost.",
        ),
        Rule(
            "L003",
            E,
            'There is no review "{slug}" to link to.',
            "`[text](review:slug)` links to another review by its slug, which is its file's "
            "name unless its header says otherwise.",
        ),
        Rule(
            "L004",
            W,
            'The review "{slug}" is not in this anthology; the link is set as plain text.',
            "A link leads to a page of the same book.",
        ),
        Rule(
            "L005",
            E,
            'Nothing in this piece has the id "{id}".',
            "A link to #id leads to a heading or an element of the same piece with that id.",
        ),
        Rule(
            "L006",
            W,
            'The address "{url}" leads nowhere from a book; the link is set as plain text.',
            "Links in a book lead to other reviews (review:slug, or the address of a post in its "
            "site that the book has), to ids in the same piece, or to the web (https:).",
        ),
        Rule(
            "L007",
            E,
            "The note [^{label}] is written here a second time.",
            "Only one of the two texts could be printed.",
        ),
        Rule(
            "L008",
            W,
            'The id "{id}" stands in this piece twice; the second is taken out.',
            "A link to it could lead to one of them only.",
        ),
        Rule(
            "L009",
            W,
            "The link [{label}] is defined here, and used nowhere in this file.",
            "Its address would be lost. Use it as `[text][{label}]`, or take it out.",
        ),
        Rule(
            "L010",
            W,
            "The link [{label}] is defined nowhere in this file; it is printed as typed.",
            "Write `[{label}]: https://…` anywhere in the same file.",
        ),
        # -- images
        Rule(
            "I001",
            E,
            "There is no image {path}.",
            "Images are looked for beside the file that names them, then in manuscripts/ (of a "
            "source, in its folder), and where images: in imprint.yaml says.",
        ),
        Rule(
            "I002",
            E,
            "The image {path} lies outside the project.",
            "reelpress reads the project's folder and the folders that imprint.yaml names "
            "under read: and sources:, links followed; nothing else.",
        ),
        Rule(
            "I003",
            E,
            "The image {url} is on the network, which is never used.",
            "Save the picture beside the review (if its rights allow it) and name it there. Where "
            "many are saved in a folder, images: in imprint.yaml says what they stand for.",
        ),
        Rule(
            "I004",
            E,
            "The image {path} can't be used: {problem}.",
            "JPEG, PNG, GIF, WebP and SVG images are bound.",
        ),
        Rule(
            "I005",
            W,
            "In the image {path}, {what} was taken out.",
            "An SVG may draw; it may not run scripts, and may not ask for anything outside itself.",
        ),
        # -- rights
        Rule(
            "R001",
            W,
            'The licence "{licence}" is not known; it is printed as written.',
            "Known are SPDX names of the Creative Commons licences (CC-BY-NC-4.0), CC0-1.0, "
            '"public domain" and "all rights reserved".',
        ),
        Rule(
            "R002",
            E,
            "Nothing is said of the rights in {what}.",
            "Nobody guesses who holds the rights in a text, or whether you may print it. Say it at "
            "the piece, for all that a person wrote in people.yaml, or for the whole house in "
            "imprint.yaml; docs/rights.md explains the words.",
        ),
        Rule(
            "R003",
            W,
            "No holder of the rights in {what} is named.",
            "The copyright line needs a name. It is never guessed from the reviewer: a paper, an "
            "heir or a publisher may hold the rights.",
        ),
        Rule(
            "R004",
            W,
            "Inferred for {what}, and not confirmed: {fields}.",
            "An import filled in what it could. Look at it, and take the fields out of `inferred`.",
        ),
        Rule(
            "R005",
            E,
            "{what} is not cleared: {problem}.",
            "Only what is own, granted, a quotation with its reason, or needs no permission is "
            "bound. A draft binds it all the same, and says so on every page.",
        ),
        Rule(
            "R006",
            E,
            "{what} is not cleared for {volumes}: the permission is for {scope}.",
            "A permission for print is none for EPUBs, and the other way round. Ask for more, or "
            "leave the piece out of that volume's anthology.",
        ),
        Rule(
            "R007",
            E,
            "{what} is not cleared for {volumes}: the permission is not for {territory}.",
            "A volume is offered in the world unless the ticket says where; a permission holds in "
            "the world unless it says where.",
        ),
        Rule(
            "R008",
            E,
            "{what} is not cleared: the permission ends on {until}, and the book is of {date}.",
            "A permission must hold on the date of issue, or of the last revision.",
        ),
        Rule(
            "R009",
            E,
            "{what} is not cleared for {volumes}: {problem} ({licence}).",
            "The licence's own word, with its clause in docs/rights.md. Ask the holder, and write "
            "what was granted; or change the volume.",
        ),
        Rule(
            "R010",
            E,
            "{what} is against the house's policy: {problem} ({policy}).",
            "Not the licence's word but your own, or reelpress's suggestion: policy in "
            "imprint.yaml sets each to block, warn or allow.",
        ),
        Rule(
            "R011",
            W,
            "{what}, by the house's policy: {problem} ({policy}).",
            "Not the licence's word but your own, or reelpress's suggestion: policy in "
            "imprint.yaml sets each to block, warn or allow.",
        ),
        Rule(
            "R012",
            W,
            "The evidence that is named here is not there.",
            "It names a file of the project. Of what lies elsewhere write the archive's number.",
        ),
        # -- typography
        Rule(
            "T001",
            W,
            "No face of the layout has {glyphs}.",
            "Readers would see an empty box. Add a face with these characters to the layout's "
            "fonts.",
        ),
        # -- accessibility
        Rule(
            "A001",
            W,
            "The image {path} has no alternative text.",
            "A reader who can't see the picture is told what it shows: `![what it shows](file)`.",
        ),
        # -- EPUB
        Rule(
            "E001",
            E,
            "The EPUB could not be bound: {problem}.",
            "Something in the galley is not what an EPUB may hold.",
        ),
        # -- print
        Rule(
            "P001",
            E,
            "PDFs need Pango, which is not on this machine.",
            "WeasyPrint sets pages with the system library Pango; `reelpress doctor` says "
            "how to install it. EPUBs are bound without it.",
        ),
        Rule(
            "P002",
            W,
            "While setting pages: {message}",
            "WeasyPrint, which sets the pages, complained.",
        ),
        Rule(
            "P003",
            E,
            '"{trim}" is not a trim size.',
            "Write width by height in inches (6x9, 5.5x8.5), in millimetres (148x210mm), or "
            "a5, a4, b5.",
        ),
        Rule(
            "P004",
            E,
            "Pages need a face, and the layout has none that can be used.",
            "A layout's fonts: name the files that the text is set in.",
        ),
        Rule(
            "P005",
            E,
            "The pages could not be set: {problem}.",
            "WeasyPrint gave up, usually over a value in a style sheet that makes no sense.",
        ),
        Rule(
            "P006",
            W,
            "The page numbers printed in {what} do not settle.",
            "The numbers change how long the text is, and that changes the numbers. After three "
            "rounds the last ones stand; give the numbers in the style sheet a fixed width.",
        ),
        Rule(
            "P007",
            W,
            'Each section "{kind}" begins on a page of its own, though print.css asks for none.',
            "Sections are set apart. Let the style sheet say break-before: page (or right) for "
            "every section, and none is surprised.",
        ),
        # -- layout and binding
        Rule(
            "B001",
            E,
            "The template fails: {problem}.",
            "A layout's template uses something that is not there, or is not a template.",
        ),
        Rule(
            "B002",
            E,
            "{what} is not fetched.",
            "A layout's style sheet may use files of the layout itself; never the network "
            "and never other files.",
        ),
        Rule(
            "B003",
            E,
            "The template's page is not well-formed: {problem}.",
            "Each section is XHTML: every element closed, every attribute quoted.",
        ),
        Rule(
            "B004",
            E,
            "The layout {name} is not complete: {problem}.",
            "A layout is a folder with layout.yaml, sections/*.html.j2, screen.css and "
            "print.css; what it lacks it takes from the one that it extends.",
        ),
        Rule(
            "B005",
            E,
            'The id "{id}" stands in the book twice.',
            "Ids of reviews are told apart by their slugs; a template gave this one to two "
            "elements.",
        ),
        Rule(
            "B006",
            E,
            'Nothing in the book has the id "{id}".',
            "A template links to something that is not in this anthology.",
        ),
        Rule(
            "B007",
            W,
            "{what} can't work in print: {problem}.",
            "Each section is set by itself, heads and folios apart from the text, and all is bound "
            "afterwards: the print style sheet can't ask a section for the rest of the book. "
            "docs/layouts.md says what works.",
        ),
        Rule(
            "B008",
            E,
            'The offprints of {first} and of {second} would be one file, "{key}".',
            "Offprints are named by keys of people.yaml, and of who is not there by the name in "
            "plain letters. Give one of the two an entry there, or another key.",
        ),
        Rule(
            "B009",
            N,
            "No volume has pages: offprints are EPUBs and forms, and cite no page numbers.",
            "Offprints cite the pages of the ticket's pagination, or of its first PDF.",
        ),
        # -- sources, and what is imported from them
        Rule(
            "S001",
            E,
            "Nothing in {name} is known to be importable.",
            "docs/commands.md tells what can be imported. It is known by what is in it and not by "
            "its name.",
        ),
        Rule(
            "S002",
            E,
            "This can't be read: {problem}.",
            "The file is damaged, or not what it says it is. Download or export it again.",
        ),
        Rule(
            "S003",
            E,
            'The entry "{entry}" leads out of the archive; it was not read.',
            "No export names files so: an archive that does wants to write where it has no "
            "business.",
        ),
        Rule(
            "S004",
            W,
            'The entry "{entry}" is a link; it was not followed.',
            "Links in an archive, and those of a folder that lead out of it, may lead anywhere.",
        ),
        Rule(
            "S005",
            E,
            '"{entry}" was not read: it unpacks to more than {most} MB.',
            "Texts and pictures are smaller. What unpacks to a great many times its size is made "
            "to fill a machine.",
        ),
        Rule(
            "S006",
            E,
            "This holds more than {most} files; not all were looked at.",
            "No export has so many. Import a part of it, or the folder in which the texts are.",
        ),
        Rule(
            "S007",
            E,
            '"{entry}" is encrypted; it was not read.',
            "Unpack the archive with its password, and import the folder.",
        ),
        Rule(
            "S008",
            W,
            'A name in this archive is not UTF-8; it was read as "{entry}".',
            "It was packed on an old system. Where a picture is not found because of that, unpack "
            "the archive, and import the folder.",
        ),
        Rule(
            "S009",
            W,
            '"{entry}" is in this archive more than once; the last was read.',
            "An archive can hold two files of one name, a folder can't.",
        ),
        Rule(
            "S010",
            W,
            "This XML is not well-formed ({problem}); {how}.",
            "Some exports hold characters that XML does not allow. What could be mended was; where "
            "the file is cut off, export it again.",
        ),
        Rule(
            "S011",
            W,
            "This XML declares entities ({names}); they were not expanded.",
            "No export declares any. They can stand for files of your machine, or for more than it "
            "can hold.",
        ),
        Rule(
            "S012",
            W,
            "As Markdown some words would be lost ({words}): the words alone were imported.",
            "Each word of a source is counted. Where its markup can't be taken over without losing "
            "some, its paragraphs come as plain text, and nothing is lost but emphasis and links.",
        ),
        Rule(
            "S013",
            E,
            "Words of {origin} are not in this text: {words}.",
            "Each word of a source is counted. Find these in the source, and put them in.",
        ),
        Rule(
            "S014",
            N,
            "Inferred, to be confirmed: {fields}.",
            "An import filled in what it could guess. Look at it, and take the words out of "
            "`rights.inferred`; until then R004 says so too.",
        ),
        Rule(
            "S015",
            W,
            "The source does not say: {fields}.",
            "Write it into the review's front matter; for the whole house a reviewer can be given "
            "in imprint.yaml.",
        ),
        Rule(
            "S016",
            W,
            "{what}.",
            "Something of a source was not taken as it stands. Look whether it matters.",
        ),
        Rule(
            "S017",
            N,
            "You have edited this file since it was imported: it is kept as it is.",
            "An import never writes over what you have edited, unless you say --overwrite.",
        ),
        Rule(
            "S018",
            N,
            "This file was imported before, and you deleted it: it is kept away.",
            "What you have thrown out does not come back by itself.",
        ),
        Rule(
            "S019",
            W,
            "This was for paying readers alone.",
            "Make sure that it may stand in a book that others can buy.",
        ),
        # -- saved pages
        Rule(
            "S020",
            W,
            "This line may be the site's own; it stays in the text: {line}",
            "Saved pages hold lines that no author wrote. Those that are surely a site's are left "
            "out; where a line could be either, it is yours to take out.",
        ),
        Rule(
            "S021",
            W,
            "This page names several films ({films}); the first was taken.",
            "A review has one film in its header. Where a page reviews two, make two files of it.",
        ),
        Rule(
            "S022",
            W,
            'The headline and the details do not agree on {field}: "{one}" and "{other}"; '
            "the headline was believed.",
            "One of them is a slip, or an original title: put it right, or write it into "
            "film.original_title.",
        ),
        Rule(
            "S023",
            N,
            'No field is for "{line}"; it is kept as "{key}".',
            "What a page says in its details and reelpress has no field for stays in the header, "
            "where a layout can print it.",
        ),
        Rule(
            "S024",
            W,
            'The page does not say which film this is about; "{taken}" stands for its title.',
            "Neither a headline of the form 'Title' (1949) nor a line Title: was found.",
        ),
        Rule(
            "S025",
            N,
            "What is said of {name} here became the biography.",
            "It stands in people.yaml, and no longer in the review. Put it back if it belongs to "
            "the text.",
        ),
        Rule(
            "S030",
            E,
            "This page is larger than {most} million characters, its pictures not counted.",
            "No review is. Save the text of the page instead: select it, copy it, paste it into a "
            "file.",
        ),
        Rule(
            "S031",
            W,
            'This page says that it is in "{declared}", and is not; it was read as {taken}.',
            "Look whether its letters are right, above all those with accents.",
        ),
        Rule(
            "S032",
            E,
            "No text was found in this page.",
            "Some pages hold no text until a script has run. Save it as complete, or copy and "
            "paste what you see.",
        ),
        Rule(
            "S033",
            W,
            'A picture was not saved with the page, or is none that a book can hold: "{address}".',
            "Save the page as complete, with the folder beside it. A book holds JPEG, PNG, GIF, "
            "WebP and SVG.",
        ),
        Rule(
            "S040",
            E,
            "Nothing in {name} looks like a review.",
            "`reelpress survey` and `init --from` look for folders of Markdown files with a text "
            "of some length, less READMEs, templates and drafts. `--reviews GLOB` names them "
            "where they are elsewhere.",
        ),
        Rule(
            "S041",
            W,
            "{name} holds more than is looked at.",
            "A survey looks at 100,000 files, 40 folders deep, and at 20,000 texts. What it says "
            "is true of those. Survey the folder in which the reviews are.",
        ),
        Rule(
            "S042",
            N,
            "Nobody in {name} says who wrote the reviews.",
            "Neither their headers nor the site's configuration has a name. people.yaml has an "
            "entry `reviewer` to be filled in.",
        ),
        Rule(
            "S043",
            N,
            "Tags of templates stand in these texts as they were written: {tags}.",
            "What stands for a tag is said in imprint.yaml, once for all: "
            '`shortcodes: {include: "*{name}*"}`. Nothing of a template is ever run.',
        ),
    )
}
