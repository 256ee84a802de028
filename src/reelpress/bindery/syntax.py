"""PDF's own syntax (PDF 32000-1, 7.3): strings, numbers, names, dictionaries as bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def string(text: str) -> bytes:
    """A text string; in hexadecimal, so that nothing in it can be taken for syntax."""
    try:
        return b"<" + text.encode("ascii").hex().encode() + b">"
    except UnicodeEncodeError:
        return b"<feff" + text.encode("utf-16-be").hex().encode() + b">"


def number(value: float) -> bytes:
    """A number with as many digits as a printer can tell apart."""
    short = f"{value:.4f}".rstrip("0").rstrip(".")
    return b"0" if short in ("", "-0") else short.encode()


def rectangle(page: int, left: float, low: float, right: float, high: float) -> bytes:
    """A rectangle on a section's page `page`, which may move to the side when it is bound."""
    first, second = (b"@X%d:%s@" % (page, number(x)) for x in (left, right))
    return b"[%s %s %s %s]" % (first, number(low), second, number(high))


def name(text: str) -> bytes:
    """A name of letters, digits, signs that need no escape."""
    return b"/" + text.encode()


def array(values: Iterable[bytes]) -> bytes:
    """An array of what is syntax already."""
    return b"[" + b" ".join(values) + b"]"


def dictionary(entries: Mapping[str, bytes]) -> bytes:
    """A dictionary of what is syntax already."""
    return b"<<" + b"".join(b"/" + k.encode() + b" " + v for k, v in entries.items()) + b">>"
