"""Work: what is kept comes back whole or not at all; what is done comes out the same anywhere."""

from __future__ import annotations

import multiprocessing
import operator
import os
import pickle
import signal
import stat
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from reelpress.work import InProcess, Shared, Store, Task, Work, digest
from test_volumes import ROOT

pytestmark = pytest.mark.slow

SECRET = b"a secret of this test's"
KEY = "0123456789abcdef0123456789abcdef01234567"
DATA = bytes(range(256)) * 9
SESSIONS = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks /proc")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store."""
    return Store(tmp_path / "kept", secret=SECRET)


def key(number: int) -> str:
    """One of many keys."""
    return f"{number:02x}{'0' * 38}"


def entries(store: Store) -> list[Path]:
    """Every file of a store but the two that say what it is."""
    return sorted(path for path in store.folder.rglob("*/*") if path.is_file())


def entry(store: Store) -> Path:
    """The one file of a store that holds one entry."""
    (path,) = entries(store)
    return path


# ── the store ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("data", [b"", b"\0", DATA, b"x" * 3_000_000])
def test_what_is_put_comes_back(store: Store, data: bytes) -> None:
    """The same bytes, under their kind and key alone, for this and for the next process."""
    assert store.get("set", KEY) is None
    assert store.put("set", KEY, data)
    assert store.get("set", KEY) == data
    assert Store(store.folder, secret=SECRET).get("set", KEY) == data
    assert store.get("edited", KEY) is None
    assert store.get("set", KEY[::-1]) is None


def test_what_is_put_again_is_what_comes_back(store: Store) -> None:
    """The last one, and one file."""
    store.put("set", KEY, b"first")
    store.put("set", KEY, b"second")
    assert store.get("set", KEY) == b"second"
    assert len(entries(store)) == 1


def test_what_is_dropped_is_gone(store: Store) -> None:
    """And to drop what is not there is no error."""
    store.put("set", KEY, DATA)
    store.drop("set", KEY)
    store.drop("set", KEY)
    assert store.get("set", KEY) is None


def test_a_store_is_passed_over_by_git_and_backups(store: Store) -> None:
    """Whatever the project's own .gitignore says."""
    store.put("set", KEY, DATA)
    assert (store.folder / ".gitignore").read_text("utf-8") == "*\n"
    tag = (store.folder / "CACHEDIR.TAG").read_text("utf-8")
    assert tag.startswith("Signature: 8a477f597d28d172789f06886806bc55")


def flipped(at: int) -> Callable[[Path], None]:
    """Damage: one bit of one byte."""

    def damage(path: Path) -> None:
        data = bytearray(path.read_bytes())
        data[at] ^= 1
        path.write_bytes(data)

    return damage


def cut(length: int) -> Callable[[Path], None]:
    """Damage: only so many bytes are left."""

    def damage(path: Path) -> None:
        path.write_bytes(path.read_bytes()[:length])

    return damage


def lengthened(path: Path) -> None:
    """Damage: a byte too many."""
    path.write_bytes(path.read_bytes() + b"\0")


def another_s(path: Path) -> None:
    """What somebody else's reelpress kept under the same key, brought with the project."""
    theirs = Store(path.parent.parent.parent, secret=b"another")
    assert theirs.put("made", KEY, pickle.dumps("theirs", 5))


def of_another_key(path: Path) -> None:
    """A whole entry, in the place of another."""
    mine = Store(path.parent.parent.parent, secret=SECRET)
    assert mine.put("made", KEY[:-1] + "8", pickle.dumps("another", 5))
    path.with_name(KEY[2:-1] + "8").replace(path)


def of_another_kind(path: Path) -> None:
    """A whole entry of the same key, of other work."""
    mine = Store(path.parent.parent.parent, secret=SECRET)
    assert mine.put("other", KEY, pickle.dumps("another", 5))
    (mine.folder / "other" / KEY[:2] / KEY[2:]).replace(path)


def unsealed(path: Path) -> None:
    """A pickle as it is, in the hope that it is read."""
    path.write_bytes(pickle.dumps("theirs", 5))


