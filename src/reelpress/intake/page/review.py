"""The review that a saved page holds.

    HTML ── linked, marked ──▶ what it says to machines ──▶ header
     └─ region ──▶ the element that is the review ── regular tree ── sort ──▶ Markdown

What a reader saw is counted: what of it does not come is told with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from reelpress.findings import Finding, Place, find
from reelpress.intake.delivery import Arrival, Delivery, LeftOut, Newcomer
from reelpress.intake.front import film_said, front_matter, held
from reelpress.intake.headlines import Named, films_of
from reelpress.intake.markup import markdown_in, text_in
from reelpress.intake.markup.footnotes import CALL, DROP, NOTE
from reelpress.intake.page import KIND
from reelpress.intake.page.along import links, pictures, plain_spans
from reelpress.intake.page.facts import Facts, plain
from reelpress.intake.page.lines import lines_of, take_away
from reelpress.intake.page.linked import linked
from reelpress.intake.page.marked import meta, microdata, microformats, without_site
from reelpress.intake.page.region import BESIDE, Region, around, cleaned, region_of, unseen
from reelpress.intake.page.region import text_in as words_in
from reelpress.intake.page.saved import Get, Saved, host
from reelpress.intake.pasted.dates import dated, day_in
from reelpress.intake.pasted.headline import Headline
from reelpress.intake.pasted.holder import Copyright, copyright_of
from reelpress.intake.pasted.names import names_in
from reelpress.intake.pasted.people import byline_of
from reelpress.intake.pasted.sorting import Sorted, bare, sort_blocks
from reelpress.slugs import slug, slug_of

_LONGEST_NAME = 80
_BIOS = frozenset(
    "author-bio author-description author-info author-box about-author author_bio bio "
    "author__bio post-author-bio".split()
)


def review(saved: Saved, place: Place, get: Get) -> Delivery:
    """The review that a saved page holds; `get` has the bytes of what was saved beside it.

    Findings: S020, S021, S023, S024, S025 as of a pasted page, S032 (no text), S033 (a picture is
    not there).
    """
    from reelpress.intake.markup.tree import built, mark, parsed

    noticed: list[Finding] = []
    root = parsed(saved.html)
    facts = _facts(root, saved)
    unseen(root)
    element = region_of(root)
    if element is None:
        return Delivery(KIND, findings=(*saved.findings, find("S032", place)))
    region = cleaned(element)
    mark(root)
    _settle_notes(root, element)
    _set_off(region)
    body = text_in(built(root))
    left_out = [*_outside(element, facts.title), *_inside(region)]
    _beside(facts, element, region)
    tree = built(element)
    films = (films_of(facts.title) if facts.title else ()) or _of(facts)
    lines = lines_of(tree)
    told = sort_blocks(
        tuple(block for block, _ in lines),
        Headline(-1, facts.title or "?", films),
        [name for name, _ in facts.writers],
    )
    for at, why in sorted(told.gone.items()):
        if at not in told.people.rests:
            left_out.append(LeftOut(lines[at][0].text, why))
            take_away(lines[at][1])
    noticed += [find("S020", place, line=lines[at][0].text) for at in told.doubtful
                if at not in told.gone]  # fmt: skip
    noticed += [find("S020", place, line=_short(words_in(part))) for part in region.doubtful]
    header, slugged = _header(facts, told, place, noticed)
    links(tree, saved)
    files, missing = pictures(tree, saved, get, slugged, place)
    plain_spans(tree)
    left_out += [
        LeftOut("", f"a frame or a film that no book can show: {address[:200]}")
        for address in region.embeds
        if address.startswith(("http", "//"))
    ]
    arrival = Arrival(
        path=f"reviews/{slugged}.md",
        header=header,
        text=markdown_in(tree),
        origin=place.path,
        body=body,
        left_out=tuple(left_out),
        pictures=files,
        id=saved.address or facts.address or place.path,
    )
    return Delivery(
        KIND,
        (arrival,),
        tuple(_people(facts, told, root)),
        (*saved.findings, *noticed, *missing),
    )


# -- what it says of itself


def _facts(root: Any, saved: Saved) -> Facts:
    """What the page says to machines, and in its head: the first that says it is believed."""
    scripts = [
        script.text or ""
        for script in root.iter("script")
        if "ld+json" in (script.get("type") or "").lower()
    ]
    made = linked(scripts)
    made.fill(microformats(root))
    made.fill(microdata(root))
    head = next((words_in(h) for h in root.iter("h1") if words_in(h)), "")
    if not made.title and head and films_of(head):
        made.title = head
    made.fill(meta(root))
    if not made.film.get("title"):
        made.film |= _cited(root)
    made.title = without_site(made.title or head, made.outlet)
    made.address = saved.address or made.address
    made.outlet = made.outlet or host(made.address)
    made.writers = _writers(made.writers)
    return made


def _of(facts: Facts) -> tuple[Named, ...]:
    """The film that a page tells machines it is about: its title may stand above the text."""
    title, year = facts.film.get("title"), facts.film.get("year")
    return ((str(title), year if isinstance(year, int) else None),) if title else ()


def _cited(root: Any) -> dict[str, object]:
    """The film whose title a headline sets in italics, with its year behind it."""
    for head in root.iter("h1", "h2"):
        cited = [e for e in head.iter("cite", "em", "i") if words_in(e)]
        after = re.match(r"\s*\(((?:18|19|20|21)\d\d)\)", cited[0].tail or "") if cited else None
        if after:
            return {"title": words_in(cited[0]), "year": int(after[1])}
    return {}


def _writers(said: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Who wrote it: one name to each, without the word before it."""
    made: list[tuple[str, str]] = []
    for name, url in said:
        bare = name.removeprefix("By ").removeprefix("by ").strip(" ,;|")
        names = names_in(bare, least=2)
        made += [(one, url if len(names) == 1 else "") for one in names or (bare,)]
    return [(n, u) for n, u in dict(made).items() if n and len(n) <= _LONGEST_NAME]


