"""Files from before UTF-8: which encoding they are in is a guess, made from what they say.

    bytes ── UTF-8 with a few others? ── runs of high bytes? ──▶ charset-normalizer: the script
                                                └─ single ones ──▶ the Latin alphabets below

charset-normalizer tells scripts apart well and Latin code pages badly (of a Swedish paragraph it
says windows-1250): there the letters decide. A language's alphabet is that of its entry in
Unicode's CLDR (main exemplar characters), less ASCII.
"""

from __future__ import annotations

import re

_SAMPLE = 1 << 16
"""Bytes that are looked at."""
_GOOD = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}"
    rb"|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}"
    rb"|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
"""One character beyond ASCII in UTF-8 (Unicode Standard, table 3-7)."""
_PARTS = re.compile(rb"(?:[\x00-\x7f]|%s)+" % _GOOD.pattern)
_HIGH = re.compile(rb"[\x80-\xff]")
_RUN = re.compile(rb"[\x80-\xff]{3,}")

_SCRIPTS = {
    "cp1251": ("cp1251", "windows-1251"),
    "koi8_r": ("koi8_u", "KOI8"),  # koi8_u is koi8_r with the Ukrainian letters
    "koi8_u": ("koi8_u", "KOI8"),
    "cp866": ("cp866", "DOS code page 866"),
    "iso8859_5": ("iso8859_5", "ISO-8859-5"),
    "mac_cyrillic": ("mac_cyrillic", "Macintosh Cyrillic"),
    "cp1253": ("cp1253", "windows-1253"),
    "cp1255": ("cp1255", "windows-1255"),
    "cp1256": ("cp1256", "windows-1256"),
    "cp874": ("cp874", "windows-874"),
    "tis_620": ("cp874", "windows-874"),
    "gb18030": ("gb18030", "GB 18030"),
    "big5": ("cp950", "Big5"),
    "cp932": ("cp932", "Shift_JIS"),
    "euc_jp": ("euc_jp", "EUC-JP"),
    "cp949": ("cp949", "EUC-KR"),
}
"""What charset-normalizer may say, and how that is read and called."""

_WEST = (
    "àâæçéèêëîïôœùûüÿ", "äöüß", "áéíñóúüªº", "ãâáàçéêíóõôúüªº", "àèéìíîòóùú", "åäöéà",
    "æøåéèêóòâôä", "äöåšž", "ëïéèêöüáóíúà", "àçéèíïóòúü", "áéíóúýþæöð",
)  # fmt: skip
"""French, German, Spanish, Portuguese, Italian, Swedish, Danish and Norwegian, Finnish, Dutch,
Catalan, Icelandic."""
_EAST = (
    "ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áéíóöőúüű", "áäčďéíĺľňóôŕšťúýž", "ăâîşţ", "čćđšž"
)  # fmt: skip
"""Polish, Czech, Hungarian, Slovak, Romanian, Croatian and Slovenian."""
_LATIN = (
    ("cp1252", "windows-1252", _WEST),
    ("cp1250", "windows-1250", _EAST),
    ("cp1254", "windows-1254", ("çğıöşüâîû",)),
    ("cp1257", "windows-1257", ("ąčęėįšųūž", "āčēģīķļņšūž", "äöõüšž")),
    ("iso8859_15", "ISO-8859-15", _WEST),
    ("iso8859_2", "ISO-8859-2", _EAST),
    ("mac_roman", "Macintosh Roman", _WEST),
    ("cp850", "DOS code page 850", _WEST),
)
"""In the order of likelihood, which decides where two read equally well."""
_ANY = 0.75
"""What a letter counts that belongs to no one language: names in an English text."""
_MARKS = frozenset("‘’‚“”„–—…«»‹›\u00a0°§•©®™€£¿¡·´\u00ad½")
_JOINING = frozenset("’‘–—…\u00ad·\u00a0")
"""Marks that stand between two letters."""


def read(data: bytes) -> tuple[str, str]:
    """The text of what is not UTF-8, and the encoding that it seems to be in."""
    sample = data[:_SAMPLE]
    if len(data) > _SAMPLE:
        sample = sample[: sample.rfind(b"\n") + 1] or sample
    good = sum(map(len, _GOOD.findall(sample)))
    if good > 2 * len(_HIGH.findall(_PARTS.sub(b"", sample))):
        return _mended(data), "UTF-8 with bytes of windows-1252 in it"
    codec, name = _script(sample) or _latin(sample)
    return data.decode(codec, "replace"), name


def _mended(data: bytes) -> str:
    """UTF-8, and what is none of it as windows-1252."""
    parts, at = [], 0
    for match in _PARTS.finditer(data):
        parts += [data[at : match.start()].decode("cp1252", "replace"), match[0].decode()]
        at = match.end()
    return "".join([*parts, data[at:].decode("cp1252", "replace")])


def _script(sample: bytes) -> tuple[str, str] | None:
    """The encoding of a text that is not in Latin letters; None where it seems to be."""
    in_runs = sum(map(len, _RUN.findall(sample)))
    if 5 * in_runs < len(_HIGH.findall(sample)):
        return None
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=[*_SCRIPTS, "cp1252", "cp1250", "mac_roman"]).best()
    return None if best is None else _SCRIPTS.get(best.encoding)


def _latin(sample: bytes) -> tuple[str, str]:
    """The Latin code page in which the letters beyond ASCII make most sense."""
    scored = [
        (_sense(sample.decode(codec, "replace"), alphabets), -place, codec, name)
        for place, (codec, name, alphabets) in enumerate(_LATIN)
    ]
    *_, codec, name = max(scored)
    return codec, name


def _sense(text: str, alphabets: tuple[str, ...]) -> float:
    """How many of the characters beyond ASCII are as somebody would have written them."""
    letters: list[str] = []
    sense = 0.0
    for match in re.finditer(r"[^\x00-\x7f]", text):
        character, at = match[0], match.start()
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if character.isalpha() or character in "ªº":
            if character.isupper() and before.islower():
                sense -= 1
            else:
                letters.append(character.lower()[0])
        elif before.isalpha() and after.isalpha() and character not in _JOINING:
            sense -= 1
        elif character in _MARKS:
            sense += 1
    hits = max(sum(letter in alphabet for letter in letters) for alphabet in alphabets)
    return sense + max(hits, _ANY * sum(letter in _LETTERS for letter in letters))


_LETTERS = frozenset("".join(_WEST + _EAST))
