"""Measure reelpress beside its peers. `make bench` runs it; from tests/ it is `python -m bench`."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import report, sides
from bench.generator import reviews
from bench.measures import MEASURES, Bench

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs" / "benchmarks.md"
FULL, QUICK = (300, 2400), (60, 120)


def main() -> None:
    """Measure what was asked for, print it, and write it down if it was all."""
    asked = _asked()
    sides.pandoc()
    load = report.load()
    if load > report.BUSY:
        say(f"WARNING: the load is {load:.2f}; times on a busy machine say nothing.")
    source = _source()
    count, larger = QUICK if asked.quick else FULL
    with _folder(asked.folder) as home:
        bench = Bench(home, count, larger, 1 if asked.quick else asked.runs, say)
        for point in asked.points:
            say(f"{point}: {(MEASURES[point].__doc__ or '').partition(': ')[2]}")
            MEASURES[point](bench)
    words = sum(len(review.body.split()) for review in reviews(count))
    results = report.report(bench, words, load, asked.on)
    print(results)
    if _source() != source:
        sys.exit("reelpress was edited meanwhile, which makes all kept work void: measure again.")
    if asked.quick or asked.points != list(MEASURES):
        say("Nothing was written down: these are not all measurements, or a trial.")
    else:
        DOCS.write_text(report.written(DOCS.read_text("utf-8"), results), "utf-8")
        say(f"Written to {DOCS.name}.")


def say(text: str) -> None:
    """Progress, apart from the results."""
    print(text, file=sys.stderr, flush=True)


def _asked() -> Namespace:
    parser = ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--on", default="", metavar="DATE", help="the date to write down")
    parser.add_argument("--quick", action="store_true", help="one run with few reviews, as a trial")
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="counted runs (5)")
    parser.add_argument(
        "--points",
        type=int,
        nargs="+",
        choices=MEASURES,
        default=list(MEASURES),
        metavar="POINT",
        help="these measurements alone: 1 to 7",
    )
    parser.add_argument("--folder", type=Path, metavar="DIR", help="where to, and keep it")
    return parser.parse_args()


def _source() -> str:
    """A digest of the program that is measured."""
    made = sha256()
    for folder in (ROOT / "src", ROOT / "layouts"):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                made.update(path.read_bytes())
    return made.hexdigest()


@contextmanager
def _folder(wanted: Path | None) -> Iterator[Path]:
    """A new folder that goes again, or the one that is wanted, which must not be there."""
    if wanted is None:
        with TemporaryDirectory(prefix="reelpress-bench-") as name:
            yield Path(name)
    else:
        wanted.mkdir(parents=True)
        yield wanted.resolve()


if __name__ == "__main__":
    main()
