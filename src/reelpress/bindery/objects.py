"""A PDF in the making: objects whose syntax is written already; pydyf writes the file."""

from __future__ import annotations

from io import BytesIO

import pydyf


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