DAMAGES = {
    **{f"byte {at} flipped": flipped(at) for at in (0, 1, 15, 31, 32, 33, -2, -1)},
    **{f"cut to {length}": cut(length) for length in (0, 1, 31, 32, 33, 40)},
    **{
        made.__name__: made
        for made in (lengthened, another_s, of_another_key, of_another_kind, unsealed)
    },
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_entry_is_none_and_made_again(
    store: Store, damage: Callable[[Path], None]
) -> None:
    """Its work is done anew, and what is kept then is whole."""
    task = Task(KEY, operator.add, ("whole ", "again"))
    assert Work(store).do("made", [task]) == ["whole again"]
    damage(entry(store))
    assert store.get("made", KEY) is None
    damage_again = store.folder / "made" / KEY[:2] / KEY[2:]
    assert not damage_again.exists(), "what can't be used takes no room"
    for reused in (False, True):
        work = Work(store)
        assert work.do("made", [task]) == ["whole again"]
        assert work.reused == {("made", KEY): reused}


class Changed:
    """A class that another version no longer has as it was."""

    def __reduce__(self) -> tuple[Any, ...]:
        return operator.getitem, ((), 0)


@pytest.mark.parametrize(
    "kept",
    [
        b"no pickle",
        b"creelpress.model\nNothingOfThatName\n.",
        b"cno.such.module\nName\n.",
        pickle.dumps(Changed(), 5),
    ],
)
def test_what_can_t_be_unpickled_is_made_again(store: Store, kept: bytes) -> None:
    """An entry that another version of reelpress, or of a library, has kept."""
    store.put("made", KEY, kept)
    work = Work(store)
    assert work.known("made", KEY) is None
    assert work.do("made", [Task(KEY, operator.add, (1, 2))]) == [3]
    assert work.known("made", KEY) == 3


def test_a_store_that_can_t_be_used_raises_nothing(tmp_path: Path) -> None:
    """A file in the folder's place, a folder in an entry's: the work is done all the same."""
    (tmp_path / "file").write_bytes(b"in the way")
    store = Store(tmp_path / "file", secret=SECRET)
    assert not store.put("made", KEY, DATA)
    assert store.get("made", KEY) is None
    assert Work(store).do("made", [Task(KEY, operator.add, (1, 2))]) == [3]
    store.grown = True
    store.prune()
    store = Store(tmp_path / "kept", secret=SECRET)
    (store.folder / "made" / KEY[:2] / KEY[2:]).mkdir(parents=True)
    assert not store.put("made", KEY, DATA)
    assert store.get("made", KEY) is None
    store.drop("made", KEY)
    assert entries(store) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are Unix's")
def test_an_entry_that_is_no_file_holds_nothing_up(store: Store) -> None:
    """A pipe that nobody writes to."""
    store.put("made", KEY, DATA)
    path = entry(store)
    path.unlink()
    os.mkfifo(path)
    assert store.get("made", KEY) is None


def linked(store: Store, where: str, target: Path) -> Path:
    """A store that came with a project, in which a link leads out; what lies there."""
    precious = target / "made" / KEY[:2] / "precious.txt"
    precious.parent.mkdir(parents=True)
    precious.write_bytes(b"x" * 1000)
    link = store.folder / where
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(target / where, target_is_directory=True)
    return precious


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
@pytest.mark.parametrize("where", [".", "made", f"made/{KEY[:2]}"])
def test_nothing_is_written_or_taken_away_where_a_link_leads(tmp_path: Path, where: str) -> None:
    """A project from elsewhere may hold one to what is not the store's."""
    store = Store(tmp_path / "project", most=0, secret=SECRET)
    store.folder = tmp_path / "project" / "kept"
    precious = linked(store, where, tmp_path / "mine")
    assert not store.put("made", KEY, DATA)
    assert store.get("made", KEY) is None
    store.drop("made", KEY)
    store.grown = True
    store.prune()
    store.clear()
    assert precious.read_bytes() == b"x" * 1000
    assert [p for p in (tmp_path / "mine").rglob("*") if p.is_file()] == [precious]


def aged(store: Store, number: int, age: int) -> None:
    """An entry of 1,000 bytes that was used so many seconds ago."""
    assert store.put("made", key(number), b"x" * (1000 - 32))
    path = store.folder / "made" / key(number)[:2] / key(number)[2:]
    os.utime(path, (1_700_000_000 - age,) * 2)


def held(store: Store) -> set[int]:
    """The numbers of the entries that are there (asked without using them)."""
    return {int(path.parent.name, 16) for path in entries(store)}


def test_what_was_used_least_recently_goes(store: Store) -> None:
    """As many as the store has no room for; what was read counts as used, and what was put."""
    for number in range(6):
        aged(store, number, age=100 - number)
    store.get("made", key(1))
    store.put("made", key(0), b"x" * (1000 - 32))
    store.most = 3000
    store.prune()
    assert held(store) == {0, 1, 5}


def test_a_store_with_room_keeps_everything(store: Store) -> None:
    """To the byte."""
    for number in range(6):
        aged(store, number, age=100 - number)
    store.most = 6000
    store.prune()
    assert held(store) == set(range(6))
    store.grown, store.most = True, 5999
    store.prune()
    assert held(store) == set(range(1, 6))


def test_a_build_that_kept_nothing_looks_over_nothing(store: Store) -> None:
    """When all was there already, the store is not gone through."""
    aged(store, 1, age=1)
    again = Store(store.folder, most=0, secret=SECRET)
    again.get("made", key(1))
    again.prune()
    assert held(store) == {1}
    with Work(again, jobs=1) as work:
        work.keep("made", key(2), "something")
    assert held(store) == set()


def test_what_a_killed_build_left_half_written_is_swept(store: Store) -> None:
    """But not what a build that runs is writing, and no entry."""
    store.put("made", KEY, DATA)
    with script("") as ended:
        ended.communicate(timeout=60)
    path = entry(store)
    left, mine, odd = (
        path.with_name(f"{path.name}.{ended.pid}.7.part"),
        path.with_name(f"{path.name}.{os.getpid()}.99.part"),
        path.with_name("a.part"),
    )
    for half in (left, mine, odd):
        half.write_bytes(b"half")
    store.prune()
    assert mine.exists()
    assert not left.exists()
    assert not odd.exists()
    assert store.get("made", KEY) == DATA


def test_clearing_tells_how_much_was_freed(store: Store) -> None:
    """Every byte, half-written ones too; and nothing is left, nor is an error to clear again."""
    for number in range(3):
        aged(store, number, age=number)
    (store.folder / "made" / "half.part").write_bytes(b"12345")
    own = sum(path.stat().st_size for path in store.folder.iterdir() if path.is_file())
    assert store.clear() == 3005 + own
    assert not store.folder.exists()
    assert store.clear() == 0
    assert store.put("made", KEY, DATA)


AT_ONCE = """
import sys
from pathlib import Path
from reelpress.work import Store
store = Store(Path(sys.argv[1]), secret=b"a secret of this test's")
name = sys.argv[2].encode()
sys.stdin.readline()
hits = 0
for turn in range(400):
    key = f"{turn % 5:040}"
    assert store.put("made", key, name * 20_000)
    found = store.get("made", key)
    assert found is None or found in (b"a" * 20_000, b"b" * 20_000), found[:20]
    hits += found is not None
print(hits)
"""


class Process(subprocess.Popen[str]):
    """One that a test does not wait for if it has failed."""

    def __exit__(self, *error: Any) -> None:
        self.kill()
        super().__exit__(*error)


def script(code: str, *arguments: str | Path, **options: Any) -> Process:
    """Python, as another process, that knows reelpress."""
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
    return Process(
        [sys.executable, "-c", code, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), **options.pop("env", {})},
        stdin=subprocess.PIPE,
        encoding="utf-8",
        **options,
    )


