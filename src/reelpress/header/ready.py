"""Ready-made maps by name: how the files of a common generator are to be read."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from reelpress.header.habits import ReadyMap
from reelpress.header.understand import read_map

_MAPS = Path(__file__).parent / "maps"


@cache
def map_names() -> tuple[str, ...]:
    """The names of the maps that come with reelpress, sorted."""
    return tuple(sorted(path.stem for path in _MAPS.glob("*.yaml")))


@cache
def ready_map(name: str) -> ReadyMap | None:
    """The map of that name; None where there is none."""
    if name not in map_names():
        return None
    text = (_MAPS / f"{name}.yaml").read_text(encoding="utf-8")
    header, said = read_map(text, f"{name}.yaml")
    assert not said, said
    assert header is not None
    return header.model
