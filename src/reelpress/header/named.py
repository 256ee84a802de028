"""What a file's name, and the folder in which it lies, say of what is in it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import PurePosixPath
from unicodedata import normalize
from urllib.parse import unquote

from reelpress.header.encoding import without_controls
from reelpress.slugs import slug

_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)([-/_.])(\d{1,2})\2(\d{1,2})(?!\d)")
_BARE_DAY = re.compile(r"(?:^|/)((?:19|20)\d\d)()(\d\d)(\d\d)(?=[-_ ][^/]*$)")
_MONTH = re.compile(r"(?:^|/)((?:19|20)\d\d)[-/](0[1-9]|1[0-2])/")
_DATED = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})[-_ ]+(?=.)")
_TONGUE = re.compile(r"\.[a-z]{2}(?:-[A-Za-z]{2,4})?$")
_YEAR = re.compile(r"(.*\S)\s*[(\[]((?:18[7-9]|19\d|20\d)\d)[)\]]")
_INDEX = ("index", "_index", "README", "readme")
_PAGE = re.compile(r"\.(?:mdx?|markdown|html?)$", re.I)
_LISTS = frozenset("tag tags category categories topic topics author authors".split())
"""Folders in which sites list what they have."""
_STEPS = 4


def stem_of(path: str) -> str:
    """A file's name without ending, date in front (as Jekyll has it) and language behind."""
    stem = PurePosixPath(path).stem
    return _DATED.sub("", _TONGUE.sub("", stem) or stem, count=1)


def date_before(path: str) -> str:
    """The date in front of a file's name, as it is written; empty where there is none."""
    match = _DATED.match(PurePosixPath(path).name)
    return match[1] if match else ""


def is_index(path: str) -> bool:
    """Whether a file is its folder's: index.md."""
    return stem_of(path) in _INDEX


def slugs_at(address: str) -> tuple[str, ...]:
    """The slugs that a page at a relative or root-absolute address may have, the longest first.

        /2019/ran/#ending ──▶ 2019-ran, ran          ../2019-05-03-ran.md ──▶ 2019-05-03-ran, ran

    There are none at another host (//host/ran, host.example/ran), of a list (/tags/ran), of no
    page (../). What a source's files are called where several have one name, these are called too.
    """
    bare = unquote(address.partition("#")[0].partition("?")[0]).strip()
    steps = [step for step in bare.split("/") if step not in ("", ".", "..")]
    hosted = len(steps) > 1 and "." in steps[0] and bare[0] not in "/."
    if not steps or hosted or bare.startswith("//") or "\\" in bare:
        return ()
    *folders, name = steps
    name = _PAGE.sub("", name)
    if name in _INDEX and folders:
        name = folders.pop()
    if not any(map(str.isalnum, name)) or name in _INDEX:
        return ()
    if folders and folders[-1].lower() in _LISTS:
        return ()
    day = [own] if (own := date_before(name)) else []
    way = [slug(step) for step in (*folders[-_STEPS:], *day, _DATED.sub("", name, count=1))]
    return tuple("-".join(way[n:]) for n in range(len(way)))


def as_title(name: str) -> str:
    """A file's or a folder's name as a title: `the-third-man` as `The third man`."""
    if " " not in name:
        name = name.replace("_", " ")
        if name == name.lower() or name.count("-") > 1:
            name = name.replace("-", " ")
    # Macintosh files are named é as e and an accent; a name may hold what no text can.
    name = normalize("NFC", without_controls(" ".join(name.split())))
    return name[:1].upper() + name[1:] if name == name.lower() else name


def day_of(path: str) -> str:
    """The date in a path, ISO 8601: 2014/12/12/x.md, 2019-05-03-x.md; 2014/12/x.md is a month."""
    for match in (*_DAY.finditer(path), *_BARE_DAY.finditer(path)):
        year, month, day = int(match[1]), int(match[3]), int(match[4])
        try:
            return date(year, month, day).isoformat()
        except ValueError:
            continue
    month_ = _MONTH.search(path)
    return f"{month_[1]}-{month_[2]}" if month_ else ""


def with_year(title: str) -> tuple[str, str]:
    """ "The Third Man (1949)" as a title and a year; no year where it has none."""
    match = _YEAR.fullmatch(title.strip())
    return (match[1], match[2]) if match else (title.strip(), "")


def letters(text: str) -> str:
    """The letters and digits of a title: as titles are compared, whatever marks and case they
    have."""
    return "".join(c for c in normalize("NFKC", text).casefold() if c.isalnum())
