"""Links that lead out of what is bound: as text they stay, as links they go.

A link is an annotation, and the Link element around its text (PDF 32000-1, 12.5.6.5 and 14.8.4.4);
without the annotation the element is a Span.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from reelpress.bindery.pages import Pages

_TARGET = re.compile(rb"/Dest (<[0-9a-f]*>)")
_OWN = re.compile(rb"/StructParent @K(\d+)@")
_REFERENCE = re.compile(rb"<</Type/OBJR/Pg @\d+@/Obj @(\d+)@>> ?")
_NOTHING = (b"null", b"")


def severed(pages: Pages, known: Collection[bytes]) -> Pages:
    """The pages of a section, without the links whose targets are not among `known`.

    Those are named destinations, as PDF writes strings.
    """
    first = len(pages.pages) + 1
    texts = {n: pages.objects[n - first][0] for page in pages.pages for n in page.links}
    lost = {
        number: int(own[1])
        for number, text in texts.items()
        if (target := _TARGET.search(text)) and target[1] not in known
        if (own := _OWN.search(text))
    }
    if not lost:
        return pages
    objects = list(pages.objects)
    for number in lost:
        objects[number - first] = _NOTHING
    for owner in {pages.link_owners[own] for own in lost.values()}:
        text, stream = objects[owner - first]
        text = _REFERENCE.sub(lambda m: b"" if int(m[1]) in lost else m[0], text)
        if b"/OBJR" not in text:
            text = text.replace(b"/S /Link", b"/S /Span", 1)
        objects[owner - first] = (text, stream)
    gone = set(lost.values())
    return replace(
        pages,
        objects=tuple(objects),
        pages=tuple(
            replace(page, links=tuple(n for n in page.links if n not in lost))
            for page in pages.pages
        ),
        link_owners=tuple(0 if n in gone else own for n, own in enumerate(pages.link_owners)),
    )
