"""What commands print as tables and pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len

from reelpress.findings import FAMILIES, RULES, counted
from reelpress.model import Anthology, Manuscript

if TYPE_CHECKING:
    from reelpress.why import Why


def running_order(anthology: Anthology, pages: Mapping[str, str]) -> list[dict[str, Any]]:
    """One row for each piece, in running order."""
    rows = []
    for number, piece in enumerate(anthology.pieces, 1):
        c = piece.contribution
        text = c.text if c is not None else piece.text
        holders = ", ".join(c.rights.holders) if c is not None else ""
        licence = c.rights.licence.name if c is not None and c.rights.licence else ""
        rows.append(
            {
                "no": number,
                "piece": piece.title or piece.kind,
                "kind": piece.kind,
                "reviewer": ", ".join(b.name for b in piece.byline) or None,
                "words": text.words if text is not None else None,
                "page": pages.get(piece.id),
                "rights": ", ".join(filter(None, (holders, licence))) or None,
                "why": c.why if c is not None else None,
            }
        )
    return rows


def left_out_rows(left: Iterable[tuple[Manuscript, str]]) -> list[dict[str, Any]]:
    """One row for each manuscript that is not in the anthology."""
    return [{"review": m.slug, "file": m.path, "why not": why} for m, why in left]


def frozen_lines(frozen: Mapping[str, Any]) -> list[str]:
    """What `reelpress freeze` says: how much is frozen where, and what was otherwise before."""
    count, pages = frozen["reviews"], frozen["pages"].items()
    extents = [counted(count, "review"), *(f"{counted(n, 'page')} ({name})" for name, n in pages)]
    lines = [f"{', '.join(extents)} frozen in {frozen['lock']}"]
    since = frozen["since"]
    if since is not None:
        lines += [f"  {how}: {what}" for how, told in since.items() for what in told]
        if not any(since.values()):
            lines.append("  nothing changed since it was last frozen")
    return lines


def why_lines(reasons: Iterable[Why]) -> list[str]:
    """One line for each piece of each anthology: used again, or made anew and because of what."""
    found: dict[tuple[str, str], list[str]] = {}
    for why in reasons:
        made = found.setdefault((why.anthology, why.piece), [])
        if not why.reused:
            where = f" for {why.volume}" if why.volume else ""
            made.append(f"{why.stage}{where} ({', '.join(why.because)})")
    wide = max((cell_len(piece) for _, piece in found), default=0)
    return [
        f"{anthology}  {piece}{' ' * (wide - cell_len(piece))}  {', '.join(made) or 'reused'}"
        for (anthology, piece), made in found.items()
    ]


def balance(numbers: Mapping[str, Any]) -> list[str]:
    """The lines of `reelpress stats`."""
    lines = [f"{counted(numbers['reviews'], 'review')}, {counted(numbers['words'], 'word')}"]
    lines += [
        f"{key}: {review['title']} ({counted(review['words'], 'word')})"
        for key in ("longest", "shortest")
        if (review := numbers[key]) is not None
    ]
    people = {
        p["name"]: f"{p['reviews']:>3}  {counted(p['words'], 'word'):>12}"
        for p in numbers["reviewers"]
    }
    for title, counts in (
        ("Reviewers", people),
        ("Decades", numbers["decades"]),
        ("Countries", numbers["countries"]),
        ("Ratings", numbers["ratings"]),
        ("Languages", numbers["languages"]),
    ):
        if not counts:
            continue
        wide = max((cell_len(name) for name in counts), default=0)
        lines += ["", title]
        for name, count in counts.items():
            lines.append(f"  {name}{' ' * (wide - cell_len(name))}  {count:>3}")
    for title, key in (
        ("Pictures without alternative text", "without_alternative_text"),
        ("No holder or licence", "without_rights"),
    ):
        if numbers[key]:
            lines += ["", f"{title}: {', '.join(numbers[key])}"]
    return lines


def rules_table() -> str:
    """A line for each rule."""
    return "\n".join(f"{r.code}  {r.severity:<8} {r.text}" for r in RULES.values())


def rules_page() -> str:
    """docs/rules.md."""
    lines = [
        "# Rules",
        "",
        "What reelpress can notice. Codes are for ever; `reelpress rules CODE` says the same.",
        "This page is written by `reelpress rules --markdown`.",
    ]
    family = ""
    for rule in RULES.values():
        if rule.code[0] != family:
            family = rule.code[0]
            lines += ["", f"## {family}: {FAMILIES[family]}"]
        text = rule.text.replace("<", "&lt;").replace("{", "*").replace("}", "*")
        lines += ["", f"### {rule.code} ({rule.severity})", "", text, "", rule.why]
    return "\n".join(lines) + "\n"
