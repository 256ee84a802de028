"""The seven measurements. Each gives rows of the table and, beside it, remarks."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median
from time import perf_counter

import pikepdf
import pypdfium2

from bench import sides
from bench.pool import Pool
from bench.runs import Costs, Say, alternate, run, told
from bench.single import rendering

MB = 1_000_000
_BIND = re.compile(r"^binding \S+\.pdf: ([\d.]+) s", re.M)


@dataclass(frozen=True, slots=True)
class Row:
    """One bound, and what was found."""

    point: int
    what: str
    ours: str
    beside: str
    """What it is compared with."""
    value: float | None
    """None: not measured."""
    bound: float
    unit: str = ""

    @property
    def verdict(self) -> str:
        """Whether the bound holds."""
        if self.value is None:
            return "not measured"
        return "met" if self.value <= self.bound else "**not met**"


@dataclass(slots=True)
class Bench:
    """What a measurement is given, and what all have found so far."""

    home: Path
    count: int
    larger: int
    runs: int
    say: Say
    rows: list[Row] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    _pools: dict[int, Pool] = field(default_factory=dict)

    def pool(self, count: int = 0) -> Pool:
        """So many reviews, as they were written."""
        count = count or self.count
        if count not in self._pools:
            self.say(f"Writing {count} reviews")
            self._pools[count] = Pool(self.home / f"pool-{count}", count)
        self._pools[count].restore()
        return self._pools[count]

    def warmed(self, count: int = 0) -> Pool:
        """The same with both volumes built and laid by, for `Pool.warm`."""
        pool = self.pool(count)
        pool.cold()
        _build(pool)
        pool.keep()
        return pool

    def compared(self, point: int, what: str, ours: Costs, peer: Costs, bound: float) -> None:
        """A row: the ratio of two medians."""
        ratio = ours.median / peer.median
        self.rows.append(Row(point, what, str(ours), f"{peer.name}: {peer}", ratio, bound))

    def memory(self, what: str, *costs: Costs) -> None:
        """A remark: what each took at most."""
        said = ", ".join(
            f"{each.name} {_mb(each.peak.main)}"
            + (f" and {_mb(each.peak.worker)} in a worker" if each.name not in sides.PEERS else "")
            for each in costs
            if each.peak.main
        )
        if said:
            self.remarks.append(f"Memory, {what}: {said}.")


def cold_pdf(bench: Bench) -> None:
    """1: the PDF alone, nothing kept."""
    pool = bench.pool()
    costs = alternate(
        sides.press(pool, "--only", "print", ready=pool.cold),
        sides.weasyprint(pool),
        sides.typst(pool),
        runs=bench.runs,
        say=bench.say,
    )
    bench.compared(1, "Cold, PDF alone", costs[0], costs[1], 0.50)
    bench.compared(1, "Cold, PDF alone", costs[0], costs[2], 3.0)
    bench.memory("PDF alone", *costs)
    ours = _pages(pool.pdf)
    for name, file in sides.PDFS.items():
        theirs = _pages(pool.peer / "out" / file)
        apart = abs(theirs / ours - 1) * 100
        bench.rows.append(
            Row(1, "Pages, how far apart", f"{ours}", f"{name}: {theirs}", apart, 5, " %")
        )


def cold_epub(bench: Bench) -> None:
    """2: the EPUB alone, nothing kept."""
    pool = bench.pool()
    ours, peer = costs = alternate(
        sides.press(pool, "--only", "epub", ready=pool.cold),
        sides.epub(pool),
        runs=bench.runs,
        say=bench.say,
    )
    bench.compared(2, "Cold, EPUB alone", ours, peer, 0.60)
    bench.memory("EPUB alone", *costs)


def one_word(bench: Bench) -> None:
    """3: both volumes after another word in one review."""
    pool = bench.warmed()
    ours, peer = _warm(bench, pool, pool.change_a_word)
    bench.compared(3, "One word changed, both volumes", ours, peer, 0.50)
    _differs(pool)


def one_paragraph(bench: Bench) -> None:
    """4: both volumes after a paragraph that moves the pages of the whole book."""
    pool = bench.warmed()
    ours, peer = _warm(bench, pool, pool.add_a_paragraph)
    bench.compared(4, "A paragraph added, both volumes", ours, peer, 1.0)
    _differs(pool)
    before, after = (_openings(path) for path in (pool.kept(pool.pdf), pool.pdf))
    moved = sum(old != new for old, new in zip(before, after, strict=True))
    bench.remarks.append(
        f"A paragraph added: {moved} of the {len(before)} pieces in the outline open on another"
        " page than before."
    )


def nothing(bench: Bench) -> None:
    """5: both volumes, nothing changed."""
    pool = bench.warmed()
    ours, peer = alternate(sides.press(pool), sides.typst(pool), runs=bench.runs, say=bench.say)
    bench.compared(5, "Nothing changed, both volumes", ours, peer, 0.20)
    bench.memory("nothing changed", ours)
    call = (sys.executable, "-X", "importtime", "-m", "reelpress", "build")
    loaded = set(re.findall(r"\| +(\w+)$", told(call, pool.ours), re.MULTILINE))
    heavy = sorted(loaded & {"weasyprint", "pikepdf"})
    count = float(len(heavy)) if "reelpress" in loaded else None
    what = "Nothing changed, libraries for PDFs loaded"
    bench.rows.append(Row(5, what, ", ".join(heavy) or "none", "", count, 0))


def growth(bench: Bench) -> None:
    """6: a larger pool, nothing kept; and the bind alone."""
    counts = bench.count, bench.larger
    pools = [bench.pool(count) for count in counts]
    said = f"{counts[0]:,} → {counts[1]:,} reviews"
    costs = alternate(
        *(
            replace(sides.press(pool, ready=pool.cold), name=f"{pool.count:,} reviews")
            for pool in pools
        ),
        runs=bench.runs,
        say=bench.say,
    )
    small, large = costs
    times = counts[1] / counts[0] / 8  # the bounds are for eight times the reviews
    ratio, bound = large.median / small.median, 8.8 * times
    bench.rows.append(Row(6, f"Cold, both volumes, {said}", f"{large}", f"{small}", ratio, bound))
    what, few, many = _binds(bench, pools)
    ours, beside = f"{many:.2f} s", f"{few:.2f} s"
    bench.rows.append(Row(6, f"{what}, {said}", ours, beside, many / few, 9 * times))
    for who, most, bound in (
        ("the main process", large.peak.main, 800),
        ("a worker", large.peak.worker, 300),
    ):
        value = most / MB if large.peak.main else None
        what = f"Memory of {who}, {counts[1]:,} reviews"
        bench.rows.append(Row(6, what, _mb(most), "", value, bound, " MB"))
    bench.memory("both volumes", *costs)


def size(bench: Bench) -> None:
    """7: the bound PDF beside the same book set as one document."""
    pool = bench.pool()
    pool.cold()
    _build(pool, "--only", "print")
    bound, single = pool.pdf.stat().st_size, rendering(pool.ours)
    beside = _kb(len(single)) if single else ""
    value = bound / len(single) if single else None
    what = "Size of the PDF, bound and as one document"
    bench.rows.append(Row(7, what, _kb(bound), beside, value, 1.10))
    faces = _faces(pool.pdf)
    what = "Times that a face is embedded"
    bench.rows.append(Row(7, what, f"{len(faces)} faces", "", max(faces.values(), default=0), 1))


MEASURES: dict[int, Callable[[Bench], None]] = {
    1: cold_pdf,
    2: cold_epub,
    3: one_word,
    4: one_paragraph,
    5: nothing,
    6: growth,
    7: size,
}


# ── how ──────────────────────────────────────────────────────────────────────────────────


def _build(pool: Pool, *options: str) -> None:
    """Build, and time nothing."""
    run(sides.press(pool, *options))


def _warm(bench: Bench, pool: Pool, edit: Callable[[int], None]) -> list[Costs]:
    """Both volumes after an edit, each time from the same kept work; beside Typst's PDF."""
    return alternate(
        sides.press(pool, ready=pool.warm),
        sides.typst(pool),
        runs=bench.runs,
        say=bench.say,
        before=edit,
    )


