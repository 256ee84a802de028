"""Bytes to text: UTF-8, what says that it is UTF-16 or UTF-32, or a guess that is told."""

from __future__ import annotations

import re
import unicodedata
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE

from reelpress.findings import Finding, Place, find

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 forbids (section 2.2)."""
_BREAKS = "\x0b\x0c\x1c\x1d\x1e"
"""Those that part lines in other programs: a word processor's soft return is U+000B."""
_RUN = re.compile(f"{CONTROL.pattern}+")

_MARKS = (
    (BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (BOM_UTF32_BE, "utf-32-be"),
    (BOM_UTF16_LE, "utf-16-le"),
    (BOM_UTF16_BE, "utf-16-be"),
)
_NAMES = {"utf-16-le": "UTF-16 (little-endian)", "utf-16-be": "UTF-16 (big-endian)"}
_KEPT = re.compile("([\uf900-\ufaff\U0002f800-\U0002fa1f]+)")
"""CJK compatibility ideographs: their normal form is another shape of the letter."""
_C1 = re.compile("[\x80-\x9f]")
_NOT_TEXT = re.compile(rb"\x89PNG|\xff\xd8\xff|PK\x03\x04|\x1f\x8b|\xd0\xcf\x11\xe0")
_DEBRIS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_LOOKED_AT = 1 << 14
"""Bytes, to see whether a file is text at all."""
_LONG = 40
"""Letters of a word that is too long to be shown."""


def decode(data: bytes, path: str) -> tuple[str | None, tuple[Finding, ...]]:
    """The text of a file in normal form C, without byte order mark, line ends as \\n.

    None where it is no text. Findings: H001 (no text), H040 (the encoding is a guess), H041
    (UTF-8 that was once read as windows-1252 and saved so).
    """
    data = data.removeprefix(BOM_UTF8)
    text: str | None
    said: tuple[Finding, ...] = ()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        text, said = _otherwise(data, path, error.start)
    else:
        if b"\0" in data:
            text, said = _with_nulls(data, path, text)
        elif b"\x1b$" in data:
            text, said = _escaped(data, path, text)
    if text is None:
        return None, said
    if text[:1] == "\ufeff":
        text = text.lstrip("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii():
        return text, said
    text, more = _settled(text, path)
    return text, (*said, *more)


def _settled(text: str, path: str) -> tuple[str, tuple[Finding, ...]]:
    """Text that is not all ASCII, in normal form and with one sort of line ends."""
    said = _twice(text, path)
    if "\u2028" in text or "\u2029" in text:
        text = text.replace("\u2028", " ").replace("\u2029", "\n\n")
    if not said and (match := _C1.search(text)):
        text, said = _from_latin_1(text, path, match.start())
    if not unicodedata.is_normalized("NFC", text):
        text = "".join(
            part if at % 2 else unicodedata.normalize("NFC", part)
            for at, part in enumerate(_KEPT.split(text))
        )
    return text, said


def _from_latin_1(text: str, path: str, at: int) -> tuple[str, tuple[Finding, ...]]:
    """U+0092 in a text is a byte of windows-1252 that was read as ISO-8859-1 (HTML, 13.2.5.80)."""
    if set(_C1.findall(text)) == {"\x85"} and "\n" not in text:
        return text.replace("\x85", "\n"), ()  # NEL: the line ends of mainframes
    place = Place(path, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
    text = _C1.sub(lambda m: m[0].encode("latin-1").decode("cp1252", "ignore"), text)
    name = "UTF-8 with bytes of windows-1252 in it"
    return text, (find("H040", place, encoding=name, hint=_hint(text, place)),)


def without_controls(text: str) -> str:
    """The text without characters that XML forbids; one that parted two words leaves a space."""

    def settled(match: re.Match[str]) -> str:
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        inside = before.strip() and after.strip()
        return " " if inside and any(c in _BREAKS for c in match[0]) else ""

    return _RUN.sub(settled, text) if CONTROL.search(text) else text


def _otherwise(data: bytes, path: str, at: int) -> tuple[str | None, tuple[Finding, ...]]:
    """What is not UTF-8, as the byte `at` shows."""
    for mark, codec in _MARKS:
        if data.startswith(mark):
            wide = data[len(mark) :].decode(codec, "replace")
            return (wide, ()) if _is_text(wide) else _no_text(data, path, at)
    if (unmarked := _wide(data)) is not None:
        wide = data.decode(unmarked, "replace")
        return wide, (_guess(data, path, at, wide, _NAMES[unmarked]),)
    start = data[:_LOOKED_AT]
    if _NOT_TEXT.match(data) or 20 * len(_DEBRIS.findall(start)) > len(start):
        return _no_text(data, path, at)
    from reelpress.header.legacy import read  # only where there is something to guess

    text, name = read(data)
    return text, (_guess(data, path, at, text, name),)


def _with_nulls(data: bytes, path: str, text: str) -> tuple[str | None, tuple[Finding, ...]]:
    """Bytes that are UTF-8 with U+0000 in it: UTF-16 of ASCII is, and so may anything else be."""
    at = data.index(0)
    if (codec := _wide(data)) is not None:
        text = data.decode(codec, "replace")
        return text, (_guess(data, path, at, text, _NAMES[codec]),)
    start = data[:_LOOKED_AT]
    if 20 * len(_DEBRIS.findall(start)) > len(start):
        return _no_text(data, path, at)
    return text, ()


def _escaped(data: bytes, path: str, text: str) -> tuple[str, tuple[Finding, ...]]:
    """ISO-2022-JP, which mail was sent in: seven bits, kanji between escapes."""
    try:
        japanese = data.decode("iso2022_jp_2")
    except UnicodeDecodeError:
        return text, ()
    at = data.index(b"\x1b")
    return japanese, (_guess(data, path, at, japanese, "ISO-2022-JP"),)


def _guess(data: bytes, path: str, at: int, text: str, name: str) -> Finding:
    """That the encoding `name` is a guess."""
    place = Place(path) if name in _NAMES.values() else _place(data, path, at)
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return find("H040", place, encoding=name, hint=_hint(text, place))


def _hint(text: str, place: Place) -> str:
    """What the word at a place reads like, if a guess holds."""
    lines = text.split("\n", place.line)
    line = lines[place.line - 1] if len(lines) >= place.line else ""
    begins = max(line.rfind(c, 0, place.column - 1) for c in " \t") + 1
    word = next(iter(line[begins:].split(maxsplit=1)), "")
    if word.isascii() or len(word) > _LONG:
        return ""
    return f'then line {place.line} says "{word}"; if so, save the file as UTF-8'


def _no_text(data: bytes, path: str, at: int) -> tuple[None, tuple[Finding, ...]]:
    byte = f"0x{data[at]:02X}"
    return None, (find("H001", _place(data, path, at), byte=byte, offset=at),)


def _place(data: bytes, path: str, at: int) -> Place:
    """Where the byte `at` of a file stands, counted in characters before it."""
    before = data[data.rfind(b"\n", 0, at) + 1 : at]
    return Place(path, data.count(b"\n", 0, at) + 1, len(before.decode("utf-8", "replace")) + 1)


def _is_text(text: str) -> bool:
    start = text[:_LOOKED_AT]
    return 20 * (len(CONTROL.findall(start)) + start.count("\ufffd")) <= len(start)


def _wide(data: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of what has spaces and line ends is zero."""
    start = data[: _LOOKED_AT - _LOOKED_AT % 2]
    even, odd = start[0::2], start[1::2]
    for codec, zeros, others in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        # A tenth will do: of Cyrillic or Han only blanks, digits and the header's keys have them.
        if 10 * zeros.count(0) > len(zeros) > 3 and 50 * others.count(0) <= len(others):
            return codec if _is_text(start.decode(codec, "replace")) else None
    return None


# -- UTF-8 read as windows-1252, and saved

_TAIL = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_DOUBLED = re.compile(
    f"â[€\x80]{_TAIL}|(?<![A-ZÀ-Þ])Ã[\xa0-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ•˜™š›œžŸ]"  # quotes, dashes; é, ü, ñ
    f"|(?:[ÐÑ×ØÙÎÏ]{_TAIL}){{3,}}"  # Cyrillic, Hebrew, Arabic, Greek
    f"|(?:[ã-í]{_TAIL}{{2}}){{2,}}"  # kana, Han, Hangul
    "|‚Ä[ôúùìîòö¶]|√[©®†¥±∏º§¢™]"  # the same, where the reader was an old Macintosh
)
_ROUND = re.compile(r"[^ \n\t]*")


def _twice(text: str, path: str) -> tuple[Finding, ...]:
    """Whether the text is as “donâ€™t” is: UTF-8 that was read as windows-1252 and saved so."""
    at = -1
    count = 0
    shown = meant = ""
    for match in _DOUBLED.finditer(text):
        if not (once := _once(match[0])):
            continue
        count += 1
        if not meant:
            at, shown, meant = match.start(), match[0], once
    if not meant:
        return ()
    begins = max(text.rfind(c, 0, at) for c in " \n\t") + 1
    word = _ROUND.match(text, begins)
    if word and len(word[0]) < _LONG and (once := _once(word[0])):
        at, shown, meant = begins, word[0], once
    place = Place(path, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
    hint = f'"{shown}" is probably "{meant}": UTF-8 was opened as something else, and saved'
    times = "once" if count == 1 else f"{count} times"
    return (find("H041", place, times=times, hint=hint),)


def _once(text: str) -> str:
    """What a text says that was read in place of UTF-8; empty where it was not."""
    for codec in ("cp1252", "mac_roman"):
        data = bytearray()
        for character in text:
            try:
                data += character.encode(codec)
            except UnicodeEncodeError:
                # Bytes that windows-1252 leaves open are kept as controls by most readers.
                data += bytes([ord(character)]) if "\x80" <= character <= "\x9f" else b"\xff"
        try:
            meant = data.decode("utf-8")
        except UnicodeDecodeError:
            continue
        if len(meant) < len(text):
            return meant
    return ""
