"""What table cells say of themselves (PDF 32000-1, 14.8.5.7): scopes, heads, spans."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from reelpress.bindery.nodes import Node
from reelpress.bindery.syntax import array, dictionary, name


def tell_heads(table: Node, identify: Callable[[Node], bytes]) -> None:
    """IDs and scopes for head cells, and for each cell the heads of its row and column."""
    rows = [n for n in _below(table) if n.kind == "TR"]
    grid = list(_grid(rows))
    columns: dict[int, list[bytes]] = {}
    sides: dict[int, list[bytes]] = {}
    for row, column, wide, high, cell in grid:
        if cell.kind != "TH":
            continue
        own = identify(cell)
        across = cell.element.get("scope") in ("row", "rowgroup")
        places = range(row, row + high) if across else range(column, column + wide)
        for place in places:
            (sides if across else columns).setdefault(place, []).append(own)
        scope = "Row" if across else "Column"
        cell.attributes["A"] = _spans({"O": b"/Table", "Scope": name(scope)}, wide, high)
    for row, column, wide, high, cell in grid:
        if cell.kind == "TD":
            heads = [h for r in range(row, row + high) for h in sides.get(r, [])]
            heads += [h for c in range(column, column + wide) for h in columns.get(c, [])]
            entries = {"O": b"/Table"} | ({"Headers": array(heads)} if heads else {})
            cell.attributes["A"] = _spans(entries, wide, high)


def _spans(entries: dict[str, bytes], wide: int, high: int) -> bytes:
    if wide != 1:
        entries["ColSpan"] = b"%d" % wide
    if high != 1:
        entries["RowSpan"] = b"%d" % high
    return dictionary(entries)


def _below(node: Node) -> Iterator[Node]:
    for kid in node.kids:
        if isinstance(kid, Node):
            yield kid
            if kid.kind != "Table":
                yield from _below(kid)


def _grid(rows: Sequence[Node]) -> Iterator[tuple[int, int, int, int, Node]]:
    """Row, column, columns and rows spanned, of each cell (HTML 4.9.12.1)."""
    taken: set[tuple[int, int]] = set()
    for row, holder in enumerate(rows):
        column = 0
        for cell in holder.kids:
            if not isinstance(cell, Node) or cell.kind not in ("TH", "TD"):
                continue
            while (row, column) in taken:
                column += 1
            wide, high = (_span(cell.element.get(a)) for a in ("colspan", "rowspan"))
            high = min(high, len(rows) - row)
            taken |= {(row + r, column + c) for r in range(high) for c in range(wide)}
            yield row, column, wide, high, cell
            column += wide


def _span(said: str | None) -> int:
    return int(said) if said and said.isdecimal() and 0 < int(said) < 1000 else 1
