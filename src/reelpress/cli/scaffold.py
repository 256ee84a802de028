"""`reelpress init`: a small project that builds at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    return put(folder, {**made, **around()})


def around() -> dict[str, bytes]:
    """What every project has beside its manuscripts: schemas for editors, an ignored build/."""
    made = {f".schema/{name}.schema.json": as_json(schema(name)).encode() for name in SCHEMAS}
    return {**made, "build/.gitignore": _IGNORED.encode()}


def put(folder: Path, made: Mapping[str, bytes]) -> list[str]:
    """Write files into a folder that has none of them; those that people look at, sorted.

    Raises FileExistsError, naming the first file in the way, before anything is written.
    """
    for path in sorted(made):
        if (folder / path).exists():
            raise FileExistsError(folder / path)
    deliver(folder, made)
    return sorted(path for path in made if not path.startswith("."))


def _walk(source: Traversable, below: str) -> Iterator[str]:
    for item in sorted(source.iterdir(), key=lambda i: i.name):
        path = f"{below}{item.name}"
        if item.is_dir():
            yield from _walk(item, f"{path}/")
        else:
            yield path
