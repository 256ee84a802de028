"""Where a volume is offered, and where a permission holds: codes of countries."""

from __future__ import annotations

from collections.abc import Sequence

from reelpress.findings import Finding, Place, find

CODES = frozenset(
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR "
    "BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ "
    "EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW "
    "GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY "
    "KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV "
    "MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY "
    "QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG "
    "TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM "
    "ZW".split()
)
"""The countries of ISO 3166-1, alpha-2."""
_MEANT = {"UK": "GB", "EL": "GR"}
"""What some write instead."""


def territories(written: Sequence[str]) -> tuple[frozenset[str], tuple[str, ...]]:
    """(codes, what is none, as written). No codes are the world, and so is `world` itself."""
    asked = {text: text.strip().upper() for text in written}
    wrong = tuple(text for text, code in asked.items() if code not in CODES and code != "WORLD")
    if "WORLD" in asked.values():
        return frozenset(), wrong
    return CODES.intersection(asked.values()), wrong


def no_territory(written: str, place: Place) -> Finding:
    """That this is no code (H006), with the one that is meant where that is known."""
    problem = f'"{written}" is no country code of ISO 3166-1'
    meant = _MEANT.get(written.strip().upper(), "")
    hint = f'did you mean "{meant}"?' if meant else "two letters for each country, or world"
    return find("H006", place, field="territory", problem=problem, hint=hint)
