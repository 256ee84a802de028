"""The last hand on a PDF: what WeasyPrint's tags lack, and page labels.

- A loose list's item is LI holding Lbl and P; ISO 32000-1 (14.8.4.3.3) wants
  LI holding Lbl and LBody, and PDF/UA-1 (7.2) with it.
- A link's annotation belongs to its Link, not to the <em> in it (PDF/UA-1, 7.18.5).
- Page labels: roman numbers for the front matter, arabic from the first page of the body.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name


def finish(raw: bytes, *, first_body_page: int) -> bytes:
    """The PDF with tags put right and page labels set; `first_body_page` counts from 0."""
    with pikepdf.open(BytesIO(raw)) as pdf:
        root: Any = pdf.Root
        if "/StructTreeRoot" in root:
            for element in list(_elements(root.StructTreeRoot)):
                if element.get("/S") == Name.LI:
                    _list_body(pdf, element)
            _link_annotations(root.StructTreeRoot)
        labels = [0, Dictionary(S=Name.r)] if first_body_page else []
        root.PageLabels = Dictionary(Nums=Array([*labels, first_body_page, Dictionary(S=Name.D)]))
        out = BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()


def _elements(top: Any) -> Iterator[Any]:
    """Every structure element below `top`, each before those in it."""
    pending = [top]
    while pending:
        element = pending.pop()
        children = element.get("/K")
        if children is None:
            continue
        kids = list(children) if isinstance(children, pikepdf.Array) else [children]
        inner = [k for k in kids if isinstance(k, pikepdf.Dictionary) and "/S" in k]
        yield from inner
        pending.extend(reversed(inner))


def _list_body(pdf: pikepdf.Pdf, item: Any) -> None:
    """Wrap everything in a list item but its label in one LBody."""
    kids = list(item.K) if isinstance(item.get("/K"), pikepdf.Array) else []
    known = {
        Name.Lbl: [
            k for k in kids if isinstance(k, pikepdf.Dictionary) and k.get("/S") == Name.Lbl
        ],
        Name.LBody: [
            k for k in kids if isinstance(k, pikepdf.Dictionary) and k.get("/S") == Name.LBody
        ],
    }
    rest = [
        k
        for k in kids
        if not (isinstance(k, pikepdf.Dictionary) and k.get("/S") in (Name.Lbl, Name.LBody))
    ]
    if not rest:
        return
    if known[Name.LBody]:
        body = known[Name.LBody][0]
        body.K = Array([*(body.K if isinstance(body.get("/K"), pikepdf.Array) else []), *rest])
    else:
        body = pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.LBody, P=item, K=Array(rest))
        )
        if "/Pg" in item:
            body.Pg = item.Pg
    for kid in rest:
        if isinstance(kid, pikepdf.Dictionary) and "/P" in kid:
            kid.P = body
    item.K = Array([*known[Name.Lbl], body])


def _link_annotations(tree: Any) -> None:
    """Hang each annotation's reference on the Link above the element that WeasyPrint gave it to."""
    nums = tree.ParentTree.Nums
    for index in range(1, len(nums), 2):
        holder: Any = nums[index]
        if not isinstance(holder, pikepdf.Dictionary) or holder.get("/S") == Name.Link:
            continue
        link: Any = holder
        while link is not None and link.get("/S") not in (Name.Link, Name.Document):
            link = link.get("/P")
        if link is None or link.get("/S") != Name.Link:
            continue
        link.K = Array([*link.K, *(kid for kid in holder.K if _is_reference(kid))])
        holder.K = Array([kid for kid in holder.K if not _is_reference(kid)])
        nums[index] = link


def _is_reference(kid: Any) -> bool:
    return isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == Name.OBJR
