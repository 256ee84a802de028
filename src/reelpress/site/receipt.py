"""The report of an import: one page, source and result side by side, paragraph by paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from importlib.resources import files as resources
from pathlib import PurePosixPath

from reelpress.findings import Finding, Severity
from reelpress.intake.delivery import LeftOut
from reelpress.receiving import Receipt, Received

_GAP = re.compile(r"\n\s*\n")
_WORD = re.compile(r"[^\W_]+")
_AHEAD = 30
"""Paragraphs in which the one that matches is looked for."""
_ALIKE = 6
"""Of ten of its words so many must be in the other."""
Pair = tuple[str, str]


def receipt_page(receipt: Receipt, source: str) -> str:
    """One self-contained HTML page, without scripts, of all that an import brings.

    Of each review: where it stands in the source, what happens to it, what was inferred and what
    is missing, its paragraphs beside those of the source, and what was left out with the reason.
    """
    style = (resources("reelpress.site") / "receipt.css").read_text("utf-8")
    kind = receipt.delivery.kind or "Nothing"
    title = f"{kind[:1].upper()}{kind[1:]} from {source}"
    told: dict[str, list[Finding]] = {}
    for finding in receipt.findings:
        told.setdefault(finding.place.path, []).append(finding)
    own = {received.path for received in receipt.received}
    others = [f for path, found in told.items() if path not in own for f in found]
    articles = "\n".join(
        _article(number, received, told.get(received.path, ()))
        for number, received in enumerate(receipt.received, 1)
    )
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">\n"
        f"<title>{escape(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{escape(title)}</h1>\n{_summary(receipt)}{_findings(others)}{_contents(receipt)}"
        f"{articles}\n</main>\n</body>\n</html>\n"
    )


# -- what is said of all


def _summary(receipt: Receipt) -> str:
    statuses = [str(received.status) for received in receipt.received]
    counts = ", ".join(f"{statuses.count(s)} {s}" for s in dict.fromkeys(statuses)) or "none"
    people = ", ".join(f"{p.name} ({key})" for key, p in receipt.people.items())
    left = ", ".join(f"{what} ({n})" for what, n in receipt.delivery.skipped.items())
    pictures = str(len(receipt.pictures)) if receipt.pictures else ""
    rows = (("Reviews", counts), ("Pictures", pictures), ("Into people.yaml", people))
    return _facts([*rows, ("Not copied", left)])


def _facts(rows: Iterable[Pair]) -> str:
    items = "".join(f"<dt>{term}</dt><dd>{escape(said)}</dd>\n" for term, said in rows if said)
    return f"<dl>\n{items}</dl>\n" if items else ""


def _findings(findings: Iterable[Finding]) -> str:
    items = "".join(
        f"<li>{f.severity}: {escape(f.text)} <code>{f.code}</code>"
        f"{f' <code>{escape(str(f.place))}</code>' if f.place.path else ''}</li>\n"
        for f in findings
    )
    return f"<ul>\n{items}</ul>\n" if items else ""


def _contents(receipt: Receipt) -> str:
    if len(receipt.received) < 2:
        return ""
    items = "".join(
        f'<li><a href="#a{n}">{escape(_title(received))}</a> ({received.status})</li>\n'
        for n, received in enumerate(receipt.received, 1)
    )
    return f'<nav aria-label="Reviews">\n<ul>\n{items}</ul>\n</nav>\n'


def _title(received: Received) -> str:
    header = received.arrival.header
    film = header.get("film")
    name = film.get("title") if isinstance(film, dict) else ""
    return str(header.get("title") or name or PurePosixPath(received.path).stem)


# -- one review


def _article(number: int, received: Received, findings: Iterable[Finding]) -> str:
    arrival, count = received.arrival, received.count
    rights = arrival.header.get("rights")
    guessed = rights.get("inferred", ()) if isinstance(rights, dict) else ()
    missing = [f for f in ("film", "reviewer", "date", "rating") if not arrival.header.get(f)]
    why = f" ({received.why})" if received.why else ""
    facts = _facts(
        [
            ("File", received.path),
            ("Stands in the source at", arrival.origin),
            ("What happens", f"{received.status}{why}"),
            ("Words", str(count.words)),
            ("Inferred, to be confirmed", ", ".join(map(str, guessed))),
            ("The source does not say", ", ".join(missing)),
        ]
    )
    lost = ", ".join(sorted(count.missing))
    lost = f'<p class="lost">Words that were lost: {escape(lost)}</p>\n' if lost else ""
    worse = [f for f in findings if f.severity is not Severity.NOTE]
    language = arrival.header.get("language")
    lang = f' lang="{escape(str(language))}"' if language else ""
    rows, apart = _rows(received)
    return (
        f'<article id="a{number}" aria-labelledby="t{number}">\n'
        f'<h2 id="t{number}"{lang} dir="auto">{escape(_title(received))}</h2>\n'
        f"{facts}{lost}{_findings(worse)}"
        f"<table{lang}>\n<caption>Paragraph by paragraph</caption>\n<thead><tr>"
        '<th scope="col">Source</th><th scope="col">Result</th></tr></thead>\n'
        f"<tbody>\n{rows}</tbody>\n</table>\n{_left_out(apart)}</article>\n"
    )


def _rows(received: Received) -> tuple[str, list[LeftOut]]:
    """The table's rows; and what was left out that no paragraph of the source shows as it is."""
    waiting = list(received.arrival.left_out)
    rows = []
    for source, result in _paired(_parts(received.arrival.body), _parts(received.count.result)):
        shown = _marked(source, waiting)
        same = _key(source) == _key(result)
        kind = "" if same else ' class="otherwise"'
        rows.append(
            f'<tr{kind}><td dir="auto">{shown}</td><td dir="auto">{escape(result)}</td></tr>\n'
        )
    return "".join(rows), waiting


