"""`reelpress init`: a small project that builds at once."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from reelpress.cli.show import as_json
from reelpress.header import SCHEMAS, schema
from reelpress.work import deliver

_IGNORED = "*\n!.gitignore\n"


def scaffold(folder: Path) -> list[str]:
    """Write the scaffold into `folder`, which is new or empty; the files written, sorted.

    Raises FileExistsError, naming the first file in the way, before anything is written.
    """
    made: dict[str, bytes] = {}
    source = files("reelpress.cli") / "starter"
    for path in _walk(source, ""):
        made[path] = source.joinpath(path).read_bytes()
    for name in SCHEMAS:
        made[f".schema/{name}.schema.json"] = as_json(schema(name)).encode()
    made["build/.gitignore"] = _IGNORED.encode()
    for path in sorted(made):
        if (folder / path).exists():
            raise FileExistsError(folder / path)
    deliver(folder, made)
    return sorted(p for p in made if not p.startswith("."))


def _walk(source: Traversable, below: str) -> Iterator[str]:
    for item in sorted(source.iterdir(), key=lambda i: i.name):
        path = f"{below}{item.name}"
        if item.is_dir():
            yield from _walk(item, f"{path}/")
        else:
            yield path
