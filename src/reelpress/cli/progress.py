"""How far work has come: the stage, how much of it is done, and how long it will take."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from rich.console import Console, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn
from rich.text import Text

Report = Callable[[str, int, int], None]
"""Told the stage, how many are done, of how many."""
_SHORT_WORK = 1.0
"""Seconds before work is long enough to be shown."""
_SHORT_WAIT = 3.0
"""Seconds that nobody needs to be told of beforehand."""


@contextmanager
def shown(console: Console) -> Iterator[Report]:
    """On a terminal: one line that is gone in the end."""
    with Bar(console) as bar:
        yield bar.report


class Bar(Progress):
    """The line, of work that takes over a second."""

    def __init__(self, console: Console, *, clock: Callable[[], float] | None = None) -> None:
        self._clock = clock or console.get_time
        self._began = self._clock()
        super().__init__(
            TextColumn("{task.description}", markup=False),
            BarColumn(24),
            MofNCompleteColumn(),
            Left(),
            console=console,
            transient=True,
            get_time=self._clock,
        )

    def report(self, stage: str, done: int, of: int) -> None:
        """Show what is being done. A stage's pace is its own: another begins anew."""
        now = self.tasks[-1] if self.tasks else None
        if now is not None and now.description == stage and now.completed <= done:
            self.update(now.id, completed=done, total=of)
            return
        for task in self.task_ids:
            self.remove_task(task)
        self.add_task(stage, completed=done, total=of)

    def get_renderables(self) -> Iterable[RenderableType]:
        """Nothing, of short work."""
        if self._clock() - self._began > _SHORT_WORK:
            yield from super().get_renderables()


class Left(ProgressColumn):
    """The time left, as the stage has gone lately, where it is worth a word."""

    max_refresh = 0.5

    def render(self, task: Task) -> Text:
        """About 40 s left."""
        left = task.time_remaining
        if left is None or task.finished or left < _SHORT_WAIT:
            return Text()
        about = f"{round(left / 60)} min" if left >= 90 else f"{max(5, round(left / 5) * 5)} s"
        return Text(f"about {about} left", style="progress.remaining")


@contextmanager
def told(console: Console) -> Iterator[Report]:
    """In a pipe: a line when a stage begins, and one that says how long it took."""
    now: list[tuple[str, float]] = []

    def end() -> None:
        for stage, began in now:
            console.print(f"{stage}: {console.get_time() - began:.2f} s", markup=False)
        now.clear()

    def report(stage: str, done: int, of: int) -> None:
        del done
        if not now or now[-1][0] != stage:
            end()
            console.print(f"{stage} ({of})", markup=False)
            now.append((stage, console.get_time()))

    try:
        yield report
    finally:
        end()