def _beside(facts: Facts, element: Any, region: Region) -> None:
    """What lines beside the review say, where nothing else does: a byline and a day by its
    headline, a copyright line of a person's anywhere."""
    for inner, reason in (*region.chunks, *around(element)):
        near = reason in (BESIDE, "the head of the page", "the line of author and day")
        for line in inner.iter(*_LINES):
            text = words_in(line) if len(line) < _FEW else ""
            if not text or len(text) > _LONGEST_LINE:
                continue
            if near and not facts.writers:
                names, rest = byline_of(text, above=True)
                facts.writers = [(name, "") for name in names]
                facts.date = facts.date or day_in(rest)
            if near and not facts.date:
                facts.date = dated(text)[0]
            said = copyright_of(text)
            if said is not None and said.personal and not facts.holders:
                facts.holders, facts.years = list(said.holders), facts.years or list(said.years)
                facts.licence = facts.licence or said.licence


_LINES = "p div small span li footer td h2 h3 h4 time address".split()
_LONGEST_LINE = 160
_FEW = 8
"""Elements in a line of a byline's kind."""


# -- what does not come


def _settle_notes(root: Any, element: Any) -> None:
    """A note whose text is not in the region is called by nothing there: its number stays."""
    here = {note.get(NOTE) for note in element.iter() if isinstance(note.tag, str)} - {None}
    for inner in root.iter():
        if isinstance(inner.tag, str):
            for key in (CALL, NOTE):
                if inner.get(key) and inner.get(key) not in here:
                    del inner.attrib[key]


def _set_off(region: Region) -> None:
    """What does not come is no part of a word beside it."""
    for chunk, _ in region.chunks:
        chunk.tail = f" {chunk.tail or ''}"
        before = chunk.getprevious()
        if before is not None:
            before.tail = f"{before.tail or ''} "
        else:
            parent = chunk.getparent()
            parent.text = f"{parent.text or ''} "


