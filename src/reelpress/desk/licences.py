"""Names of licences, as people write them, and their deeds; what share-alike asks.

Creative Commons: SPDX identifiers from spdx.org/licenses, deeds at creativecommons.org/licenses.
"""

from __future__ import annotations

import re

from reelpress.desk.territories import CODES
from reelpress.rights import PUBLIC_DOMAIN, RESERVED, Licence

_DEEDS = "https://creativecommons.org"
_KIND = r"(by(?:[\s-]nd[\s-]nc|(?:[\s-]nc)?(?:[\s-](?:sa|nd))?))"
_CC = re.compile(
    r"(?:cc|creative commons)[\s-]*" + _KIND + r"(?:[\s-]*v?(\d\.\d)(?:[\s-]+([a-z]{2,8}))??)?"
    r"(?:[\s-]+(?:international|unported|licen[cs]e))*",
    re.I,
)
_LIKE_CC = re.compile(r"(?:cc|creative commons)(?:[\s-]|$)", re.I)
_DEED = re.compile(
    r"https?://(?:www\.)?creativecommons\.org/"
    r"(?:licenses/"
    + _KIND
    + r"/(\d\.\d)(?:/([a-z]{2}|igo|scotland))?|publicdomain/(zero|mark)/1\.0)"
    r"(?:/(?:deed|legalcode)(?:\.[\w-]+)?)?/?(?:[?#].*)?",
    re.I,
)
_VERSIONS = frozenset({"1.0", "2.0", "2.5", "3.0", "4.0"})
_PORTED = frozenset({"1.0", "2.0", "2.1", "2.5", "3.0"})
_PORTS = CODES | {"UK", "IGO", "SCOTLAND"}
_SPDX_PORTS = frozenset(
    "BY-2.5-AU BY-3.0-AT BY-3.0-AU BY-3.0-DE BY-3.0-IGO BY-3.0-NL BY-3.0-US BY-NC-3.0-DE "
    "BY-NC-ND-3.0-DE BY-NC-ND-3.0-IGO BY-NC-SA-2.0-DE BY-NC-SA-2.0-FR BY-NC-SA-2.0-UK "
    "BY-NC-SA-3.0-DE BY-NC-SA-3.0-IGO BY-ND-3.0-DE BY-SA-2.0-UK BY-SA-2.1-JP BY-SA-3.0-AT "
    "BY-SA-3.0-DE BY-SA-3.0-IGO".split()
)
"""The ported licences that have an SPDX identifier."""

_RESERVED = Licence(RESERVED)
_DOMAIN = Licence(PUBLIC_DOMAIN)
_ZERO = Licence("CC0 1.0", "CC0-1.0", f"{_DEEDS}/publicdomain/zero/1.0/")
_MARK = Licence("Public Domain Mark 1.0", "CC-PDM-1.0", f"{_DEEDS}/publicdomain/mark/1.0/")
_ART = Licence("Free Art License 1.3", "LAL-1.3", "https://artlibre.org/licence/lal/en/")
_GPL = Licence("GPL 3.0", "GPL-3.0-only", "https://www.gnu.org/licenses/gpl-3.0.html")
_GPL_LATER = Licence("GPL 3.0 or later", "GPL-3.0-or-later", _GPL.url)
_NAMED = {
    "all rights reserved": _RESERVED,
    "arr": _RESERVED,
    "public domain": _DOMAIN,
    "cc0": _ZERO,
    "cc0 1.0": _ZERO,
    "cc0 1.0 universal": _ZERO,
    "cc zero": _ZERO,
    "public domain mark": _MARK,
    "public domain mark 1.0": _MARK,
    "pdm": _MARK,
    "pdm 1.0": _MARK,
    "cc pdm 1.0": _MARK,
    "fal 1.3": _ART,
    "lal 1.3": _ART,
    "free art license 1.3": _ART,
    "licence art libre 1.3": _ART,
    "gpl 3.0": _GPL,
    "gpl 3.0 only": _GPL,
    "gplv3": _GPL,
    "gpl 3.0 or later": _GPL_LATER,
    "gpl 3.0+": _GPL_LATER,
}
"""In lower case, with spaces for hyphens."""


def licence(text: str) -> tuple[Licence, bool]:
    """The licence that `text` names, or the address of its deed, and whether it is known.

    A text with spaces in it that names nothing known is a licence of the holder's own words,
    which counts as known; one that looks like an identifier, or like a Creative Commons licence
    that there is not, does not.
    """
    bare = " ".join(text.split())
    if known := _NAMED.get(re.sub(r"[\s_-]+", " ", bare.lower())):
        return known, True
    found: Licence | None = None
    if match := _CC.fullmatch(bare.replace("_", "-")):
        found = _creative_commons(match[1], match[2] or "4.0", match[3] or "")
    elif match := _DEED.fullmatch(bare):
        if match[4]:
            return (_ZERO if match[4].lower() == "zero" else _MARK), True
        found = _creative_commons(match[1], match[2], match[3] or "")
    if found is not None:
        return found, True
    return Licence(bare), " " in bare and not _LIKE_CC.match(bare)


def _creative_commons(kind: str, version: str, port: str) -> Licence | None:
    """A licence by its elements, version and jurisdiction; None where there is no such one."""
    kind, port = re.sub(r"\s", "-", kind.upper()), port.upper()
    if version not in (_PORTED if port else _VERSIONS) or (port and port not in _PORTS):
        return None
    kind = "BY-NC-ND" if kind == "BY-ND-NC" else kind
    # Its first version has its elements in another order, and so has its address.
    path = "by-nd-nc" if (kind, version) == ("BY-NC-ND", "1.0") else kind.lower()
    name, spdx, deed = f"{kind} {version}", f"{kind}-{version}", f"licenses/{path}/{version}/"
    if port:
        spdx = f"{spdx}-{port}" if f"{spdx}-{port}" in _SPDX_PORTS else ""
        name += f" {port if len(port) < 4 else port.capitalize()}"
        deed += f"{port.lower()}/"
    return Licence(f"CC {name}", spdx and f"CC-{spdx}", f"{_DEEDS}/{deed}")


def fits(original: Licence, adaptation: Licence | None) -> bool:
    """Whether what is made of a share-alike piece may bear the licence `adaptation`.

    The same elements, in the same version or a later one, ported or not: 4.0 section 3(b)(1),
    3.0, 2.5 and 2.0 section 4(b); of 1.0 itself alone (section 4(b)). Of BY-SA 4.0 also what
    creativecommons.org/share-your-work/licensing-considerations/compatible-licenses lists.
    """
    if adaptation in (_ART, _GPL, _GPL_LATER):
        return original.elements == {"by", "sa"} and original.version == (4, 0)
    if adaptation is None or original.version == (1, 0):
        return adaptation == original
    same = adaptation.elements == original.elements
    return same and adaptation.version >= original.version