def test_two_builds_at_once_harm_nothing(tmp_path: Path) -> None:
    """Both put and get the same keys: each finds a whole entry, its own or the other's."""
    both = [script(AT_ONCE, tmp_path / "kept", name) for name in ("a", "b")]
    for process in both:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in both:
        hits, said = process.communicate(timeout=60)
        assert (process.returncode, said) == (0, "")
        assert int(hits) == 400
    store = Store(tmp_path / "kept", secret=SECRET)
    assert len(entries(store)) == 5


PUTS = """
import sys
from itertools import count
from pathlib import Path
from reelpress.work import Store
store = Store(Path(sys.argv[1]), secret=b"a secret of this test's")
print("begun", flush=True)
for number in count():
    store.put("made", f"{number % 7:040}", str(number % 10).encode() * 300_000)
"""


@pytest.mark.skipif(os.name == "nt", reason="signals are Unix's")
def test_a_build_that_is_killed_leaves_whole_entries(tmp_path: Path) -> None:
    """Killed eight times in the midst of putting; what is half-written the next prune takes."""
    store = Store(tmp_path / "kept", secret=SECRET)
    found = 0
    for turn in range(8):
        with script(PUTS, store.folder) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "begun\n"
            time.sleep(0.02 + 0.017 * turn)
            process.kill()
        for number in range(7):
            data = store.get("made", f"{number:040}")
            found += data is not None
            assert data is None or data == data[:1] * 300_000
        whole = [path for path in entries(store) if path.suffix != ".part"]
        assert {path.stat().st_size for path in whole} == {300_000 + 32}
    assert found > 8
    store.grown = True
    store.prune()
    assert [path for path in entries(store) if path.suffix == ".part"] == []


# ── the seal's secret ────────────────────────────────────────────────────────────────────


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user who has no secret yet; the file that it will be in."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    return tmp_path / "home" / "reelpress" / "seal"


def test_the_secret_is_made_once(home: Path, tmp_path: Path) -> None:
    """This user's alone, and the next process's too."""
    assert Store(tmp_path / "kept").put("made", KEY, DATA)
    assert Store(tmp_path / "kept").get("made", KEY) == DATA
    assert len(home.read_bytes()) == 32
    assert [path.name for path in home.parent.iterdir()] == ["seal"]
    if os.name == "posix":
        assert stat.S_IMODE(home.stat().st_mode) == 0o600
        assert stat.S_IMODE(home.parent.stat().st_mode) & 0o077 == 0
    home.unlink()
    assert Store(tmp_path / "kept").get("made", KEY) is None, "another secret, another seal"


