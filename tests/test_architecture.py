"""The rules of the house, kept by reading the source: who imports what, and who may not."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "reelpress"

LAYERS = {
    "rules": 0,
    "findings": 0,
    "galley": 0,
    "model": 0,
    "rights": 0,
    "slugs": 0,
    "versions": 0,
    "words": 0,
    "work": 0,
    "header": 1,
    "why": 1,
    "desk": 2,
    "intake": 2,
    "layout": 2,
    "proof": 3,
    "bindery": 3,
    "press": 4,
    "receiving": 4,
    "offprints": 5,
    "site": 5,
    "cli": 6,
}
"""The table in DESIGN.md. `__init__` (the package's own door) stands beside it."""

NOUNS = {"rules", "findings", "model", "rights", "galley"}
"""One thing in five files: the words that all layers share."""

DOORS = {
    "ebooklib": {"bindery/container.py"},
    "weasyprint": {"bindery/setter.py"},
    "jinja2": {"layout"},
    "markdown": {"desk"},
    "nh3": {"desk"},
    "yaml": {"header"},
    "pydantic": {"header"},
    "charset_normalizer": {"header"},
    "dateutil": {"header"},
    "mammoth": {"intake"},
    "markdownify": {"intake"},
    "readability": {"intake"},
    "bs4": {"intake"},
    "typer": {"cli"},
    "rich": {"cli"},
    "starlette": {"site"},
    "dask": {"work"},
    "lxml": {"desk", "intake", "layout", "proof", "bindery"},
    "pikepdf": {"desk", "proof", "bindery"},
    "PIL": {"desk", "proof", "bindery"},
    "pypdfium2": {"proof", "bindery"},
}
"""Library -> the packages (or the one file) that may open it."""

EDGE = {"cli", "work", "site"}
"""Where writing, printing and exiting happen."""

NETWORK = set(
    "socket ssl http urllib3 requests httpx aiohttp ftplib smtplib socketserver asyncio".split()
)
SEALED = "work/store.py"
"""Draws the secret that seals what is kept: it decides what is believed, and reaches no volume."""
MOST_LINES = 350
A_SCREEN = 60


def sources() -> list[Path]:
    """Every module of the press."""
    return sorted(SOURCE.rglob("*.py"))


def name_of(path: Path) -> str:
    """As told in a finding: bindery/epub.py."""
    return path.relative_to(SOURCE).as_posix()


def package_of(path: Path) -> str:
    """The row of the table that a file belongs to."""
    first = path.relative_to(SOURCE).parts[0]
    return first.removesuffix(".py")


@cache
def parsed(path: Path) -> ast.Module:
    """The file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Every module that a file imports, wherever in it, with the line."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{name_of(path)}:{node.lineno}: imports are written in full"
            assert node.module is not None
            yield node.module, node.lineno
            if node.module == "reelpress":
                yield from ((f"reelpress.{alias.name}", node.lineno) for alias in node.names)


def test_the_table_knows_every_package() -> None:
    """A package that is in no layer would be bound by no rule."""
    packages = {package_of(path) for path in sources()} - {"__init__", "__main__"}
    assert packages - LAYERS.keys() == set()


def test_imports_go_down_only() -> None:
    """A package imports from layers below it; stages of one layer do not know each other."""
    wrong = []
    for path in sources():
        here = package_of(path)
        if here in ("__init__", "__main__"):
            continue
        for module, line in imports(path):
            steps = module.split(".")
            if steps[0] != "reelpress" or len(steps) < 2 or steps[1] in (here, "__version__"):
                continue
            if LAYERS[steps[1]] >= LAYERS[here] and not {here, steps[1]} <= NOUNS:
                wrong.append(f"{name_of(path)}:{line}: {here} imports {module}")
    assert wrong == []


def test_a_package_is_entered_by_its_front_door() -> None:
    """From another package only what a module names without an underscore is taken."""
    wrong = []
    for path in sources():
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("reelpress"):
                wrong += [
                    f"{name_of(path)}:{node.lineno}: {alias.name}"
                    for alias in node.names
                    if alias.name.startswith("_") and not alias.name.startswith("__")
                ]
    assert wrong == []


@pytest.mark.parametrize("library", DOORS)
def test_one_door_for_each_library(library: str) -> None:
    """A library is opened in its own package alone, so that it can be replaced there."""
    wrong = [
        f"{name_of(path)}:{line}"
        for path in sources()
        for module, line in imports(path)
        if module.split(".")[0] == library
        and not {package_of(path), name_of(path)} & DOORS[library]
    ]
    assert wrong == []


def test_binding_libraries_have_one_file_each() -> None:
    """EbookLib and WeasyPrint are each known to a single file."""
    for library in ("ebooklib", "weasyprint"):
        files = {
            name_of(path)
            for path in sources()
            for module, _ in imports(path)
            if module.split(".")[0] == library
        }
        assert files <= DOORS[library]


def _dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def test_nobody_asks_the_clock_the_dice_or_the_network() -> None:
    """The same bytes every time: what is not in the folder is not in the book."""
    wrong = []
    for path in sources():
        for module, line in imports(path):
            head = module.split(".")[0]
            if head in NETWORK or module == "urllib.request":
                wrong.append(f"{name_of(path)}:{line}: the network ({module})")
            if head in ("random", "secrets"):
                wrong.append(f"{name_of(path)}:{line}: dice ({module})")
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Attribute):
                told = _dotted(node)
                if told.endswith(
                    ("datetime.now", "datetime.utcnow", "datetime.today", "date.today")
                ) or told in ("time.time", "time.time_ns", "time.localtime", "time.gmtime"):
                    wrong.append(f"{name_of(path)}:{node.lineno}: the clock ({told})")
            names = (
                {alias.name for alias in node.names}
                if isinstance(node, ast.ImportFrom)
                else {node.attr}
                if isinstance(node, ast.Attribute)
                else set()
            )
            if names == {"urandom"} and name_of(path) == SEALED:
                continue
            if names & {"uuid1", "uuid4", "urandom", "getrandbits"}:
                wrong.append(f"{name_of(path)}:{getattr(node, 'lineno', 0)}: dice ({names})")
    assert wrong == []


def test_only_the_edge_writes_and_speaks() -> None:
    """Printing, exiting and writing files are for cli, work and site."""
    wrong = []
    for path in sources():
        # WeasyPrint reads its (empty) list of fonts from a file alone: setter.py says why.
        if package_of(path) in EDGE or name_of(path) in ("__main__.py", "bindery/setter.py"):
            continue
        for node in ast.walk(parsed(path)):
            if not isinstance(node, ast.Call):
                continue
            called = _dotted(node.func) or getattr(node.func, "attr", "")
            last = called.rsplit(".", 1)[-1]
            if called in ("print", "sys.exit", "exit", "open", "input") or last in (
                "write_text",
                "write_bytes",
                "unlink",
                "mkdir",
            ):
                wrong.append(f"{name_of(path)}:{node.lineno}: {called}")
    assert wrong == []


def test_no_module_is_a_junk_drawer() -> None:
    """A name must say what is inside."""
    junk = {"utils", "util", "helpers", "helper", "manager", "base", "common", "misc"}
    assert [name_of(p) for p in sources() if {p.stem, p.parent.name} & junk] == []


def test_a_file_fits_the_head() -> None:
    """A file that passes 350 lines wants to be two. The table of rules is a table."""
    long = {
        name_of(path): lines
        for path in sources()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES
        and name_of(path) != "rules.py"
    }
    assert long == {}


def test_the_pipeline_reads_on_one_screen() -> None:
    """`press` itself is short, and calls the stages in their order."""
    (press,) = (
        node
        for node in parsed(SOURCE / "press.py").body
        if isinstance(node, ast.FunctionDef) and node.name == "press"
    )
    assert press.end_lineno is not None
    assert press.end_lineno - press.lineno < A_SCREEN
    stages = ["read", "choose", "edit", "gather", "clear", "compose", "proof", "_bind"]
    called = sorted(
        (node.lineno, node.col_offset, node.func.id)
        for node in ast.walk(press)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in stages
    )
    assert [name for _, _, name in called] == stages


def _undocumented(path: Path) -> Iterator[str]:
    tree = parsed(path)
    if tree.body and not ast.get_docstring(tree):
        yield f"{name_of(path)}:1"
    for node in tree.body:
        members: list[ast.stmt] = [node]
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            members += node.body
        for member in members:
            if isinstance(member, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not (
                member.name.startswith("_") or ast.get_docstring(member) or _inherits(node, member)
            ):
                yield f"{name_of(path)}:{member.lineno}: {member.name}"


def _inherits(holder: ast.stmt, member: ast.stmt) -> bool:
    """Whether a method may be another class's, said there what it does."""
    return isinstance(holder, ast.ClassDef) and member is not holder and bool(holder.bases)


def test_everything_public_says_what_it_does() -> None:
    """Modules, classes and functions have docstrings."""
    assert [said for path in sources() for said in _undocumented(path)] == []


# ── what a command loads ─────────────────────────────────────────────────────────────────


def python(code: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Run Python on some code, as a fresh process."""
    return subprocess.run(
        [sys.executable, *options, "-c", code],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=ROOT / "tests",
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": ""},
    )


HEAVY = set(
    "weasyprint ebooklib lxml PIL markdown jinja2 babel pikepdf yaml nh3 "
    "charset_normalizer dateutil mammoth markdownify readability bs4".split()
)


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (["--help"], HEAVY | {"pydantic"}),
        (["--version"], HEAVY | {"pydantic"}),
        # Typer itself looks for pydantic once a command is called.
        (["build", "--help"], HEAVY),
        (["rules"], HEAVY),
        (["rules", "H004"], HEAVY),
    ],
)
def test_help_is_quick(arguments: list[str], unwanted: set[str]) -> None:
    """What needs no library loads none: help answers at once."""
    done = python(
        "import sys\n"
        f"sys.argv = ['reelpress', *{arguments!r}]\n"
        "from reelpress.cli import main\n"
        "try:\n    main()\nfinally:\n"
        f"    loaded = sorted(set(sys.modules) & {unwanted!r})\n"
        "    print('loaded:', *loaded)\n"
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "loaded:"


def test_python_m_reelpress_works() -> None:
    """`python -m reelpress` is `reelpress`."""
    done = subprocess.run(
        [sys.executable, "-m", "reelpress", "--version"],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=ROOT / "tests",
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": ""},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("reelpress ")


@pytest.mark.parametrize(
    "before", ["", "import reelpress.press", "from reelpress.press import Run"]
)
def test_the_press_can_be_called_from_python(before: str) -> None:
    """`from reelpress import press` gives the function, whatever was imported before it."""
    done = python(
        f"{before}\n"
        "import sys\n"
        "from reelpress import press\n"
        "assert callable(press), press\n"
        "assert not {'weasyprint', 'ebooklib'} & set(sys.modules)\n"
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    """The package's lazy door opens to `press` alone."""
    done = python("import reelpress\nreelpress.nothing")
    assert "AttributeError: module 'reelpress' has no attribute 'nothing'" in done.stderr
