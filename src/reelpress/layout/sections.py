"""Sections: what a template makes of one piece.

An author's text is never a template, and is escaped wherever it is not XHTML that the desk made.
Whatever a template prints is read as XHTML before it is a section.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from jinja2 import BaseLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import escape

from reelpress.findings import Finding, Place, Severity, did_you_mean, find, in_order
from reelpress.galley import Section
from reelpress.header import decode
from reelpress.header.encoding import without_controls
from reelpress.layout.leading import address, lead, linked
from reelpress.layout.setting import Setting, Settings
from reelpress.layout.templates import Templates
from reelpress.layout.views import names
from reelpress.layout.words import Words, direction

SILENT = frozenset({"half-title", "title", "dedication", "epigraph"})
"""Kinds that stand in no table of contents and no outline."""


class _NotTextError(Exception):
    """A template that is not UTF-8; its finding is the argument."""


class _Loader(BaseLoader):
    """Templates from a layout and those that it extends."""

    def __init__(self, templates: Templates) -> None:
        self.templates = templates

    def get_source(self, environment: Any, template: str) -> tuple[str, str, Any]:
        del environment
        found = self.templates.get(template)
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


@dataclass(slots=True)
class Compositor:
    """Sets the sections of one anthology."""

    settings: Settings
    _running: ImmutableSandboxedEnvironment = field(init=False)

    def __post_init__(self) -> None:
        self._running = _Environment(loader=_Loader(self.settings.templates), **_SETTINGS)
        words = Words(self.settings.anthology.edition.language)
        asked = {"_": words.text, "ngettext": words.plural, "direction": direction}
        self._running.globals |= asked

    def section(self, setting: Setting) -> tuple[Section, tuple[Finding, ...], frozenset[str]]:
        """A section, what was noticed, and the reviews to which it links.

        Findings: B001 (a template fails), B002, B003 (what it made is not XHTML), B004, H001,
        L003, L004, L006, M016.
        """
        piece, edition = setting.piece, self.settings.anthology.edition
        root, body, noticed = self._body(setting)
        met: frozenset[str] = frozenset()
        if 'href="review:' in body:
            met, said = _linked(root, setting.path, self.settings)
            body = etree.tostring(root, encoding="unicode")
            noticed += said
        if edition.draft:
            own = (*setting.broken, *noticed)
            errors = in_order(f for f in own if f.severity is Severity.ERROR)
            body = _marked(body, edition.mark, errors)
        section = Section(
            id=piece.id,
            kind=piece.kind,
            title=setting.title,
            matter=piece.matter,
            language=piece.language,
            body=body,
            path=setting.path,
            template=self.settings.templates.path(setting.template),
            level=0 if piece.kind in SILENT else 2 if piece.part else 1,
            byline=names(piece.byline, edition.language),
            part=piece.part,
            licence=setting.licence,
        )
        return section, noticed, met

    def _body(self, setting: Setting) -> tuple[etree._Element, str, tuple[Finding, ...]]:
        """What a piece's template makes of it: a <section>, and the same as markup."""
        templates, piece = self.settings.templates, setting.piece
        told, layout = templates.path(setting.template), templates.layout.name
        inner, noticed = "", ()  # type: tuple[str, tuple[Finding, ...]]
        try:
            inner = self._running.get_template(setting.template).render(setting.values)
        except TemplateSyntaxError as error:
            place = Place(error.filename or told, error.lineno)
            noticed = (find("B001", place, problem=(error.message or "syntax").rstrip(".")),)
        except _NotTextError as error:
            noticed = (error.args[0],)
        except TemplateNotFound as error:
            place = Place(told, _line(error, told))
            noticed = (find("B004", place, name=layout, problem=f"no file {error.name}"),)
        except Exception as error:  # noqa: BLE001 # a template can raise whatever its filters can
            noticed = (
                find("B001", Place(told, _line(error, told)), problem=str(error).rstrip(".")),
            )
        kind, language = escape(f"{piece.kind} {piece.matter}"), escape(piece.language)
        turned = f' dir="{direction(piece.language)}"'
        opening = f'<section id="{escape(piece.id)}" class="{kind}" lang="{language}"{turned}>'
        body = f"{opening}\n{inner}\n</section>"
        try:
            root = etree.fromstring(body.encode(), _PARSER)
        except etree.XMLSyntaxError as error:
            noticed = (*noticed, find("B003", Place(told), problem=error.msg or "not well-formed"))
            body = f"{opening}\n<h1>{escape(setting.title)}</h1>\n</section>"
            return etree.fromstring(body.encode(), _PARSER), body, noticed
        foreign = [e for e in _SUSPECTS(root) if _runs_or_asks(e)]
        if foreign:
            for element in foreign:
                what = f"<{etree.QName(element).localname}> of a template"
                noticed = (*noticed, find("B002", Place(told), what=what))
                element.clear(keep_tail=True)
                element.tag = "span"
            body = etree.tostring(root, encoding="unicode")
        return root, body, noticed


