"""Work: tasks that are looked up first, and done where there is room for them.

A task says what it is made from (its key), and how. What was done before is taken from the store;
the rest is done in this process, or side by side in a pool of processes: both are executors
(`concurrent.futures.Executor`), so that a cluster can come behind the same seam.
"""

from __future__ import annotations

import multiprocessing
import pickle
import signal
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from reelpress.work.store import Store

Progress = Callable[[int, int], None]
"""Told how many tasks are done, of how many."""


def digest(*parts: object) -> str:
    """The key of some values: equal for values that are equal and were made the same way.

    They are pickled without sharing, so that a value fresh from its maker and one that was kept
    have one key. Sets have no order and mappings keep theirs: hand in what is sorted.
    """
    out = BytesIO()
    pickler = pickle.Pickler(out, 5)
    pickler.fast = True
    pickler.dump(parts)
    return blake2b(out.getbuffer(), digest_size=20).hexdigest()


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


class InProcess(Executor):
    """Does what it is given at once, here."""

    def submit(self, call: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """The future of work that is done already."""
        future: Future[Any] = Future()
        try:
            future.set_result(call(*args, **kwargs))
        except BaseException as error:  # noqa: BLE001 # as an executor does: the future tells it
            future.set_exception(error)
        return future


class Work(AbstractContextManager["Work"]):
    """Where a build's tasks are done (`jobs` processes) and kept (`store`)."""

    def __init__(
        self, store: Store | None = None, jobs: int = 1, *, preload: Sequence[str] = ()
    ) -> None:
        self.store, self.jobs, self.preload = store, jobs, tuple(preload)
        self.reused: dict[tuple[str, str], bool] = {}
        """(kind, key) of each task so far -> whether it was done before."""
        self._executor: Executor | None = None
        self._shared: dict[str, Any] = {}
        self._folder: TemporaryDirectory[str] | None = None

    def share(self, value: object, key: str = "") -> Shared:
        """A value for many tasks; `key` is its digest, where it is known."""
        key = key or digest(value)
        _HERE[key] = value
        self._shared[key] = value
        if self.jobs == 1:
            return Shared(key)
        if self._folder is None:
            self._folder = TemporaryDirectory(prefix="reelpress-")
        path = Path(self._folder.name) / key
        return Shared(key, str(path))

    def known(self, kind: str, key: str) -> Any:
        """What was kept; None where nothing was."""
        kept = self.store.get(kind, key) if self.store is not None else None
        return None if kept is None else pickle.loads(kept)

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
        progress: Progress = lambda *_: None,
    ) -> list[Any]:
        """The tasks' results, in their order; equal keys are done once.

        Short tasks go to other processes in batches. Raises whatever a task raises.
        """
        results: dict[str, Any] = {}
        todo: dict[str, Task] = {}
        for task in tasks:
            if task.key in results or task.key in todo:
                continue
            known = self.known(kind, task.key)
            self.reused[kind, task.key] = known is not None
            if known is not None:
                results[task.key] = known
            else:
                todo[task.key] = task
        waiting = sorted(todo.values(), key=lambda t: -t.weight)
        done = len(tasks) - len(waiting)
        progress(done, len(tasks))
        if waiting:
            for key, value in self._made(waiting, batch):
                results[key] = value
                self.keep(kind, key, value)
                done += 1
                progress(done, len(tasks))
        return [results[task.key] for task in tasks]

    def _made(self, tasks: Sequence[Task], batch: int) -> Any:
        parts = [tasks[at : at + batch] for at in range(0, len(tasks), batch)]
        if self.jobs == 1 or len(parts) == 1:  # not worth another process
            for task in tasks:
                yield task.key, _done(task)
            return
        for task in tasks:
            for argument in task.arguments:
                if isinstance(argument, Shared) and argument.path:
                    path = Path(argument.path)
                    if not path.exists():
                        path.write_bytes(pickle.dumps(self._shared[argument.key], 5))
        executor = self.executor()
        futures = {executor.submit(_all_done, part) for part in parts}
        try:
            for future in as_completed(futures):
                yield from future.result()
        finally:
            for future in futures:
                future.cancel()

    def executor(self) -> Executor:
        """The executor, started where it is needed first."""
        if self._executor is None:
            if self.jobs == 1:
                self._executor = InProcess()
            else:
                # A worker must not be a copy of this process: Pango and threads do not bear it.
                # Where there is a server to fork from, it has loaded the libraries once for all.
                way = "forkserver" if sys.platform.startswith("linux") else "spawn"
                context = multiprocessing.get_context(way)
                context.set_forkserver_preload(list(self.preload))
                self._executor = ProcessPoolExecutor(self.jobs, context, _begin)
        return self._executor

    def __exit__(self, *error: object) -> None:
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None
        for key in self._shared:
            _HERE.pop(key, None)
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None
        if self.store is not None:
            self.store.prune()


_HERE: dict[str, Any] = {}
"""What this process itself has shared."""


@lru_cache(maxsize=8)
def _opened(shared: Shared) -> Any:
    # Written by the process that started this one, into a folder that only its user can enter.
    return pickle.loads(Path(shared.path).read_bytes())


def _done(task: Task) -> Any:
    arguments = [
        (_HERE[a.key] if a.key in _HERE else _opened(a)) if isinstance(a, Shared) else a
        for a in task.arguments
    ]
    return task.call(*arguments)


def _all_done(tasks: Sequence[Task]) -> list[tuple[str, Any]]:
    return [(task.key, _done(task)) for task in tasks]


def _begin() -> None:
    """A worker leaves Ctrl-C to the process that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
