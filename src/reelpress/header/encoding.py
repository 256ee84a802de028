"""Bytes to text: UTF-8 or a finding."""

from __future__ import annotations

import re

from reelpress.findings import Finding, Place, find

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 forbids (section 2.2)."""


def decode(data: bytes, path: str) -> tuple[str | None, tuple[Finding, ...]]:
    """The text of a file, without byte order mark, line ends as \\n; None where it is not UTF-8.

    Finding: H001, at the first byte that is wrong.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        before = data[data.rfind(b"\n", 0, error.start) + 1 : error.start]
        place = Place(path, line, len(before.decode("utf-8", "replace")) + 1)
        byte = f"0x{data[error.start]:02X}"
        return None, (find("H001", place, byte=byte, offset=error.start),)
    return text.replace("\r\n", "\n").replace("\r", "\n"), ()
