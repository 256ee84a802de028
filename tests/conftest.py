"""What all tests share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# The same examples each time, and no clock: a busy machine is no failure.
settings.register_profile("reelpress", derandomize=True, deadline=None)
settings.register_profile("many", deadline=None, max_examples=20_000)
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


@pytest.fixture(scope="session")
def epubs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """build/ with the sample's EPUBs, which need only Python."""
    from test_volumes import bench

    return bench(tmp_path_factory, "epubs")


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """build/ with all of the sample's volumes."""
    from test_volumes import bench

    return bench(tmp_path_factory, "sample")


@pytest.fixture(scope="session")
def trying(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """build/ with the volumes of the purpose-made anthology."""
    from test_volumes import bench

    return bench(tmp_path_factory, "trying")


@pytest.fixture(scope="session")
def hands_epubs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project of tests/hands with its EPUBs, which need only Python: to look at."""
    from test_volumes import bench

    return bench(tmp_path_factory, "hands-epubs")


@pytest.fixture(scope="session")
def hands(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project of tests/hands with all its volumes: to look at."""
    from test_volumes import bench

    return bench(tmp_path_factory, "hands")
