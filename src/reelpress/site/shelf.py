"""build/: volumes, and index.html, a page to open and to hand to readers.

`volumes.json` in the folder remembers what each volume is, so that one
anthology's build shows the others too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from html import escape
from importlib.resources import files as resources
from pathlib import Path
from typing import Any

from reelpress.galley import Volume
from reelpress.press import Pressed
from reelpress.work import deliver

_RECORD = "volumes.json"
_KINDS = {"application/epub+zip": "EPUB", "application/pdf": "PDF"}


def publish(folder: Path, pressed: Sequence[Pressed]) -> list[dict[str, Any]]:
    """Write the volumes of `pressed` and the index into `folder`; what was written, an entry each.

    An entry: anthology, title, volume file, path below `folder`, media type, extent, size in
    bytes, sha256, accessibility, draft.
    """
    record = _remembered(folder)
    files: dict[str, bytes] = {}
    entries = []
    for book in pressed:
        if not book.volumes:
            continue
        edition = book.anthology.edition
        known = record.setdefault(book.name, {"volumes": {}})
        known |= {
            "title": edition.title,
            "subtitle": edition.subtitle,
            "language": edition.language,
            "by": ", ".join(c.name for c in edition.editors),
            "description": edition.description,
            "draft": edition.draft,
            "mark": edition.mark,
        }
        for volume in book.volumes:
            entry = _entry(book, volume)
            files[entry["path"]] = volume.data
            entries.append(entry)
            known["volumes"][volume.name] = entry
            if volume.cover is not None:
                suffix = Path(volume.cover.path).suffix
                known["cover"] = f"{book.name}/cover{suffix}"
                files[known["cover"]] = volume.cover.data
    files[_RECORD] = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True).encode()
    files["index.html"] = _page(record).encode()
    deliver(folder, files)
    return entries


def lay_beside(folder: Path, pressed: Sequence[Pressed]) -> list[dict[str, Any]]:
    """Write what is no whole volume (a piece alone) beside the volumes; the index has none of it.

    What was written, an entry each, as `publish` gives them.
    """
    written = [(_entry(book, volume), volume) for book in pressed for volume in book.volumes]
    deliver(folder, {entry["path"]: volume.data for entry, volume in written})
    return [entry for entry, _ in written]


def _entry(book: Pressed, volume: Volume) -> dict[str, Any]:
    return {
        "anthology": book.name,
        "file": volume.name,
        "path": f"{book.name}/{volume.name}",
        "type": volume.media_type,
        "extent": volume.extent,
        "size": len(volume.data),
        "sha256": sha256(volume.data).hexdigest(),
        "accessibility": volume.accessibility,
        "draft": book.anthology.edition.draft,
        "folios": dict(volume.folios),
    }


def known_pages(folder: Path, name: str) -> dict[str, str]:
    """Section id -> folio, of the anthology's last build with pages; empty where there is none."""
    volumes = _remembered(folder).get(name, {}).get("volumes", {})
    return next((dict(v["folios"]) for v in volumes.values() if v.get("folios")), {})


def _remembered(folder: Path) -> dict[str, Any]:
    """What volumes.json says of volumes that are still there."""
    try:
        record = json.loads((folder / _RECORD).read_text("utf-8"))
        for book in record.values():
            book["volumes"] = {
                n: v for n, v in book["volumes"].items() if (folder / v["path"]).is_file()
            }
        for book in record.values():
            _book(book)  # whatever can't be shown is no record of ours
        return {name: book for name, book in record.items() if book["volumes"]}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _page(record: Mapping[str, Any]) -> str:
    style = (resources("reelpress.site") / "shelf.css").read_text("utf-8")
    books = "\n".join(_book(book) for _, book in sorted(record.items()))
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Volumes</title>\n<style>\n{style}</style>\n</head>\n<body>\n<h1>Volumes</h1>\n"
        f"{books}\n</body>\n</html>\n"
    )


def _book(book: Mapping[str, Any]) -> str:
    language = escape(str(book["language"]))
    cover = book.get("cover")
    picture = f'<img src="{escape(cover)}" alt="" width="176">' if cover else ""
    lines = [f'<h2 lang="{language}">{escape(book["title"])}</h2>']
    if book["subtitle"]:
        lines.append(f'<p class="subtitle" lang="{language}">{escape(book["subtitle"])}</p>')
    if book["by"]:
        lines.append(f'<p class="by">{escape(book["by"])}</p>')
    if book["draft"]:
        mark = escape(str(book.get("mark", "DRAFT")))
        lines.append(f'<p><span class="draft">{mark}</span></p>')
    if book["description"]:
        lines.append(f'<p lang="{language}">{escape(book["description"])}</p>')
    items = "".join(_volume(v) for _, v in sorted(book["volumes"].items()))
    return f"<article>{picture}<div>{''.join(lines)}<ul>{items}</ul></div></article>"


def _volume(volume: Mapping[str, Any]) -> str:
    kind = _KINDS.get(volume["type"], "File")
    size = f"{volume['size'] / 1024:,.0f} KB"
    return (
        f'<li><a href="{escape(volume["path"])}" download>{kind}: {escape(volume["file"])}</a> '
        f"({escape(volume['extent'])}, {size})<small>{escape(volume['accessibility'])}</small>"
        f"<small>sha256 <code>{volume['sha256']}</code></small></li>"
    )
