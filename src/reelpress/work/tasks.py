"""Work: tasks that are looked up first, and done where there is room for them.

A task says what it is made from (its key), and how. What was done before is taken from the store;
the rest is done in this process, or side by side in a pool of processes: both are executors
(`concurrent.futures.Executor`), so that a cluster can come behind the same seam.

Between processes go names of files, no more: a pipe holds little, and a worker that is killed
while it fills one leaves the other end waiting for ever.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from itertools import count, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from reelpress.work.store import Store

Progress = Callable[[int, int], None]
"""Told how many tasks are done, of how many."""
_AHEAD = 3
"""Batches for each worker that are on their way at once."""
_FEW = 4
"""Batches that are done here before other processes could begin, which takes a second."""
_NOTHING = object()


class _Sum:
    """A file that keeps nothing of what is written but its sum."""

    def __init__(self) -> None:
        self.sum = blake2b(digest_size=20)

    def write(self, data: bytes, /) -> None:
        self.sum.update(data)


def digest(*parts: object) -> str:
    """The key of some values: equal for values that are equal and were made the same way.

    They are pickled without sharing, so that a value fresh from its maker and one that was kept
    have one key. Sets have no order and mappings keep theirs: hand in what is sorted.
    """
    out = _Sum()
    pickler = pickle.Pickler(out, 5)
    pickler.fast = True
    pickler.dump(parts)
    return out.sum.hexdigest()


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do, and the key of everything that its result depends on."""

    key: str
    call: Callable[..., Any]
    """A function of a module, which other processes find by its name."""
    arguments: tuple[Any, ...] = ()
    weight: int = 1
    """About how long it takes, in any unit: the longest are begun first."""


@dataclass(frozen=True, slots=True)
class Shared:
    """A value that many tasks need: a worker opens it once. An argument of a task."""

    key: str
    path: str = ""
    """Where other processes find it."""
    value: Any = field(default=_NOTHING, repr=False, compare=False)
    """In the process that shares it."""

    def __reduce__(self) -> tuple[Any, ...]:
        return Shared, (self.key, self.path)


