"""Composing: each piece becomes a section, by the layout's template for its kind.

Templates are dumb: what they print stands ready in `views`. An author's text
is never a template, and is escaped wherever it is not XHTML that the desk made.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from functools import cache
from typing import Any

from jinja2 import BaseLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import escape

from reelpress.findings import Finding, Place, Severity, did_you_mean, find, in_order
from reelpress.header import decode
from reelpress.layout import views
from reelpress.layout.layouts import Layout
from reelpress.layout.made import MADE
from reelpress.layout.words import catalogue, direction
from reelpress.model import Anthology, Asset, Credit, Galley, Piece, Section

_SILENT = frozenset({"half-title", "title", "dedication", "epigraph"})
"""Kinds that stand in no table of contents and no outline."""


def compose(
    anthology: Anthology,
    layout: Layout,
    slugs: Container[str],
    broken: Mapping[str, tuple[Finding, ...]],
) -> tuple[Galley, tuple[Finding, ...]]:
    """The anthology as a galley.

    `slugs` are all that the pool has, in this anthology or not; `broken` (path -> findings)
    is printed in a draft's sections.
    Findings: B001 (a template fails), B003 (what it made is not XHTML), L003, L004.
    """
    edition = anthology.edition
    environment = _environment(layout)
    words = catalogue(edition.language)
    environment.globals["_"] = words.gettext
    shared = {
        "edition": views.edition(anthology),
        "imprint": anthology.imprint,
        "layout": {"name": layout.name, "note": layout.note},
    }
    here = {c.slug: c.id for c in anthology.reviews}
    noticed: list[Finding] = []
    sections = []
    for piece in anthology.pieces:
        title = piece.title or views.heading(piece.kind, edition, words.gettext)
        body, template, said = _section(environment, layout, piece, title, anthology, shared)
        if 'href="review:' in body:
            body, more = _links(body, _path(piece), here, slugs)
            said += more
        noticed.extend(said)
        if edition.draft:
            paths = [piece.contribution.place.path] if piece.contribution is not None else []
            told = (
                f for path in dict.fromkeys([*paths, _path(piece)]) for f in broken.get(path, ())
            )
            own = (*told, *piece.findings, *said)
            body = _marked(body, in_order(f for f in own if f.severity is Severity.ERROR))
        sections.append(
            Section(
                id=piece.id,
                kind=piece.kind,
                title=title,
                matter=piece.matter,
                language=piece.language,
                body=body,
                path=_path(piece),
                template=template,
                level=0 if piece.kind in _SILENT else 2 if piece.part else 1,
                byline=views.names(piece.byline, edition.language),
                part=piece.part,
            )
        )
    assets = _assets(anthology) | {a.path: a for a in layout.assets}
    galley = Galley(
        edition=edition,
        imprint=anthology.imprint,
        sections=tuple(sections),
        screen=layout.screen,
        print=layout.print,
        assets=tuple(assets[key] for key in sorted(assets)),
        faces=layout.faces,
        contributors=_contributors(anthology),
        words={
            w: words.gettext(w) for w in ("Contents", "Landmarks", "Cover", "Start of the text")
        },
        images_described=not any("data-undescribed" in s.body for s in sections),
        place=anthology.place,
        direction=direction(edition.language),
    )
    return galley, tuple(noticed)


def _path(piece: Piece) -> str:
    """The file whose lines `data-at` speaks of: an abridgement's, where there is one."""
    if piece.contribution is not None:
        return piece.contribution.text.place.path or piece.contribution.place.path
    return piece.text.place.path if piece.text is not None else ""


def _assets(anthology: Anthology) -> dict[str, Asset]:
    """Every picture that a text of the anthology asks for, biographies included."""
    texts = [p.contribution.text if p.contribution else p.text for p in anthology.pieces]
    texts += [c.person.bio for c in _contributors(anthology)]
    return {a.path: a for text in texts if text is not None for a in text.assets}


def _contributors(anthology: Anthology) -> tuple[Credit, ...]:
    """Everyone with a role in the book, each role once: editors first, then by name."""
    editors = anthology.edition.editors
    others = {
        (credit.person.key, credit.role): credit
        for piece in anthology.pieces
        for credit in piece.byline
    }
    known = {(e.person.key, e.role) for e in editors}
    rest = [c for key, c in others.items() if key not in known]
    return (*editors, *sorted(rest, key=lambda c: (c.person.sort.casefold(), c.role)))


class _NotTextError(Exception):
    """A template that is not UTF-8; its finding is the argument."""


