"""manuscripts/imports.json: what imports wrote, by which the next one knows what to leave alone."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from reelpress.desk import Folder
from reelpress.desk.folder import OutsideError
from reelpress.findings import Finding, Place, find

HOME = "manuscripts"
RECORD = f"{HOME}/imports.json"
_SOUND = re.compile(r"(?:reviews|images)(?:/[^/\\\x00-\x1f]+)+")


def is_sound(path: str) -> bool:
    """Whether a path below manuscripts/ is one that an import writes to."""
    return bool(_SOUND.fullmatch(path)) and not {"..", "."} & set(path.split("/"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One file that an import wrote."""

    kind: str
    """Of the source: "Letterboxd export"."""
    id: str
    """What it is there."""
    origin: str
    """Where it stands there, for people."""
    sha256: str
    """Of the file as it was written last."""


@dataclass(frozen=True, slots=True)
class Record:
    """All that imports wrote into a project."""

    files: Mapping[str, Entry] = field(default_factory=dict)
    """By path below manuscripts/."""
    people: Mapping[str, str] = field(default_factory=dict)
    """Key in people.yaml -> the kind of the source that named this person."""


def read_record(folder: Folder) -> tuple[Record | None, tuple[Finding, ...]]:
    """What imports wrote so far; None where the record can't be read. Finding: S002."""
    if not folder.stands(RECORD):
        return Record(), ()
    try:
        held = json.loads(folder.read(RECORD))
        files = {str(path): Entry(**entry) for path, entry in held["files"].items()}
        people = {str(key): str(kind) for key, kind in held["people"].items()}
        if not all(is_sound(path) for path in files):
            raise ValueError("a path leads elsewhere")
        if not all(isinstance(text, str) for e in files.values() for text in _texts(e)):
            raise ValueError("a value is no text")
    except (OutsideError, OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        problem = f"it is no record of imports ({type(error).__name__})"
        hint = (
            "put back the one that you had; without it no import knows which files you have "
            "edited since"
        )
        return None, (find("S002", Place(RECORD), problem=problem, hint=hint),)
    return Record(files, people), ()


def record_text(record: Record) -> str:
    """The record as it is written: by path, the same for the same."""
    files = {
        path: {"kind": e.kind, "id": e.id, "origin": e.origin, "sha256": e.sha256}
        for path, e in record.files.items()
    }
    held = {"files": files, "people": dict(record.people)}
    return json.dumps(held, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _texts(entry: Entry) -> tuple[str, ...]:
    return entry.kind, entry.id, entry.origin, entry.sha256