class InProcess(Executor):
    """Does what it is given at once, here."""

    def __init__(self) -> None:
        self._ended = False

    def submit(self, call: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """The future of work that is done already."""
        if self._ended:
            raise RuntimeError("the executor takes no work after its shutdown")
        future: Future[Any] = Future()
        future.set_running_or_notify_cancel()
        try:
            future.set_result(call(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 # as an executor does: the future tells it
            future.set_exception(error)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002
        """Take no more work."""
        self._ended = True


class Work(AbstractContextManager["Work"]):
    """Where a build's tasks are done (`jobs` processes) and kept (`store`)."""

    def __init__(
        self, store: Store | None = None, jobs: int = 1, *, preload: Sequence[str] = ()
    ) -> None:
        self.store, self.jobs, self.preload = store, jobs, tuple(preload)
        self.reused: dict[tuple[str, str], bool] = {}
        """(kind, key) of each task so far -> whether it was done before."""
        self.eager = False
        """Whether what is made anew will want workers in the end: `warm` begins them."""
        self._executor: Executor | None = None
        self._folder: TemporaryDirectory[str] | None = None
        self._numbers = count()

    def share(self, value: object, key: str = "") -> Shared:
        """A value for many tasks; `key` is its digest, where it is known."""
        key = key or digest(value)
        return Shared(key, str(self._between() / f"{key}.shared") if self.jobs > 1 else "", value)

    def known(self, kind: str, key: str) -> Any:
        """What was kept; None where nothing was."""
        found = self._found(kind, key)
        return None if found is _NOTHING else found

    def keep(self, kind: str, key: str, value: object) -> None:
        """Keep a value."""
        if self.store is not None:
            self.store.put(kind, key, pickle.dumps(value, 5))

    def do(
        self,
        kind: str,
        tasks: Sequence[Task],
        *,
        batch: int = 1,
        kept: bool = True,
        progress: Progress = lambda *_: None,
    ) -> list[Any]:
        """The tasks' results, in their order; equal keys are done once.

        Short tasks go to other processes in batches. Without `kept` the store is left alone: the
        caller keeps many small results as one. Raises whatever a task raises, of several that
        fail the longest's, and ChildProcessError where a worker has ended over one.
        """
        results: dict[str, Any] = {}
        todo: dict[str, Task] = {}
        for task in tasks:
            if task.key in results or task.key in todo:
                continue
            found = self._found(kind, task.key) if kept else _NOTHING
            self.reused[kind, task.key] = found is not _NOTHING
            if found is _NOTHING:
                todo[task.key] = task
            else:
                results[task.key] = found
        waiting = sorted(todo.values(), key=lambda t: -t.weight)
        done = len(tasks) - len(waiting)
        progress(done, len(tasks))
        try:
            for key, value in self._made(kind, waiting, batch, kept=kept):
                results[key] = value
                done += 1
                progress(done, len(tasks))
        except BaseException:
            self._stop()  # what other workers do is not wanted any more
            raise
        return [results[task.key] for task in tasks]

    def _found(self, kind: str, key: str) -> Any:
        kept = self.store.get(kind, key) if self.store is not None else None
        if kept is None:
            return _NOTHING
        try:
            return pickle.loads(kept)
        except Exception:  # noqa: BLE001 # another version's classes may raise anything
            return _NOTHING

    def _made(
        self, kind: str, tasks: Sequence[Task], batch: int, *, kept: bool
    ) -> Iterator[tuple[str, Any]]:
        parts = [tasks[at : at + batch] for at in range(0, len(tasks), batch)]
        few = self._executor is None and len(parts) <= _FEW
        if self.jobs == 1 or few:
            for task in tasks:
                value = _done(task)
                if kept:
                    self.keep(kind, task.key, value)
                yield task.key, value
            return
        executor, hand = self.executor(), self._hand() if kept else None
        waiting = iter(parts)
        asked: dict[Future[Any], Sequence[Task]] = {}
        try:
            while True:
                for part in islice(waiting, _AHEAD * self.jobs - len(asked)):
                    asked[executor.submit(_all_done, hand, kind, self._asked(part))] = part
                if not asked:
                    return
                for future in wait(asked, return_when=FIRST_COMPLETED).done:
                    if future.exception():
                        # Of several failures the same one is told, however many work.
                        raise next(e for earlier in asked if (e := earlier.exception()))
                    for task, data in zip(asked.pop(future), future.result(), strict=True):
                        yield task.key, self._handed(hand, kind, task, data)
        except BrokenExecutor as error:
            raise ChildProcessError(
                "a worker process has ended before its work was done; it may have been killed, or "
                "memory may not suffice for so many side by side"
            ) from error

    def _hand(self) -> Store:
        """Where workers lay what they made."""
        # Of a folder that only its user can enter, and that nobody reads after this build.
        return self.store or Store(self._between() / "made", secret=b"this build's")

    def _asked(self, tasks: Sequence[Task]) -> Path:
        """A file with the tasks, and one with each value that they share."""
        for shared in {a for task in tasks for a in task.arguments if isinstance(a, Shared)}:
            if shared.path and not Path(shared.path).exists():
                Path(shared.path).write_bytes(pickle.dumps(shared.value, 5))
        path = self._between() / f"{next(self._numbers)}.asked"
        path.write_bytes(pickle.dumps(tasks, 5))
        return path

    def _handed(self, hand: Store | None, kind: str, task: Task, data: bytes | None) -> Any:
        """What a worker made of a task."""
        if data is None and hand is not None:
            data = hand.get(kind, task.key)
            if hand is self.store:
                hand.grown = True
            else:
                hand.drop(kind, task.key)
        # Another process may have emptied the store since.
        return _done(task) if data is None else pickle.loads(data)

    def _between(self) -> Path:
        if self._folder is None:
            self._folder = TemporaryDirectory(prefix="reelpress-", ignore_cleanup_errors=True)
        return Path(self._folder.name)

    def executor(self) -> Executor:
        """The executor, started where it is needed first."""
        if self._executor is None and self.jobs > 1:
            from reelpress.work.pool import Pool  # its libraries are many

            # Where the machine has no semaphores it takes longer, that is all.
            with suppress(ImportError, NotImplementedError, OSError):
                self._executor = Pool(self.jobs, self._between(), self.preload)
        if self._executor is None:
            self._executor = InProcess()
        return self._executor

    def warm(self) -> None:
        """Something is to be made anew: let workers' libraries load, where they will be wanted."""
        if self.eager and self.jobs > 1:
            getattr(self.executor(), "warm", int)()

    def _stop(self) -> None:
        """End the workers at once."""
        executor, self._executor = self._executor, None
        if executor is not None:
            getattr(executor, "stop", executor.shutdown)()

    def __exit__(self, *error: object) -> None:
        if error[:1] != (None,):
            self._stop()
        if self._executor is not None:
            self._executor.shutdown()
            self._executor = None
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None
        if self.store is not None:
            self.store.prune()


@lru_cache(maxsize=8)
def _opened(shared: Shared) -> Any:
    # Written by the process that started this one, into a folder that only its user can enter.
    return pickle.loads(Path(shared.path).read_bytes())


def _done(task: Task) -> Any:
    arguments = [
        a if not isinstance(a, Shared) else a.value if a.value is not _NOTHING else _opened(a)
        for a in task.arguments
    ]
    return task.call(*arguments)


def _all_done(hand: Store | None, kind: str, path: Path) -> list[bytes | None]:
    """In a worker: do the tasks of a file; for each None, or where it isn't kept, the bytes."""
    tasks = pickle.loads(path.read_bytes())  # from the same folder
    path.unlink()
    made: list[bytes | None] = []
    for task in tasks:
        data = pickle.dumps(_done(task), 5)
        made.append(None if hand is not None and hand.put(kind, task.key, data) else data)
    return made