def _marked(source: str, waiting: list[LeftOut]) -> str:
    """A paragraph of the source, with what was left out of it struck through, and why."""
    made, at = [], 0
    while waiting and (place := source.find(waiting[0].text, at)) >= 0 and waiting[0].text:
        left = waiting.pop(0)
        made += [escape(source[at:place]), f"<del>{escape(left.text)}</del>"]
        made.append(f' <span class="why">(left out: {escape(left.reason)})</span>')
        at = place + len(left.text)
    return "".join((*made, escape(source[at:])))


def _left_out(left: Iterable[LeftOut]) -> str:
    items = "".join(
        f'<li><del dir="auto">{escape(one.text)}</del> '
        f'<span class="why">({escape(one.reason)})</span></li>\n'
        for one in left
    )
    return f"<h3>Also left out</h3>\n<ul>\n{items}</ul>\n" if items else ""


def _parts(text: str) -> list[str]:
    return [part.strip() for part in _GAP.split(text) if part.strip()]


def _key(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text))


def _paired(sources: list[str], results: list[str]) -> Iterator[Pair]:
    """Paragraphs of both sides that say the same, beside each other; what has no other stands
    alone."""
    left, right = list(map(_key, sources)), list(map(_key, results))
    i = j = 0
    while i < len(left) or j < len(right):
        both = i < len(left) and j < len(right)
        if both and _alike(left[i], right[j]):
            yield sources[i], results[j]
            i, j = i + 1, j + 1
            continue
        later = _found(right, j, left[i]) if i < len(left) else len(right)
        sooner = _found(left, i, right[j]) if j < len(right) else len(left)
        if later is None and sooner is None:  # nothing like either: they stand for each other
            yield sources[i], results[j]
            i, j = i + 1, j + 1
        elif sooner is not None and (later is None or sooner - i <= later - j):
            yield from ((source, "") for source in sources[i:sooner])
            i = sooner
        else:
            assert later is not None
            yield from (("", result) for result in results[j:later])
            j = later


def _found(keys: list[tuple[str, ...]], start: int, key: tuple[str, ...]) -> int | None:
    """Where `key` stands next, not far from `start`; else where something alike does."""
    near = range(start, min(len(keys), start + _AHEAD))
    exact = next((at for at in near if keys[at] == key), None)
    return exact if exact is not None else next((a for a in near if _alike(keys[a], key)), None)


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether most words of the shorter stand in the longer."""
    a, b = set(one), set(other)
    return one == other or 10 * len(a & b) > _ALIKE * max(1, min(len(a), len(b)))
