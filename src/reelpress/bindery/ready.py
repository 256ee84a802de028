"""What a worker loads before it is asked for anything: workers are copied from one that has."""

from __future__ import annotations

from contextlib import suppress

with suppress(OSError):  # a system library that is missing is told when pages are set
    pass
