"""XML as exports have it: well-formed or nearly so, and never trusted.

Entities are not expanded, nothing is loaded from anywhere. A file that is not well-formed is
mended where the slip is a known one (a bare &, HTML's entities, control characters), and else
read as far as it can be understood; both are said.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from typing import TYPE_CHECKING

from reelpress.findings import Finding, Place, find
from reelpress.header import decode
from reelpress.header.encoding import CONTROL

if TYPE_CHECKING:
    from lxml import etree

_REFERENCE = re.compile(r"&(?:#[xX]?[0-9a-fA-F]{1,9};|[A-Za-z][\w.-]{0,60};)?")
_OPENS, _CLOSES = "<![CDATA[", "]]>"
_DECLARED = re.compile(r"\s*<\?xml[^>]*\?>")
_ENCODING = re.compile(rb"""\s*<\?xml[^>]*\bencoding\s*=\s*["']([\w.-]+)["']""")
_XML = frozenset(("&amp;", "&lt;", "&gt;", "&quot;", "&apos;"))
_TOP = 100_000
"""Characters in which a DOCTYPE is looked for."""
_ENTITY = re.compile(r"<!ENTITY\s+(?:%\s+)?([\w.-]+)")


def decoded(data: bytes, path: str) -> tuple[str, tuple[Finding, ...]]:
    """The text of an XML file, in the encoding that it declares, or else as any other is read.

    Findings: those of `header.decode`.
    """
    named = _ENCODING.match(data[:200])
    wide = data[:2] in (BOM_UTF16_LE, BOM_UTF16_BE)
    said = "utf-16" if wide else named[1].decode().lower() if named else "utf-8"
    if said not in ("utf-8", "utf8"):
        try:
            return data.decode(said), ()
        except (LookupError, UnicodeError):
            pass  # it is not what it says
    text, found = decode(data, path)
    return text or "", found


def tree_of(text: str, path: str) -> tuple[etree._Element | None, tuple[Finding, ...]]:
    """The root of the document `text`; None where there is none. `path` is for findings.

    Findings: S002 (no XML at all), S010 (not well-formed: mended, or read as far as it goes),
    S011 (entities that are not expanded).
    """
    text = _DECLARED.sub("", text, count=1)  # its encoding is decoded already
    found = list(_entities(text, path))
    root, error = _parsed(text, recover=False)
    if error is None:
        return root, tuple(found)
    place, problem = Place(path, *error[:2]), error[2]
    if (forbidden := CONTROL.search(text)) is not None:
        line = text.count("\n", 0, forbidden.start()) + 1
        column = forbidden.start() - text.rfind("\n", 0, forbidden.start())
        place = Place(path, line, column)
        problem = f"U+{ord(forbidden[0]):04X} is a character that XML forbids"
    mended, still = _parsed(_mended(text), recover=False)
    if still is None:
        how = "it was mended, and nothing is missing"
        return mended, (*found, find("S010", place, problem=problem, how=how))
    root, _ = _parsed(_mended(text), recover=True)
    if root is None:
        return None, (*found, find("S002", place, problem=f"no XML: {error[2]}"))
    place = Place(path, *still[:2])
    how = "it was read as far as it can be understood"
    hint = "compare the last of the reviews with your site; export again if one is missing"
    return root, (*found, find("S010", place, problem=still[2], how=how, hint=hint))


_Error = tuple[int, int, str]
"""Line, column, and what is wrong, as the middle of a sentence."""


def _parsed(text: str, *, recover: bool) -> tuple[etree._Element | None, _Error | None]:
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=recover,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser), None
    except etree.XMLSyntaxError as error:
        line, column = (max(1, at or 1) for at in error.position)
        problem = str(error.msg or "it is empty").partition(", line ")[0]
        word = problem.partition(" ")[0]
        # "Opening and ending tag mismatch", but not "EntityRef: expecting ';'"
        shown = problem[:1].lower() + problem[1:] if word[1:].islower() else problem
        return None, (line, column, shown)


def _mended(text: str) -> str:
    """The text with bare & and HTML's entities as XML has them, but for what is in CDATA."""
    text = CONTROL.sub("", text)
    parts, at = [], 0
    while (opens := text.find(_OPENS, at)) >= 0:
        closes = text.find(_CLOSES, opens)
        end = closes + len(_CLOSES) if closes >= 0 else len(text)
        parts += [_REFERENCE.sub(_settled, text[at:opens]), text[opens:end]]
        at = end
    return "".join((*parts, _REFERENCE.sub(_settled, text[at:])))


def _settled(match: re.Match[str]) -> str:
    from html.entities import html5

    said = match[0]
    if said in _XML or said.startswith("&#"):
        return said
    return html5.get(said[1:]) or "&amp;" + said[1:]


def _entities(text: str, path: str) -> list[Finding]:
    """That a DOCTYPE declares entities, said once, where it stands."""
    opens = text.find("<!DOCTYPE", 0, _TOP)
    closes = text.find("]", opens, _TOP)
    names = _ENTITY.findall(text, opens, closes if closes >= 0 else _TOP) if opens >= 0 else []
    if not names:
        return []
    line = text.count("\n", 0, opens) + 1
    shown = ", ".join(names[:3]) + (" …" if len(names) > 3 else "")
    return [find("S011", Place(path, line), names=shown)]
