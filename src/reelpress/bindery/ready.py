"""What a worker loads before it is asked for anything: workers are copied from one that has."""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module

with suppress(OSError):  # a system library that is missing is told when pages are set
    for name in ("sections", "margins", "paint"):
        import_module(f"reelpress.bindery.{name}")