def _outside(element: Any, title: str) -> list[LeftOut]:
    """All that a reader saw beside the review."""
    from reelpress.intake.markup.tree import built

    made: list[LeftOut] = []
    for inner, reason in around(element):
        if text := text_in(built(inner)):
            same = bare(text) == bare(title)
            made.append(LeftOut(text, "in the header: title" if same else reason))
    stray = [
        text
        for up in element.iterancestors()
        for text in (up.text, *(inner.tail for inner in up))
        if text and text.strip()
    ]
    return [*made, *(LeftOut(" ".join(text.split()), BESIDE) for text in stray)]


def _inside(region: Region) -> list[LeftOut]:
    """What of the region does not come; it is marked, so that no tree takes it in."""
    from reelpress.intake.markup.tree import built

    made: list[LeftOut] = []
    for chunk, reason in region.chunks:
        if text := text_in(built(chunk)):
            made.append(LeftOut(text, reason))
        chunk.set(DROP, "1")
    return made


# -- the header


def _header(
    facts: Facts, told: Sorted, place: Place, noticed: list[Finding]
) -> tuple[dict[str, object], str]:
    """The header, and the slug of its film."""
    film = _film(facts, told, place, noticed)
    names = [name for name, _ in facts.writers] or told.people.names
    date = facts.date or told.date or facts.changed
    published: dict[str, object] = {}
    if facts.outlet:
        published = {"outlet": facts.outlet, "date": facts.date, "url": facts.address}
    for key, written, value, _ in told.details.unknown:
        noticed.append(find("S023", place, line=f"{written}: {value}", key=key))
    noticed += [find("S025", place, name=who) for who, _ in told.people.introduced]
    header = front_matter(
        title=facts.title,
        film=film,
        reviewer=[slug(name) for name in names],
        rating=facts.rating or told.details.rating,
        date=date,
        language=facts.language,
        tags=facts.tags or told.details.tags,
        rights=_rights(facts, told.rights, names, date),
        first_published=published,
        extra={key: value for key, _, value, _ in told.details.unknown},
    )
    return header, slug(str(film["title"]))


def _film(facts: Facts, told: Sorted, place: Place, noticed: list[Finding]) -> dict[str, object]:
    films = films_of(facts.title) if facts.title else ()
    film = {**told.details.film, **facts.film}
    if not facts.film.get("title") and films:
        film["title"] = films[0][0]
        if len(films) > 1:
            names = ", ".join(f"{title} ({year})" if year else title for title, year in films)
            noticed.append(find("S021", place, films=names))
    if films and films[0][1] and slug(films[0][0]) == slug(str(film.get("title") or "")):
        film.setdefault("year", films[0][1])
    if not film.get("title"):
        film["title"] = facts.title or slug_of(place.path).replace("-", " ").capitalize()
        noticed.append(find("S024", place, taken=film["title"]))
    return film_said(film)


def _rights(
    facts: Facts, line: Copyright | None, names: Sequence[str], date: str
) -> dict[str, object]:
    """Holder, year and licence as the page has them, or else as its author and its day tell them;
    all of it is to be confirmed."""
    holders = facts.holders or (list(line.holders) if line else []) or names
    years = facts.years or (list(line.years) if line else [])
    licence = facts.licence or (line.licence if line else "")
    keys = [slug(name) if name in names else name for name in holders]
    return held(keys, date, *(["licence"] if licence else []), years=years, licence=licence)


def _people(facts: Facts, told: Sorted, root: Any) -> list[Newcomer]:
    known = facts.writers or [(name, "") for name in told.people.names]
    boxes = [
        words_in(element)
        for element in root.iter()
        if isinstance(element.tag, str) and _BIOS & frozenset((element.get("class") or "").split())
    ]
    made = []
    for name, url in known:
        bio = "\n\n".join(told.people.bios.get(name, []))
        if not bio and len(known) == 1:
            own = (text for text in boxes if name.split()[0] in text and len(text) > len(name) + 10)
            bio = next(own, "")
        made.append(Newcomer(slug(name), name, plain(bio), url))
    return made


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_NAME else f"{text[:_LONGEST_NAME]}…"
