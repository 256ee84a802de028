"""Where a command's work is done and kept."""

from __future__ import annotations

import os
from pathlib import Path

from reelpress.work import Store, Work

KEPT = ".reelpress"
"""The folder of a project's finished work."""


def store(project: Path) -> Store:
    """What the project's earlier builds have finished."""
    return Store(project / KEPT)


def work(project: Path, jobs: int | None = 1) -> Work:
    """Work with the project's store, in so many processes; None: one for each core."""
    return Work(store(project), jobs or cores(), preload=("reelpress.bindery.ready",))


def cores() -> int:
    """How many cores this process may use."""
    # Newer Pythons know; of the older ones those of some systems do.
    asked = getattr(os, "process_cpu_count", None)
    if asked is not None:
        return asked() or 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
