"""Editing: the steps that one text goes through, and what it learns on the way."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import partial
from html import escape

from lxml import etree

from reelpress.desk.images import Pictures
from reelpress.desk.text.account import Gone, missing
from reelpress.desk.text.blocks import misplaced
from reelpress.desk.text.converter import converter
from reelpress.desk.text.debris import tidy
from reelpress.desk.text.dress import figures, headings, labels, places, typeset, words
from reelpress.desk.text.foreign import readied
from reelpress.desk.text.limits import endless
from reelpress.desk.text.lines import TooDeepError
from reelpress.desk.text.notes import lift, number, said_twice, unwritten
from reelpress.desk.text.references import lost
from reelpress.desk.text.safety import gate, plain, purge
from reelpress.desk.text.scan import CLOSING, TEMPLATE, Scan, mask, scan
from reelpress.desk.text.shown import picture, pictures_in
from reelpress.desk.text.structure import settle
from reelpress.desk.text.work import Work
from reelpress.findings import Finding, Place, find, in_short
from reelpress.header.encoding import CONTROL, without_controls
from reelpress.model import Note, Text

_PARSER = etree.HTMLParser()
_IDS = etree.XPath(".//*[@id]")
_OWN_IDS = etree.XPath(".//*[not(@data-note)]/@id")
_WORDS = 12
_UNUSED = {
    "L007": "a note that is written twice",
    "L009": "a link that is defined and not used",
    "M019": "a link that is defined again below",
    "M011": "an abbreviation that is explained and not used",
}
_TEMPLATES = ("{{", "{%", "[gallery", "[playlist", "[audio", "[video", "[slideshow")
_NAME = re.compile(r"\w+")
_NOTED = re.compile(r"[> ]*(\[\^[^\]]+)\]")
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,8})|(\d{1,9}));?")
_CODES = 0x110000
_CLOSED_BREAK = re.compile(r"(?:<br\s*/?>\s*)?</br\s*/?>", re.I)
"""HTML, 13.2.6.4.7: what closes a break is one."""


def edit_text(
    raw: str,
    path: str,
    first_line: int,
    prefix: str,
    language: str,
    pictures: Pictures,
    indent: tuple[int, int] = (0, 0),
) -> tuple[Text, tuple[Finding, ...]]:
    """Edit the Markdown `raw`, which begins on line `first_line` of the file `path`.

    `indent` is how far its first line and its others stand in from the file's margin.
    Every id in the result begins with `prefix`, so that texts set in one book never share one.
    Findings: M001–M004, M006–M015, M017–M019, L001, L002, L005–L010, I001–I005, A001.
    """
    work = _edited(raw, path, first_line, prefix, language, pictures, indent)
    assert work.text is not None
    return work.text, tuple(work.noticed)


def account_of(
    raw: str, path: str, first_line: int, language: str, pictures_of: Pictures
) -> tuple[Counter[str], tuple[Gone, ...]]:
    """What of a text is in no book: words that are missing, and what was left out, with reasons.

    There should be none that are missing. For reports: the text is edited once more.
    """
    work = _edited(raw, path, first_line, "r", language, pictures_of, (0, 0))
    return work.missing, tuple(g for g in work.gone if any(c.isalnum() for c in g.text))


def _edited(
    raw: str,
    path: str,
    first_line: int,
    prefix: str,
    language: str,
    pictures_of: Pictures,
    indent: tuple[int, int],
) -> Work:
    """A text, edited; with tags, or brackets too, as they were typed where words would be lost
    otherwise."""
    masked = mask(CONTROL.sub(" ", raw))

    def work(literal: str) -> Work:
        marks = scan(raw, path, first_line, indent, masked)
        made = Work(path, prefix, language, marks, pictures_of)
        _edit(made, raw, masked, literal=literal)
        return made

    made = work("")
    for signs in ("<", "<[") if made.missing else ():
        other = work(signs)
        if not other.missing:
            other.noticed.append(find("M018", _place_of(made, raw)))
            return other
    if made.missing:
        lost_ = [*made.missing]
        shown = ", ".join(lost_) if len(lost_) <= _WORDS else f"{', '.join(lost_[:_WORDS])} …"
        hint = "the fault is not yours: please report it, with this text"
        made.noticed.append(find("M017", _place_of(made, raw), words=shown, hint=hint))
    return made


def _place_of(work: Work, raw: str) -> Place:
    return work.marks.place(max(0, raw.find(next(iter(work.missing)))))


def _edit(work: Work, raw: str, masked: str, *, literal: str) -> None:
    """Take a text through all steps; the signs in `literal` are printed as they are typed."""
    marks = work.marks
    clean = CONTROL.search(raw) is None
    for match in () if clean else CONTROL.finditer(raw):
        work.noticed.append(find("M003", marks.place(match.start()), code=ord(match[0])))
    if any(sign in raw for sign in _TEMPLATES):
        work.noticed += _templates(raw, masked, marks)
    work.noticed += said_twice(marks)
    trouble = endless(raw, marks)
    root = None
    if trouble is None:
        try:
            typed, said = readied(raw, masked, marks, work.gone, literal=literal)
            work.noticed += said
            root = _safe(work, raw, typed, clean=clean)
        except TooDeepError as deep:
            trouble = find("M006", marks.place(marks.starts[deep.line]))
        except RecursionError:
            trouble = find("M006", Place(work.path, marks.first_line))
    if trouble is not None:
        work.noticed.append(trouble)
    if root is None:  # a draft shows the text as it was typed
        root = _parsed(f"<pre>{escape(without_controls(raw))}</pre>")
    work.text = _dress(work, root)
    work.gone += _unused(raw, work)
    if trouble is None:
        work.missing = missing(raw, work.text, work.words, work.gone)


def _templates(raw: str, masked: str, marks: Scan) -> Iterator[Finding]:
    """Tags of other generators that nobody knows (M004); one that closes another is not told."""
    names: set[str] = set()
    for match in TEMPLATE.finditer(masked):
        code = raw[match.start() : match.end()]
        closing = CLOSING.match(code)
        if closing and (closing[1] or closing[2]) in names:
            continue
        names.update(_NAME.findall(code)[:1])
        yield find("M004", marks.place(match.start()), code=in_short(code))


def _safe(work: Work, raw: str, typed: str, *, clean: bool) -> etree._Element:
    """The text as safe XHTML, still with Python-Markdown's footnotes."""
    desk = converter()
    converted = desk.convert(typed if clean else without_controls(typed))
    if "</br" in converted:
        converted = _CLOSED_BREAK.sub("<br>", converted)
    work.noticed += misplaced(desk.blocks, raw, work.marks)
    work.noticed += lost(work.marks, desk.lookups)
    root = _parsed(_without_controls(work, raw, converted))
    settle_picture = partial(picture, work)
    purge(root, work.marks, work.noticed, settle_picture, work.gone)
    tidy(root, work.language, converted)
    # nh3 reads HTML and writes HTML; what it changed is parsed once more for XHTML.
    purged = etree.tostring(root, encoding="unicode", method="html").replace("\u00a0", "&nbsp;")
    safe = gate(purged)
    work.markup = safe
    if safe != purged:
        root = _parsed(safe.removeprefix("<div>").removesuffix("</div>"))
    settle(root)
    return root


