"""The book as one document, which the bound one is measured against."""

from __future__ import annotations

import sys
from pathlib import Path

import pikepdf

sys.path.insert(0, str(Path(__file__).parent.parent))

from reelpress.press import press
from single import single


def rendering(project: Path) -> bytes | None:
    """The PDF of `project`'s print volume set as one document; None where nothing can make it.

    The book is built in `project`: its first pages, whose labels are roman, are front matter.
    """
    run = press(project, bound=False)
    (book,) = run.pressed
    (bound,) = (project / "build").rglob("*.pdf")
    spec = next(v for v in book.anthology.volumes if v.format == "pdf")
    if book.galley is None:
        return None
    with pikepdf.open(bound) as pdf:
        front = next(i for i, page in enumerate(pdf.pages) if str(page.label).isdecimal())
    return single(book.galley, spec, front)[0]
