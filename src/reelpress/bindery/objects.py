"""A PDF in the making: objects whose syntax is written already, and the file that they become.

Objects that are no streams stand in object streams, a few hundred in each, so that a reader unpacks
what it shows and no more; where all of them are, a cross-reference stream tells (PDF 32000-1,
7.5.7 and 7.5.8).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Sequence
from hashlib import md5

_LOCAL = re.compile(rb"@(\d+)@")
"""References to objects that are taken in together."""
_TOGETHER = 250
"""Objects in an object stream."""
_FREE, _PLAIN, _PACKED = 0, 1, 2
"""The types of a cross-reference stream's entries."""


class File:
    """A PDF in the making."""

    def __init__(self) -> None:
        self._texts: list[bytes] = [b""]
        """By number, from 1; of a stream, its dictionary."""
        self._data: dict[int, bytes] = {}
        self._streams: dict[tuple[bytes, bytes], int] = {}

    def add(self, text: bytes = b"null", stream: bytes | None = None) -> int:
        """One more object; its number."""
        self._texts.append(text)
        place = len(self._texts) - 1
        if stream is not None:
            self._data[place] = stream
        return place

    def once(self, text: bytes, stream: bytes) -> int:
        """The number of a stream that may be there already: a picture in two reviews."""
        key = (text, stream)
        if key not in self._streams:
            self._streams[key] = self.add(text, stream)
        return self._streams[key]

    def embed(self, text: bytes, stream: bytes | None = None) -> int:
        """The number of a stream that may be there already, or of a new object."""
        return self.add(text) if stream is None else self.once(text, stream)

    def take(
        self,
        objects: Sequence[tuple[bytes, bytes]],
        numbers: list[int],
        led: Callable[[bytes], bytes],
    ) -> list[tuple[int, bytes]]:
        """Take in (text, stream) of some objects; their numbers are added to `numbers`.

        Streams may be there already. What is given back has to be led (`led` leads references by
        `numbers`) once all have theirs: places, and texts with `@`.
        """
        first = len(numbers)
        numbers += [0] * len(objects)
        for index, (text, stream) in enumerate(objects):
            if stream and b"@" not in text:
                numbers[first + index] = self.once(text, stream)
        waiting: list[tuple[int, bytes]] = []
        for index, (text, stream) in enumerate(objects):
            if numbers[first + index]:
                continue
            own = b"@K" in text  # its place in the parent tree
            if stream and not own and all(numbers[int(n)] for n in _LOCAL.findall(text)):
                numbers[first + index] = self.once(led(text), stream)
                continue
            place = numbers[first + index] = self.add(text, stream or None)
            if b"@" in text:
                waiting.append((place, text))
        return waiting

    def put(self, place: int, text: bytes) -> None:
        """The text of an object whose number was taken before."""
        self._texts[place] = text

    def text(self, place: int) -> bytes:
        """The text of an object."""
        return self._texts[place]

    def written(self, root: int, information: int) -> bytes:
        """The file (PDF 1.7) with the catalogue `root`; its identifier is made from its content."""
        out = bytearray(b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n")
        entries: list[tuple[int, int, int]] = [(_FREE, 0, 65535)] * len(self._texts)
        sum_ = md5(usedforsecurity=False)
        for place, data in self._data.items():
            entries[place] = (_PLAIN, len(out), 0)
            out += _stream(place, self._texts[place], data)
        packed = [place for place in range(1, len(self._texts)) if place not in self._data]
        for at in range(0, len(packed), _TOGETHER):
            holder, places = len(entries), packed[at : at + _TOGETHER]
            entries.append((_PLAIN, len(out), 0))
            head, body = [], bytearray()
            for index, place in enumerate(places):
                entries[place] = (_PACKED, holder, index)
                head.append(b"%d %d" % (place, len(body)))
                body += self._texts[place] + b"\n"
            told = b" ".join(head) + b"\n"
            text = b"<</Type/ObjStm/N %d/First %d/Filter/FlateDecode>>" % (len(places), len(told))
            out += _stream(holder, text, zlib.compress(told + body, 6))
        sum_.update(out)
        start, place = len(out), len(entries)
        entries.append((_PLAIN, start, 0))
        table = b"".join(
            kind.to_bytes(1, "big") + where.to_bytes(4, "big") + index.to_bytes(2, "big")
            for kind, where, index in entries
        )
        own = sum_.hexdigest().encode()
        text = (
            b"<</Type/XRef/Size %d/W[1 4 2]/Root %s/Info %s/ID[<%s><%s>]/Filter/FlateDecode>>"
            % (len(entries), ref(root), ref(information), own, own)
        )
        out += _stream(place, text, zlib.compress(table, 6))
        return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def _stream(place: int, text: bytes, data: bytes) -> bytes:
    head = b"%d 0 obj\n%s/Length %d>>\nstream\n" % (place, text[:-2], len(data))
    return head + data + b"\nendstream\nendobj\n"


def ref(place: int) -> bytes:
    """A reference to an object."""
    return b"%d 0 R" % place
