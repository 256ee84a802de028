"""Names of licences, as people write them, and their deeds.

Creative Commons: SPDX identifiers from spdx.org/licenses, deeds at
creativecommons.org/licenses.
"""

from __future__ import annotations

import re

from reelpress.rights import Licence

_CC = re.compile(
    r"(?:cc|creative commons)[\s-]*"
    r"(by(?:[\s-]nd[\s-]nc|(?:[\s-]nc)?(?:[\s-](?:sa|nd))?))[\s-]*(?:v?(\d\.\d))?"
    r"(?:[\s-]+(?:international|unported|licen[cs]e))*",
    re.I,
)
_PLAIN = {
    "all rights reserved": Licence("All rights reserved"),
    "arr": Licence("All rights reserved"),
    "public domain": Licence("Public domain"),
    "cc0": Licence("CC0 1.0", "CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
}
_PLAIN["cc0-1.0"] = _PLAIN["cc0 1.0"] = _PLAIN["cc0"]


def licence(text: str) -> tuple[Licence, bool]:
    """The licence that `text` names, and whether it is known.

    A text with spaces in it that names nothing known is a licence of the holder's own words,
    which counts as known; one that looks like an identifier does not.
    """
    bare = " ".join(text.split())
    if known := _PLAIN.get(bare.lower()):
        return known, True
    if match := _CC.fullmatch(bare.replace("_", "-")):
        kind, version = re.sub(r"\s", "-", match[1].lower()), match[2] or "4.0"
        kind = "by-nc-nd" if kind == "by-nd-nc" else kind
        return (
            Licence(
                f"CC {kind.upper()} {version}",
                f"CC-{kind.upper()}-{version}",
                f"https://creativecommons.org/licenses/{kind}/{version}/",
            ),
            True,
        )
    return Licence(bare), " " in bare