def _without_controls(work: Work, raw: str, converted: str) -> str:
    """The HTML without references (&#1;) to characters that XML forbids (M003)."""
    if "&#" not in converted.replace("&#160;", ""):  # which notes end with
        return converted

    def settled(match: re.Match[str]) -> str:
        number = int(match[1], 16) if match[1] else int(match[2])
        if number < _CODES and number and not CONTROL.match(chr(number)):
            return match[0]
        at = raw.find(match[0])
        place = work.marks.place(at) if at >= 0 else Place(work.path, work.marks.first_line)
        work.noticed.append(find("M003", place, code=number))
        return ""

    return _REFERENCE.sub(settled, converted)


def _parsed(markup: str) -> etree._Element:
    """HTML as the content of one <div>, however its own are opened and closed."""
    document = etree.fromstring(f"<html><body>{markup}</body></html>", _PARSER)
    body = document.find("body")
    document.remove(body)
    body.attrib.clear()  # those of a <body> that an author typed
    body.tag = "div"
    return body


def _unused(raw: str, work: Work) -> Iterator[Gone]:
    """What is explained and never used (L009, M011), and notes that are written twice (L007)."""
    _defined_again(work)
    told = [f for f in work.noticed if f.code in _UNUSED]
    lines = raw.split("\n") if told else []
    begin = [(f.place.line - work.marks.first_line, _UNUSED[f.code]) for f in told]
    # Of a note that is written twice one was taken, and nobody says which.
    twice = {f.text[f.text.index("[") :].split("]")[0] for f in told if f.code == "L007"}
    for at, line in enumerate(lines) if twice else ():
        if (match := _NOTED.match(line)) and match[1] in twice:
            begin.append((at, _UNUSED["L007"]))
    begin = list(dict.fromkeys(begin))
    others = {first for first, _ in begin}
    for first, reason in begin:
        end = first + 1
        while end < len(lines) and end not in others and (lines[end].strip() or _more(lines, end)):
            end += 1
        yield Gone("\n".join(lines[first:end]), reason, first + work.marks.first_line)


