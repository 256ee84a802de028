"""Structure elements (PDF 32000-1, 14.7.2)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True, eq=False)
class Node:
    """One structure element."""

    kind: str
    page: int
    parent: Node | None = None
    element: Any = None
    language: str = ""
    attributes: dict[str, bytes] = field(default_factory=dict)
    kids: list[Any] = field(default_factory=list)
    """Nodes, marked content as (page, mark), annotations by their number."""
    number: int = 0