def test_processes_that_begin_at_once_have_one_secret(home: Path, tmp_path: Path) -> None:
    """Whichever makes it first."""
    code = (
        "import sys; from pathlib import Path; from reelpress.work import Store; input();"
        "Store(Path(sys.argv[1])).put('made', sys.argv[2] * 40, b'x')"
    )
    many = [script(code, tmp_path / "kept", name) for name in "abcd"]
    for process in many:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    assert [process.communicate(timeout=60)[1] for process in many] == [""] * 4
    store = Store(tmp_path / "kept")
    assert [store.get("made", name * 40) for name in "abcd"] == [b"x"] * 4
    assert [path.name for path in home.parent.iterdir()] == ["seal"]


@pytest.mark.parametrize("kept", [b"", b"short", b"x" * 33])
def test_a_secret_that_is_none_is_made_anew(home: Path, tmp_path: Path, kept: bytes) -> None:
    """Cut short by a full disk: no process goes on with it."""
    home.parent.mkdir(parents=True)
    home.write_bytes(kept)
    Store(tmp_path / "kept")
    Store(tmp_path / "kept").put("made", KEY, DATA)
    assert Store(tmp_path / "kept").get("made", KEY) == DATA
    assert len(home.read_bytes()) == 32


def test_where_no_secret_can_be_kept_each_process_has_its_own(home: Path, tmp_path: Path) -> None:
    """A home that can't be written: entries serve this build, and no other believes them."""
    home.parent.parent.write_bytes(b"a file, not a folder")
    store = Store(tmp_path / "kept")
    assert store.put("made", KEY, DATA)
    assert store.get("made", KEY) == DATA
    assert Store(tmp_path / "kept").get("made", KEY) is None


def test_no_secret_is_taken_from_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A relative path to the user's caches would lead into a folder that may be a stranger's."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", "caches")
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    Store(tmp_path / "kept").put("made", KEY, DATA)
    assert not (tmp_path / "caches").exists()
    assert (tmp_path / "home" / ".cache" / "reelpress" / "seal").is_file()


# ── keys ─────────────────────────────────────────────────────────────────────────────────

