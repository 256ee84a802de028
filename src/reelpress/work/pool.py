"""A pool of processes, that ends with the build whatever ends the build."""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import forkserver
from pathlib import Path
from threading import Thread
from types import ModuleType
from typing import Any

_MOST = 61 if sys.platform == "win32" else 1024
"""Windows waits for no more at once."""
_LONGEST = 75
"""Bytes of a temporary folder's path in which the server's socket can have its address."""


class Pool(ProcessPoolExecutor):
    """Worker processes, begun as they are needed, each with `preload` loaded.

    What they lay down for a while lies in `folder`, so that nothing of it stays if they are ended.
    """

    def __init__(self, jobs: int, folder: Path, preload: Sequence[str] = ()) -> None:
        # A worker must not be a copy of this process: Pango and threads do not bear it.
        # Where there is a server to fork from, it has loaded the libraries once for all.
        room = len(os.fsencode(tempfile.gettempdir())) <= _LONGEST
        way = "forkserver" if sys.platform.startswith("linux") and room else "spawn"
        context = multiprocessing.get_context(way)
        context.set_forkserver_preload(list(preload))
        self._serves = way == "forkserver"
        super().__init__(min(jobs, _MOST), context, _begin, (folder,))

    def warm(self) -> None:
        """Let the server begin, whose copies the workers are; nobody waits for it here."""
        if self._serves:
            with _apart():
                forkserver.ensure_running()

    def submit(self, call: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """The future of a call that a worker will make."""
        try:
            with _apart():
                return super().submit(_told, call, *args, **kwargs)
        except EOFError as error:  # the server has ended over what it was to load
            raise BrokenProcessPool("no process can be started") from error

    def stop(self) -> None:
        """End the workers at once, whatever they are doing."""
        # That they are killed is what tells the pool: to cancel futures first would make some
        # Pythons (before 3.12) stumble over them, aloud.
        for process in list((self._processes or {}).values()):
            process.kill()
        self.shutdown(wait=True)


@contextmanager
def _apart() -> Iterator[None]:
    """What is started here gets no Ctrl-C, and does not load the program that starts it.

    A worker that ran that program's file again would load the command line for nothing, and of
    a script without `if __name__ == "__main__"` make endless copies.
    """
    program = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    mask = None
    if sys.platform != "win32":
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        sys.modules["__main__"] = program
        if mask is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def _begin(folder: Path) -> None:
    """A worker leaves Ctrl-C to the process that started it, and ends when that has ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What a worker makes it drops whole: to look for rings in it after every 700 objects would be
    # a sixth of its work.
    gc.freeze()
    gc.set_threshold(25_000, 10, 10)
    tempfile.tempdir = str(folder)
    Thread(target=_follow, args=(folder,), daemon=True).start()


def _follow(folder: Path) -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        shutil.rmtree(folder, ignore_errors=True)  # that process may have had no time for it
        os._exit(1)


def _told(call: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
    """A call whose exception can be told to the other process, whatever it is."""
    try:
        return call(*args, **kwargs)
    except Exception as error:
        try:
            pickle.loads(pickle.dumps(error))
        except Exception:  # noqa: BLE001 # what a class may raise on it has no name
            raise RuntimeError(f"{type(error).__name__}: {error}") from error
        raise
