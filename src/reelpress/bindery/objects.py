"""A PDF in the making: objects whose syntax is written already; pydyf writes the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from io import BytesIO

import pydyf

_LOCAL = re.compile(rb"@(\d+)@")
"""References to objects that are taken in together."""


class Raw(pydyf.Object):  # type: ignore[misc]
    """An object whose syntax is written already."""

    def __init__(self, text: bytes, stream: bytes | None = None) -> None:
        super().__init__()
        self.text, self.stream = text, stream

    @property
    def data(self) -> bytes:
        """The object's bytes."""
        if self.stream is None:
            return self.text
        length = b"/Length %d>>" % len(self.stream)
        return self.text[:-2] + length + b"\nstream\n" + self.stream + b"\nendstream"

    @property
    def compressible(self) -> bool:
        """Whether it may stand in an object stream."""
        return self.stream is None


class File:
    """A PDF in the making."""

    def __init__(self) -> None:
        self.pdf = pydyf.PDF()
        self._streams: dict[tuple[bytes, bytes], int] = {}

    def add(self, text: bytes = b"null", stream: bytes | None = None) -> int:
        """One more object; its number."""
        self.pdf.add_object(Raw(text, stream))
        return len(self.pdf.objects) - 1

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
        self.pdf.objects[place].text = text

    def text(self, place: int) -> bytes:
        """The text of an object."""
        return bytes(self.pdf.objects[place].text)

    def written(self) -> bytes:
        """PDF 1.7 with an object stream, identified by its content."""
        out = BytesIO()
        self.pdf.write(out, b"1.7", identifier=True, compress=True)
        return out.getvalue()


def ref(place: int) -> bytes:
    """A reference to an object."""
    return b"%d 0 R" % place
