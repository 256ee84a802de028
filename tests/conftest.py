"""What all tests share."""

from __future__ import annotations

import pytest
from hypothesis import settings

# The same examples each time, and no clock: a busy machine is no failure.
settings.register_profile("reelpress", derandomize=True, deadline=None)
settings.load_profile("reelpress")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--accept",
        action="store_true",
        help="rewrite tests/golden/ with what comes out today; the reviewer reads the diff",
    )


@pytest.fixture(scope="session")
def accept(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be rewritten, not compared."""
    return bool(request.config.getoption("--accept"))