def _binds(bench: Bench, pools: list[Pool]) -> tuple[str, float, float]:
    """What binding takes in each pool after one word was changed, medians; and what that is of.

    Where reelpress does not say how long it was binding, it is the whole build.
    """
    what, taken = "Bind", [list[float]() for _ in pools]
    for pool in pools:
        pool.keep()  # what the last cold run has made
    for number in range(bench.runs):
        for pool, seconds in zip(pools, taken, strict=True):
            pool.change_a_word(number)
            pool.warm()
            start = perf_counter()
            bind = bind_seconds(told((*sides.PRESS, "--verbose"), pool.ours))
            if bind is None:
                what, bind = "One word changed, both volumes", perf_counter() - start
            seconds.append(bind)
            bench.say(f"  {number + 1}/{bench.runs} {what}, {pool.count:,} reviews: {bind:.2f} s")
    few, many = map(median, taken)
    return what, few, many


def bind_seconds(said: str) -> float | None:
    """What `reelpress build --verbose` says of the time that binding took; None where nothing."""
    found = _BIND.search(said)
    return float(found[1]) if found else None


def _differs(pool: Pool) -> None:
    """An edit that does not reach the book is no measurement."""
    for path in (pool.epub, pool.pdf):
        if path.read_bytes() == pool.kept(path).read_bytes():
            sys.exit(f"{path.name} is as it was before the edit")


def _pages(path: Path) -> int:
    with pikepdf.open(path) as pdf:
        return len(pdf.pages)


def _openings(path: Path) -> list[int | None]:
    """The pages that the outline leads to."""
    pdf = pypdfium2.PdfDocument(path)
    try:
        found = (entry.get_dest() for entry in pdf.get_toc())
        return [dest.get_index() if dest else None for dest in found]
    finally:
        pdf.close()


def _faces(path: Path) -> Counter[str]:
    """How many font files there are of each face."""
    with pikepdf.open(path) as pdf:
        return Counter(
            str(each["/FontName"]).partition("+")[2]
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary)
            and each.get("/Type") == "/FontDescriptor"
            and any(key in each for key in ("/FontFile", "/FontFile2", "/FontFile3"))
        )


def _mb(size: int) -> str:
    return f"{size / MB:.0f} MB"


def _kb(size: int) -> str:
    return f"{size / 1000:,.0f} KB"
