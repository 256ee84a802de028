"""What WeasyPrint says while it works."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

BASE = "https://galley.invalid/"
"""Where the galley's files seem to be: relative addresses are joined to it, and no such host is."""


class _Complaints(logging.Handler):
    """Collects what WeasyPrint logs."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(record.getMessage().replace(BASE, ""))


@contextmanager
def complaints() -> Iterator[list[str]]:
    """The texts of what WeasyPrint complains of meanwhile."""
    logger, heard = logging.getLogger("weasyprint"), _Complaints()
    logger.addHandler(heard)
    propagate, logger.propagate = logger.propagate, False
    try:
        yield heard.texts
    finally:
        logger.removeHandler(heard)
        logger.propagate = propagate
