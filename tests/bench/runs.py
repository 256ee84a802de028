"""Whole processes, timed by turns; and the memory they take."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from subprocess import DEVNULL, STDOUT, Popen, call
from tempfile import TemporaryFile
from time import perf_counter, sleep

Command = Sequence[str | Path]
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Side:
    """One of those that are compared."""

    name: str
    commands: Sequence[Command]
    folder: Path
    """Where they run."""
    ready: Callable[[], object] = lambda: None
    """What is done before each run, and not timed."""


@dataclass(frozen=True, slots=True)
class Peak:
    """The most memory that was resident, in bytes; 0 where nobody can tell."""

    main: int = 0
    worker: int = 0
    """The largest of the processes that the main one began."""


@dataclass(frozen=True, slots=True)
class Costs:
    """What the counted runs of one side took."""

    name: str
    seconds: tuple[float, ...]
    peak: Peak
    """Of the run that is not counted: to look for it takes time."""

    @property
    def median(self) -> float:
        """Seconds of the run in the middle."""
        return median(self.seconds)

    def __str__(self) -> str:
        spread = f" ({min(self.seconds):.2f}–{max(self.seconds):.2f})"
        return f"{self.median:.2f} s{spread if len(self.seconds) > 1 else ''}"


def alternate(
    *sides: Side, runs: int, say: Say, before: Callable[[int], object] = lambda _: None
) -> list[Costs]:
    """Run each side by turns, once to warm up and then `runs` times.

    `before` is called with the number of each round (0: the warm-up); it may edit the texts.
    """
    seconds: dict[str, list[float]] = {side.name: [] for side in sides}
    peaks: dict[str, Peak] = {}
    for number in range(runs + 1):
        before(number)
        for side in sides:
            side.ready()
            if number == 0:
                _, peaks[side.name] = run(side, watched=True)
            else:
                took, _ = run(side)
                seconds[side.name].append(took)
                say(f"  {number}/{runs} {side.name}: {took:.2f} s")
    return [Costs(side.name, tuple(seconds[side.name]), peaks[side.name]) for side in sides]


def told(command: Command, folder: Path) -> str:
    """What a command says, errors too."""
    with TemporaryFile() as log:
        call(command, cwd=folder, env=_env(), stdin=DEVNULL, stdout=log, stderr=STDOUT)
        log.seek(0)
        return log.read().decode("utf-8", "replace")


def run(side: Side, *, watched: bool = False) -> tuple[float, Peak]:
    """Seconds that all its commands took, and what memory if `watched`; one that fails ends all."""
    peak = Peak()
    with TemporaryFile() as log:
        start = perf_counter()
        for command in side.commands:
            process = Popen(
                command, cwd=side.folder, env=_env(), stdin=DEVNULL, stdout=log, stderr=STDOUT
            )
            if watched:
                seen = _watch(process)
                peak = Peak(max(peak.main, seen.main), max(peak.worker, seen.worker))
            if process.wait():
                log.seek(0)
                text = log.read().decode("utf-8", "replace")[-2000:]
                sys.exit(f"{side.name}: exit {process.returncode}\n{text}")
        return perf_counter() - start, peak


def _env() -> dict[str, str]:
    """Ours, less what would make a Python another one."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


# ── memory ───────────────────────────────────────────────────────────────────────────────


def _watch(process: Popen[bytes]) -> Peak:
    """Look until it ends. Linux keeps each process's peak, so that to look now and then will do."""
    peaks: dict[int, int] = {}
    while process.poll() is None:
        for number in _family(process.pid):
            peaks[number] = max(peaks.get(number, 0), _most(number))
        sleep(0.02)
    main = peaks.pop(process.pid, 0)
    return Peak(main, max(peaks.values(), default=0))


def _family(root: int) -> Iterator[int]:
    """A process and all that come from it."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            # pid (name) state parent …, and the name may hold anything.
            parent = (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()[1]
        except (OSError, IndexError):
            continue
        children.setdefault(int(parent), []).append(int(folder.name))
    waiting = [root]
    while waiting:
        number = waiting.pop()
        yield number
        waiting += children.get(number, [])


def _most(process: int) -> int:
    """The peak of what was resident of a process, in bytes."""
    try:
        lines = Path(f"/proc/{process}/status").read_text("utf-8", "replace").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:")), 0)