PLAIN = some.none() | some.booleans() | some.integers() | some.floats(allow_nan=False)
VALUES = some.recursive(
    PLAIN | some.text() | some.binary(),
    lambda inner: (
        some.lists(inner, max_size=4)
        | some.tuples(inner, inner)
        | some.dictionaries(some.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(VALUES)
def test_a_value_and_its_copy_have_one_key(value: object) -> None:
    """However often it went through a store, and whatever it shares within itself."""
    copy = pickle.loads(pickle.dumps(value, 5))
    assert digest(value) == digest(copy)
    assert digest([value, value]) == digest([value, copy])
    assert digest(value, "more") == digest(copy, "more")


@given(VALUES, VALUES)
def test_different_values_have_different_keys(one: object, other: object) -> None:
    """And so have values in another order, or one more of them."""
    assume(one != other)
    assert digest(one) != digest(other)
    assert digest(one, other) != digest(other, one)
    assert digest(one) != digest(one, other)
    assert digest((one, other)) != digest(one, other)


def test_kinds_of_values_are_told_apart() -> None:
    """What is equal to Python alone is not the same to a template."""
    alike = [1, 1.0, True, "1", b"1", [1], (1,), {1: 1}, [], (), {}, "", b"", None, 0, False]
    assert len({digest(value) for value in alike}) == len(alike)


SPECIMENS = """
import sys
sys.path.insert(0, "src")
from reelpress import press
from reelpress.work import digest
run = press("tests/specimen", bound=False)
for book in run.pressed:
    print(digest(book.anthology), digest(book.galley), digest(book.findings))
"""


@pytest.mark.slow
def test_the_nouns_have_the_same_keys_in_every_process() -> None:
    """An anthology, a galley, findings: whatever Python's hashes are today, or kept and read."""
    said = set()
    for seed in ("0", "1", "4242"):
        with script(SPECIMENS, cwd=ROOT, env={"PYTHONHASHSEED": seed}) as process:
            out, error = process.communicate(timeout=60)
        assert (process.returncode, error) == (0, "")
        said.add(out)
    assert len(said) == 1
    from reelpress import press

    (book,) = press(ROOT / "tests" / "specimen", bound=False).pressed
    for noun in (book.anthology, book.galley, book.findings):
        assert digest(noun) == digest(pickle.loads(pickle.dumps(noun, 5)))


# ── doing ────────────────────────────────────────────────────────────────────────────────

SEEN: list[Any] = []
"""What was done in this process."""


def note(what: Any) -> Any:
    """A task that can be seen to be done."""
    SEEN.append(what)
    return what


@pytest.fixture(autouse=True)
def _nothing_seen() -> None:
    SEEN.clear()


@pytest.fixture(params=[1, 2])
def jobs(request: pytest.FixtureRequest) -> int:
    """In this process, and in two others."""
    return int(request.param)


def many(call: Callable[..., Any], count: int = 12) -> list[Task]:
    """Tasks of one number each."""
    return [Task(key(n), call, (n,), weight=n % 5) for n in range(count)]


def spelled(number: int) -> dict[str, Any]:
    """A result with something of everything."""
    return {"number": number, "words": (str(number),) * 3, "data": bytes(number), "none": None}


def test_results_are_the_same_wherever_they_are_made(tmp_path: Path) -> None:
    """In this process or in others, fresh or kept, in the tasks' own order."""
    tasks = many(spelled, 40)
    wanted = [spelled(n) for n in range(40)]
    for jobs in (1, 2):
        store = Store(tmp_path / str(jobs), secret=SECRET)
        for reused in (False, True):
            with Work(store, jobs) as work:
                assert work.do("made", tasks, batch=3) == wanted
            assert work.reused == {("made", task.key): reused for task in tasks}
        with Work(None, jobs) as work:
            assert work.do("made", tasks) == wanted
    kept = [
        [path.read_bytes() for path in entries(Store(tmp_path / jobs, secret=SECRET))]
        for jobs in ("1", "2")
    ]
    assert kept[0] == kept[1]
    assert len(kept[0]) == 40


def test_equal_keys_are_done_once(jobs: int) -> None:
    """Every place that asks for it gets it."""
    tasks = [Task(key(n % 6), time.monotonic_ns) for n in range(18)]
    with Work(None, jobs) as work:
        made = work.do("made", tasks)
    assert made == made[:6] * 3
    assert len(set(made)) == 6


def test_what_is_kept_is_not_done_again(store: Store) -> None:
    """Only what is new; a result of None is one too."""
    Work(store).do("made", [Task(key(n), note, (n,)) for n in (1, 2)])
    Work(store).do("made", [Task(KEY, note, (None,))])
    SEEN.clear()
    work = Work(store)
    tasks = [Task(key(n), note, (n,)) for n in (1, 2, 3)]
    assert work.do("made", [*tasks, Task(KEY, note, (None,))]) == [1, 2, 3, None]
    assert SEEN == [3]
    assert work.reused == {
        ("made", key(1)): True,
        ("made", key(2)): True,
        ("made", key(3)): False,
        ("made", KEY): True,
    }
    assert work.do("other", tasks[:1]) == [1]
    assert SEEN == [3, 1]


def test_the_longest_are_begun_first() -> None:
    """So that none is left over when the others are done; equal ones in their order."""
    weights = [3, 1, 4, 1, 5, 9, 2, 6]
    tasks = [Task(key(n), note, ((w, n),), w) for n, w in enumerate(weights)]
    assert Work().do("made", tasks) == [(w, n) for n, w in enumerate(weights)]
    assert SEEN == [(9, 5), (6, 7), (5, 4), (4, 2), (3, 0), (2, 6), (1, 1), (1, 3)]


def where(number: int) -> tuple[int, int]:
    """The process in which a task is done, and its turn there."""
    SEEN.append(number)
    time.sleep(0.005)
    return os.getpid(), len(SEEN)


def test_short_tasks_go_in_batches() -> None:
    """Those of one batch are done by one process, one after the other."""
    with Work(None, 2) as work:
        tasks = [Task(key(n), where, (n,)) for n in range(24)]
        made = work.do("made", tasks, batch=3)
    assert os.getpid() not in {process for process, _ in made}
    for at in range(0, 24, 3):
        (process, turn), *others = made[at : at + 3]
        assert others == [(process, turn + 1), (process, turn + 2)]


def meet(folder: Path, number: int) -> bool:
    """A task that ends when another of its kind is being done elsewhere."""
    (folder / f"{number}.{os.getpid()}").touch()
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if len({path.suffix for path in folder.iterdir()}) > 1:
            return True
        time.sleep(0.01)
    return False


def test_tasks_are_done_side_by_side(tmp_path: Path) -> None:
    """By as many processes as there are jobs."""
    with Work(None, 2) as work:
        assert all(work.do("made", [Task(key(n), meet, (tmp_path, n)) for n in range(6)]))
    assert len({path.suffix for path in tmp_path.iterdir()}) == 2


def test_a_few_tasks_are_done_here() -> None:
    """Before another process could begin they are done."""
    with Work(None, 8) as work:
        assert work.do("made", many(note, 2)) == [0, 1]
        assert work.do("made", many(note, 50), batch=50) == list(range(50))
        assert len(SEEN) == 52
        assert multiprocessing.active_children() == []


def test_progress_counts_what_is_finished(store: Store, jobs: int) -> None:
    """From what was there already to all, one by one."""
    Work(store).do("made", many(note, 12)[:5])
    said: list[tuple[int, int]] = []
    with Work(store, jobs) as work:
        work.do("made", many(note, 12), progress=lambda done, of: said.append((done, of)))
        assert said == [(done, 12) for done in range(5, 13)]
        said.clear()
        work.do("made", many(note, 12), progress=lambda done, of: said.append((done, of)))
        work.do("made", [], progress=lambda done, of: said.append((done, of)))
    assert said == [(12, 12), (0, 0)]


class OddError(Exception):
    """One that can't go from process to process."""

    def __init__(self, what: str, *, why: str) -> None:
        super().__init__(what)
        self.why = why


def fail(number: int) -> int:
    """Some tasks fail."""
    if number == 3:
        raise LookupError("three", number)
    return number


def fail_oddly(number: int) -> int:
    """Some tasks fail in a way of their own."""
    if number == 3:
        raise OddError("three", why="odd")
    return number


def test_an_exception_comes_through(store: Store, jobs: int) -> None:
    """As it was raised; what is done is kept, and the work can go on."""
    with Work(store, jobs) as work:
        with pytest.raises(LookupError) as caught:
            work.do("made", many(fail))
        assert caught.value.args == ("three", 3)
        assert work.known("made", key(3)) is None
        if jobs == 1:
            assert work.known("made", key(4)) == 4, "begun before, as it takes longer"
        assert work.do("other", many(spelled)) == [spelled(n) for n in range(12)]


def test_an_exception_that_can_t_travel_is_told() -> None:
    """By its name and words, not as a broken pool."""
    with Work(None, 2) as work, pytest.raises(RuntimeError, match="OddError: three"):
        work.do("made", many(fail_oddly))


def die(number: int) -> int:
    """A worker ends over one task."""
    if number == 3:
        os._exit(9)
    return number


def test_a_worker_that_dies_is_said(store: Store) -> None:
    """An OSError, which the command line tells in one line; nothing waits, nothing is left."""
    with Work(store, 2) as work:
        with pytest.raises(ChildProcessError, match="worker process has ended"):
            work.do("made", many(die))
        assert multiprocessing.active_children() == []
        assert work.do("other", many(spelled)) == [spelled(n) for n in range(12)]
    assert multiprocessing.active_children() == []


def test_a_server_that_ends_over_what_it_loads_is_said(tmp_path: Path) -> None:
    """A library that breaks the process which loads it is no riddle either."""
    (tmp_path / "breaks_all.py").write_text("import os\nos._exit(7)\n", encoding="utf-8")
    code = (
        "from reelpress.work import Task, Work\n"
        "tasks = [Task(f'{n:040}', len, ('four',)) for n in range(9)]\n"
        "with Work(None, 2, preload=('breaks_all',)) as work:\n"
        "    try: work.do('made', tasks)\n"
        "    except ChildProcessError as error: print(error)\n"
    )
    path = os.pathsep.join((str(ROOT / "src"), str(tmp_path)))
    with script(code, env={"PYTHONPATH": path}) as process:
        out, said = process.communicate(timeout=60)
    assert out.startswith("a worker process has ended")
    assert said == ""


class Heavy:
    """A value that leaves a mark wherever it is opened."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __reduce__(self) -> tuple[Any, ...]:
        return _open, (self.folder,)


def _open(folder: Path) -> Heavy:
    path = folder / f"{os.getpid()}"
    path.write_text(path.read_text("utf-8") + "x" if path.exists() else "x", "utf-8")
    return Heavy(folder)


def use(heavy: Heavy, number: int) -> tuple[int, int]:
    """A task that needs it."""
    assert isinstance(heavy, Heavy)
    time.sleep(0.005)
    return os.getpid(), number


def test_what_is_shared_is_opened_once_by_each_worker(tmp_path: Path) -> None:
    """Not for each task; and in the process that shares it not at all."""
    with Work(None, 2) as work:
        heavy = work.share(Heavy(tmp_path), KEY)
        tasks = [Task(key(n), use, (heavy, n)) for n in range(24)]
        made = work.do("made", tasks)
    assert [number for _, number in made] == list(range(24))
    marks = {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()}
    assert marks == {str(process): "x" for process, _ in made}
    with Work() as work:
        heavy = work.share(Heavy(tmp_path), KEY)
        assert work.do("made", [Task(KEY, use, (heavy, 1))]) == [(os.getpid(), 1)]
    assert str(os.getpid()) not in {path.name for path in tmp_path.iterdir()}


def test_a_shared_value_s_key_is_its_digest(jobs: int) -> None:
    """Unless it is known; it is part of no pickle, for the value may be large."""
    with Work(None, jobs) as work:
        shared = work.share("x" * 100_000)
        assert shared.key == digest("x" * 100_000)
        assert work.share("x" * 100_000, KEY).key == KEY
        assert len(pickle.dumps(shared)) < 1000
        assert isinstance(shared, Shared)


def test_two_works_with_one_value_do_not_disturb_each_other() -> None:
    """What one shares lasts as long as its tasks."""
    with Work() as one:
        task = Task(KEY, note, (one.share("value", KEY),))
        with Work() as other:
            other.share("value", KEY)
        assert one.do("made", [task]) == ["value"]


def grow(data: bytes, number: int) -> bytes:
    """A large result of a large argument."""
    return data + bytes([number]) * 3_000_000


@pytest.mark.parametrize("kept", [True, False])
def test_large_results_hold_nothing_up(tmp_path: Path, kept: bool) -> None:
    """Nor do large arguments; with a store or without, or with one that can't be written."""
    store = Store(tmp_path / "kept", secret=SECRET) if kept else None
    for place in (store, Store(Path(os.devnull), secret=SECRET)):
        with Work(place, 2) as work:
            tasks = [Task(key(n), grow, (b"x" * 300_000, n)) for n in range(8)]
            made = work.do("made", tasks)
        assert [(len(data), data[0], data[-1]) for data in made] == [
            (3_300_000, 120, number) for number in range(8)
        ]


def test_memory_holds_the_results_alone(tmp_path: Path) -> None:
    """Not their pickles too, nor the tasks' arguments again."""
    tasks = [Task(f"{n:040}", operator.mul, (b"x", 50_000)) for n in range(600)]
    for jobs in (1, 2):
        with Work(Store(tmp_path / str(jobs), secret=SECRET), jobs) as work:
            tracemalloc.start()
            try:
                made = work.do("made", tasks, batch=10)
                _, most = tracemalloc.get_traced_memory()
            finally:
                tracemalloc.stop()
        assert sum(map(len, made)) == 30_000_000
        assert most < 35_000_000


def test_what_is_handed_over_takes_no_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a store nothing stays in the temporary folder once it was taken; at last no folder.

    Which may lie in memory.
    """
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with Work(None, 2) as work:
        work.do("made", [Task(key(n), grow, (b"x", n)) for n in range(8)])
        (folder,) = tmp_path.iterdir()
        if os.name == "posix":
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) < 1000
    assert list(tmp_path.iterdir()) == []


def lay_down(number: int) -> str:
    """A task that needs a passing file, and has no time to take it away."""
    del number
    return tempfile.mkdtemp()


def test_what_workers_lay_down_goes_with_the_build() -> None:
    """They may be ended in the midst of anything."""
    with Work(None, 2) as work:
        made = work.do("made", many(lay_down))
        assert len({Path(folder) for folder in made if Path(folder).is_dir()}) == 12
    assert not any(Path(folder).exists() for folder in made)


class Forgetful(Store):
    """One that another process empties at once."""

    def get(self, kind: str, key: str) -> bytes | None:
        """Nothing, ever."""
        self.drop(kind, key)
        return super().get(kind, key)


def test_an_entry_that_goes_while_it_is_handed_over_is_made_here(tmp_path: Path) -> None:
    """`reelpress clean` in another window harms no build."""

    with Work(Forgetful(tmp_path / "kept", secret=SECRET), 2) as work:
        assert work.do("made", many(spelled)) == [spelled(n) for n in range(12)]


# ── executors ────────────────────────────────────────────────────────────────────────────


@pytest.fixture(params=["here", "pool"])
def executor(request: pytest.FixtureRequest) -> Iterator[Executor]:
    """Each of the executors that work can be done in."""
    with Work(None, 1 if request.param == "here" else 2) as work:
        made = work.executor()
        assert isinstance(made, InProcess) == (request.param == "here")
        yield made


def test_an_executor_does_what_executors_do(executor: Executor) -> None:
    """Futures, map in order, exceptions with the future, keywords; none after its shutdown."""
    assert list(executor.map(operator.add, range(5), range(5))) == [0, 2, 4, 6, 8]
    future = executor.submit(int, "ff", base=16)
    assert future.result(timeout=30) == 255
    assert future.done()
    assert not future.cancel()
    told: list[Any] = []
    failed = executor.submit(fail, 3)
    failed.add_done_callback(lambda done: told.append(type(done.exception())))
    assert isinstance(failed.exception(timeout=30), LookupError)
    with pytest.raises(LookupError, match="three"):
        failed.result()
    assert told == [LookupError]
    with pytest.raises(LookupError, match="three"):
        list(executor.map(fail, range(5)))
    executor.shutdown(wait=True)
    executor.shutdown(wait=True, cancel_futures=True)
    with pytest.raises(RuntimeError):
        executor.submit(int, "1")


def interrupt() -> None:
    """Ctrl-C, while a task is being done here."""
    raise KeyboardInterrupt


def test_ctrl_c_is_kept_by_no_future() -> None:
    """In this process it is told at once, not when somebody asks."""
    with InProcess() as executor, pytest.raises(KeyboardInterrupt):
        executor.submit(interrupt)


# ── processes ────────────────────────────────────────────────────────────────────────────

BUILD = """
import sys, time
from pathlib import Path
from reelpress.work import Store, Task, Work
seconds = float(sys.argv[1])
with Work(None, 2, preload=("no.such.module", "slow_to_load")) as work:
    tasks = [Task(f"{n:040}", time.sleep, (seconds,)) for n in range(20)]
    said = lambda done, of: print("done", done, flush=True)
    work.do("made", [Task("0" * 40 + str(n), time.sleep, (0,)) for n in range(20)], progress=said)
    print("begun", flush=True)
    work.do("made", tasks)
"""


def others(session: int) -> list[str]:
    """The processes of a session, by what was called."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text("utf-8").rpartition(")")[2].split()
            called = path.with_name("cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(called)
    return found


def gone(session: int, seconds: float = 10) -> list[str]:
    """The processes of a session that are there still, after so long at most."""
    until = time.monotonic() + seconds
    while (found := others(session)) and time.monotonic() < until:
        time.sleep(0.05)
    return found


@SESSIONS
def test_no_process_outlives_the_build(passing: Path) -> None:
    """And nothing is said, not of a library either that is not there to be loaded before."""
    around = {"TMPDIR": str(passing)}
    with script(BUILD, "0.01", start_new_session=True, env=around) as process:
        out, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (0, "")
    assert out.splitlines()[-1] == "begun"
    assert gone(process.pid) == []
    assert list(passing.iterdir()) == []


@pytest.fixture(params=["short", "long"])
def passing(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A folder for temporary files; beside one of a long path no server can have its socket, and
    each worker begins from nothing."""
    if request.param == "long":
        folder = tmp_path / ("long-" * 20)
        folder.mkdir()
        yield folder
    else:
        with tempfile.TemporaryDirectory(prefix="short-") as name:
            yield Path(name)


@SESSIONS
@pytest.mark.parametrize(
    ("at", "later"),
    [*(("done 0", later) for later in (0, 0.05, 0.3, 0.6)), ("done 1", 0), ("begun", 0.1)],
)
def test_ctrl_c_ends_all_at_once(tmp_path: Path, passing: Path, at: str, later: float) -> None:
    """However long a task takes, and however early it comes: one interruption, and no more said.

    A terminal sends it to every process of the build, of which one is loading libraries.
    """
    (tmp_path / "slow_to_load.py").write_text("import time\ntime.sleep(0.5)\n", encoding="utf-8")
    path = os.pathsep.join((str(ROOT / "src"), str(tmp_path)))
    around = {"PYTHONPATH": path, "TMPDIR": str(passing)}
    with script(BUILD, "60", start_new_session=True, env=around) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.strip() == at:
                break
        time.sleep(later)
        started = time.monotonic()
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=30)
    assert time.monotonic() - started < 10
    assert said.count("Traceback") == 1
    assert said.rstrip().endswith("KeyboardInterrupt")
    assert process.returncode in (-signal.SIGINT, 128 + signal.SIGINT)  # as Python manages
    assert gone(process.pid) == []
    assert list(passing.iterdir()) == []


@SESSIONS
def test_workers_do_not_outlive_a_build_that_is_killed(passing: Path) -> None:
    """Even if it had no time to tell them; nor do its passing files."""
    around = {"TMPDIR": str(passing)}
    with script(BUILD, "60", start_new_session=True, env=around) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.strip() == "begun":
                break
        time.sleep(0.2)
        assert len(others(process.pid)) > 2
        assert len(list(passing.glob("reelpress-*"))) == 1
        process.kill()
    assert gone(process.pid) == []
    assert list(passing.glob("reelpress-*")) == []


def test_a_script_needs_no_guard(tmp_path: Path) -> None:
    """Workers do not run the file again that began the work."""
    path = tmp_path / "mine.py"
    path.write_text(f"print('read')\n{BUILD}", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, path, "0"],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines().count("read") == 1
    assert done.stdout.splitlines().count("begun") == 1


def test_one_job_needs_no_process() -> None:
    """Nor the libraries that start one."""
    code = (
        "import sys; from reelpress.work import Task, Work\n"
        "with Work() as work: print(work.do('made', [Task('k' * 40, len, ('four',))] * 9))\n"
        "print(sorted({'multiprocessing', 'concurrent.futures.process'} & set(sys.modules)))"
    )
    with script(code) as process:
        out, said = process.communicate(timeout=60)
    assert (out, said) == (f"{[4] * 9}\n[]\n", "")
