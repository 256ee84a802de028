"""Identifiers of people, as written or as an address, brought into one form.

Each function gives "" for what is none.
"""

from __future__ import annotations

import re


def orcid(written: str) -> str:
    """An ORCID iD as 0000-0002-1825-0097: an ISNI, with hyphens (support.orcid.org, Structure of
    the ORCID identifier)."""
    number = isni(written)
    return "-".join(number[at : at + 4] for at in range(0, 16, 4)) if number else ""


def isni(written: str) -> str:
    """An ISNI as sixteen characters, the last of which checks the others (ISO 27729)."""
    from stdnum.exceptions import ValidationError
    from stdnum.isni import validate

    try:
        return str(validate(_last(written)))
    except ValidationError:
        return ""


def viaf(written: str) -> str:
    """The number of a cluster of the Virtual International Authority File (viaf.org)."""
    number = _last(written)
    return number if re.fullmatch(r"[1-9][0-9]{0,21}", number) else ""


def _last(written: str) -> str:
    """What an address ends in: https://viaf.org/viaf/107032638/ -> 107032638."""
    address = re.sub(r"^\s*(?:orcid|isni|viaf)\s*:?\s*(?=[\dhH])", "", written, flags=re.IGNORECASE)
    return address.split("?")[0].split("#")[0].strip(" /").rpartition("/")[2].upper()