class _Loader(BaseLoader):
    """Templates from a layout and those that it extends."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout

    def get_source(self, environment: Any, template: str) -> tuple[str, str, Any]:
        del environment
        found = self.layout.get(template)
        if found is None:
            raise TemplateNotFound(template)
        data, path = found
        text, said = decode(data, path)
        if text is None:
            raise _NotTextError(said[0])
        return text, path, lambda: True


class _Environment(ImmutableSandboxedEnvironment):
    """Sandboxed: a layout, too, may come from a stranger. Compiles each template once."""

    def compile(self, *arguments: Any, **options: Any) -> Any:
        return _compiled(*arguments, **options)


@cache
def _compiled(*arguments: Any, **options: Any) -> Any:
    plain = ImmutableSandboxedEnvironment(**_SETTINGS)
    return plain.compile(*arguments, **options)


_SETTINGS: dict[str, Any] = {
    "undefined": StrictUndefined,
    "autoescape": True,
    "trim_blocks": True,
    "lstrip_blocks": True,
}


def _environment(layout: Layout) -> ImmutableSandboxedEnvironment:
    return _Environment(loader=_Loader(layout), **_SETTINGS)


def _section(
    environment: ImmutableSandboxedEnvironment,
    layout: Layout,
    piece: Piece,
    title: str,
    anthology: Anthology,
    shared: Mapping[str, Any],
) -> tuple[str, str, tuple[Finding, ...]]:
    """A piece's section, the path of its template, and what was noticed."""
    names = [f"sections/{piece.kind}.html.j2"]
    if piece.text is not None:
        names.append("sections/text.html.j2")
    name = next((n for n in names if layout.get(n)), names[-1])
    told = (layout.get(name) or (b"", f"layouts/{layout.name}/{name}"))[1]
    word = catalogue(anthology.edition.language).gettext
    values = views.piece(piece, title, anthology, word)
    if piece.kind in MADE:
        values |= MADE[piece.kind](anthology, word)
    inner, noticed = "", ()  # type: tuple[str, tuple[Finding, ...]]
    try:
        inner = environment.get_template(name).render(piece=values, **shared)
    except TemplateSyntaxError as error:
        place = Place(error.filename or told, error.lineno)
        noticed = (find("B001", place, problem=(error.message or "syntax").rstrip(".")),)
    except _NotTextError as error:
        noticed = (error.args[0],)
    except TemplateNotFound as error:
        place = Place(told, _line(error, told))
        noticed = (find("B004", place, name=layout.name, problem=f"no file {error.name}"),)
    except Exception as error:  # noqa: BLE001 # a template can raise whatever its filters can
        noticed = (find("B001", Place(told, _line(error, told)), problem=str(error).rstrip(".")),)
    kind, language = escape(f"{piece.kind} {piece.matter}"), escape(piece.language)
    turned = f' dir="{direction(piece.language)}"'
    opening = f'<section id="{escape(piece.id)}" class="{kind}" lang="{language}"{turned}>'
    body = f"{opening}\n{inner}\n</section>"
    try:
        root = etree.fromstring(body.encode(), _PARSER)
    except etree.XMLSyntaxError as error:
        noticed = (*noticed, find("B003", Place(told), problem=error.msg or "not well-formed"))
        return f"{opening}\n<h1>{escape(title)}</h1>\n</section>", told, noticed
    foreign = [e for e in root.iter() if _runs_or_asks(e)]
    if foreign:
        for element in foreign:
            what = f"<{etree.QName(element).localname}> of a template"
            noticed = (*noticed, find("B002", Place(told), what=what))
            element.clear(keep_tail=True)
            element.tag = "span"
        body = etree.tostring(root, encoding="unicode")
    return body, told, noticed


_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_FOREIGN = frozenset(
    "script object embed iframe frame audio video source track link style base form input button "
    "applet meta foreignObject image".split()
)


def _runs_or_asks(element: etree._Element) -> bool:
    """Whether a template's element could run something, or ask for what is not the galley's."""
    if not isinstance(element.tag, str):
        return False
    source = element.get("src", "images/")
    return (
        etree.QName(element).localname in _FOREIGN
        or not source.startswith(("images/", "layout/"))
        or any(etree.QName(k).localname.lower().startswith("on") for k in element.attrib)
    )


def _links(
    body: str, path: str, here: Mapping[str, str], slugs: Container[str]
) -> tuple[str, tuple[Finding, ...]]:
    """Links to reviews led to their sections, or set as plain text (L003, L004)."""
    root = etree.fromstring(body.encode(), _PARSER)
    noticed = []
    for link in list(root.iter("a")):
        target = link.get("href", "")
        if not target.startswith("review:"):
            continue
        slug = target.removeprefix("review:").strip("/")
        if slug in here:
            link.set("href", f"#{here[slug]}")
            continue
        line, _, column = link.get("data-at", "1:1").partition(":")
        inner = next((e.get("data-in") for e in link.iterancestors() if e.get("data-in")), path)
        place = Place(inner, int(line), int(column))
        known = slug in slugs
        hint = "" if known else did_you_mean(slug, here)
        noticed.append(find("L004" if known else "L003", place, slug=slug, hint=hint))
        del link.attrib["href"]
        link.tag = "span"
    return etree.tostring(root, encoding="unicode"), tuple(noticed)


def _line(error: BaseException, path: str) -> int:
    """The template's line at which it failed: Jinja2 writes it into the traceback."""
    line, trace = 1, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == path:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _marked(body: str, findings: tuple[Finding, ...]) -> str:
    """A draft's section says so, and what is wrong with its manuscript."""
    said = "".join(f"<li>{escape(str(f))}</li>" for f in findings)
    told = f'<div class="findings"><ul>{said}</ul></div>' if said else ""
    head, _, rest = body.partition("\n")
    return f'{head}\n<p class="draft">DRAFT</p>{told}\n{rest}'