_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_FOREIGN = frozenset(
    "script object embed iframe frame audio video source track link style base form input button "
    "applet meta foreignObject image".split()
)
_SUSPECTS = etree.XPath(
    "descendant-or-self::*[@*[local-name()='src'"
    " or starts-with(translate(local-name(), 'ON', 'on'), 'on')]"
    f" or contains(' {' '.join(sorted(_FOREIGN))} ', concat(' ', local-name(), ' '))]"
)
"""The few elements that `_runs_or_asks` has to look at."""


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


def _linked(
    root: etree._Element, path: str, settings: Settings
) -> tuple[frozenset[str], tuple[Finding, ...]]:
    """Links to reviews led to their sections, in place, or set as plain text.

    Gives what stands behind `review:` in them, and L003, L004, L006, M016.
    """
    noticed, met = [], set()
    here, slugs = settings.here, settings.slugs
    for link in list(root.iter("a")):
        target = link.get("href", "")
        if not target.startswith("review:"):
            continue
        target = target.removeprefix("review:")
        met.add(target)
        if led := lead(target, here, settings.named):
            link.set("href", f"#{led}")
            continue
        slug, page = linked(target)
        line, _, column = link.get("data-at", "1:1").partition(":")
        inner = next((e.get("data-in") for e in link.iterancestors() if e.get("data-in")), path)
        place = Place(inner, int(line), int(column))
        if url := address(target):
            noticed.append(find("L006", place, url=url))
            _unlinked(link)
            continue
        known = slug in slugs
        hint = "" if known or page else did_you_mean(slug, here)
        code = "M016" if page else "L004" if known else "L003"
        noticed.append(find(code, place, slug=slug, hint=hint))
        _unlinked(link)
    return frozenset(met), tuple(noticed)


_BLOCKS = tuple(
    "p h1 h2 h3 h4 h5 h6 ul ol dl blockquote pre div section aside figure table hr".split()
)


def _unlinked(link: etree._Element) -> None:
    """Make a link plain text, or a division where it holds more than a phrase."""
    del link.attrib["href"]
    link.tag = "div" if next(link.iter(*_BLOCKS), None) is not None else "span"


def _line(error: BaseException, path: str) -> int:
    """The template's line at which it failed: Jinja2 writes it into the traceback."""
    line, trace = 1, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == path:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _marked(body: str, mark: str, findings: tuple[Finding, ...]) -> str:
    """A draft's section says so, and what is wrong with its manuscript."""
    # A file's name may hold what XML forbids.
    said = "".join(f"<li>{escape(without_controls(str(f)))}</li>" for f in findings)
    # They are in English, with paths in them, whichever way the book is read.
    told = f'<div class="findings" dir="ltr"><ul>{said}</ul></div>' if said else ""
    head, _, rest = body.partition("\n")
    return f'{head}\n<p class="draft">{mark}</p>{told}\n{rest}'