def _defined_again(work: Work) -> None:
    """Links that are explained twice (M019): the last explanation counts."""
    for (kind, name), offsets in work.marks.found.items():
        if kind == "defined" and len(offsets) > 1:
            for offset in offsets[:-1]:
                place = work.marks.place(offset)
                last = work.marks.place(offsets[-1]).line
                hint = f"the one on line {last} counts"
                work.noticed.append(find("M019", place, label=name, hint=hint))


def _more(lines: list[str], at: int) -> bool:
    """Whether what stands below an empty line still belongs to the note above it."""
    return at + 1 < len(lines) and lines[at + 1].startswith((" ", "\t"))


# -- from safe HTML to the galley's form


def _dress(work: Work, root: etree._Element) -> Text:
    notes = lift(root)
    calls = number(root, notes)
    if "[^" in work.markup:
        work.noticed += unwritten(work.marks, [root, *notes.values()])
    headings(root)
    figures(root)
    for element in (root, *notes.values()):
        labels(element)
    places(root, work.marks, pictures="data-line" in work.markup)
    numbered = []
    for label, body in sorted(notes.items(), key=lambda n: calls.get(n[0], len(notes) + 1)):
        own = calls.get(label, 0)
        if not own:
            place = work.marks.take("note", label) or Place(work.path, work.marks.first_line)
            work.noticed.append(find("L002", place, label=label))
        numbered.append((own, label, body))
    ids = {own for element in (root, *notes.values()) for own in _OWN_IDS(element)}
    for element in (root, *notes.values()):
        _anchors(work, element, ids)
        typeset(element, work.language, foreign="lang=" in work.markup)
    shown = pictures_in(work, (root, *notes.values())) if work.met else ()
    bare = [label for own, label, _ in numbered if not own]
    made = tuple(
        Note(
            f"{work.prefix}.n{own}" if own else f"{work.prefix}.u{bare.index(label) + 1}",
            own,
            _inner(body),
        )
        for own, label, body in numbered
    )
    body = _inner(root)
    work.words = words(body)
    assets = tuple(work.assets[k] for k in sorted(work.assets))
    place = Place(work.path, work.marks.first_line)
    return Text(body, made, assets, len(work.words), place, shown)


def _inner(root: etree._Element) -> str:
    """What is in `root`, as XHTML."""
    markup = etree.tostring(root, encoding="unicode", method="xml", with_tail=False)
    return markup[markup.index(">") + 1 : -len(f"</{root.tag}>")] if len(root) or root.text else ""


def _anchors(work: Work, root: etree._Element, ids: set[str]) -> None:
    """Ids and links of this piece get its prefix; a link's place is kept.

    What reelpress makes is `PREFIX.n1`, what an author names is `PREFIX--name`: none can be both.
    """
    for element in list(root.iter("a")):
        target = element.get("href")
        if element.get("data-note") is not None or target is None:
            continue
        place = work.marks.address(target) or work.marks.address(target.replace("&", "&amp;"))
        place = place or Place(work.path, work.marks.first_line)
        element.set("data-at", f"{place.line}:{place.column}")
        if target.startswith("#") and target[1:] not in ids:
            work.noticed.append(find("L005", place, id=target[1:]))
            plain(element)
        elif target.startswith("#"):
            element.set("href", f"#{work.prefix}--{_xml_id(target[1:])}")
    for element in _IDS(root):
        own = element.get("id")
        if element.get("data-note") is not None:
            element.set("id", f"{work.prefix}.{own}")
            element.set("href", f"#{work.prefix}.{element.get('href', '')[1:]}")
        else:
            made = f"{work.prefix}--{_xml_id(own)}"
            if made in work.ids:
                place = Place(work.path, work.marks.first_line)
                work.noticed.append(find("L008", place, id=own))
                del element.attrib["id"]
                continue
            work.ids.add(made)
            element.set("id", made)


def _xml_id(own: str) -> str:
    """An author's id with only characters that XML's NCName and URLs share."""
    return re.sub(r"[^\w.-]", "-", own)
