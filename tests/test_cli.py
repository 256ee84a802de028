"""The commands: what they do, say, leave alone, and return."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from hashlib import sha256
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from test_volumes import MANUSCRIPTS, ROOT, TICKETS, bench, reelpress

CLEAN, FAILED, USAGE, FINDINGS, INTERRUPTED = 0, 1, 2, 3, 130


def call(*arguments: str | Path) -> tuple[int, str, str]:
    """A command in this process: exit code, standard output, standard error."""
    from reelpress.cli.main import app

    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout, done.stderr


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scaffold, its EPUB built: to look at, not to change."""
    folder = tmp_path_factory.mktemp("made") / "mine"
    assert call("init", folder)[0] == CLEAN
    code, said, _ = call("build", "-C", folder, "--only", "epub")
    assert code == CLEAN, said
    return folder


@pytest.fixture
def house(made: Path, tmp_path: Path) -> Path:
    """A copy of the scaffold, to change."""
    return shutil.copytree(made, tmp_path / "mine")


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, byte for byte."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def break_it(house: Path, text: str = "reveiwer: A. Writer\nruntime: soon\n") -> None:
    """Give one review of the scaffold an error (and a warning)."""
    review = house / "manuscripts" / "reviews" / "the-general.md"
    before = review.read_text(encoding="utf-8")
    review.write_text(before.replace("rating: 5/5\n", f"rating: 5/5\n{text}"), encoding="utf-8")


# ── init ─────────────────────────────────────────────────────────────────────────────────


def test_a_scaffold_has_what_a_project_needs(made: Path) -> None:
    """Tickets, people, imprint, two reviews, schemas for editors, and its own ignored files."""
    names = contents(made).keys()
    assert {
        "manuscripts/imprint.yaml",
        "manuscripts/people.yaml",
        "manuscripts/anthologies/first.yaml",
        ".gitignore",
        "build/.gitignore",
    } <= names
    assert sum(n.startswith("manuscripts/reviews/") for n in names) == 2
    schemas = {n for n in names if n.endswith(".schema.json")}
    assert len(schemas) == 4
    for name in names:
        path = made / name
        if path.suffix in (".yaml", ".md") and "$schema=" in path.read_text(encoding="utf-8"):
            (asked,) = re.findall(r"\$schema=(\S+)", path.read_text(encoding="utf-8"))
            assert (path.parent / asked).is_file(), f"{name} refers an editor to {asked}"


def test_a_scaffold_builds_at_once_and_cleanly(house: Path) -> None:
    """Without one finding."""
    code, said, _ = call("check", "-C", house, "--strict", "--json")
    assert (code, json.loads(said)["findings"]) == (CLEAN, [])


def test_init_writes_over_nothing(tmp_path: Path) -> None:
    """One file in the way, and nothing at all is written."""
    folder = tmp_path / "mine"
    (folder / "manuscripts").mkdir(parents=True)
    (folder / "manuscripts" / "people.yaml").write_text("mine: {name: Me}\n", encoding="utf-8")
    before = contents(folder)
    code, _, said = call("init", folder)
    assert code == USAGE
    assert "people.yaml" in said
    assert contents(folder) == before


def test_init_goes_into_a_folder_of_other_things(tmp_path: Path) -> None:
    """What is not in the way is left alone."""
    (tmp_path / "README").write_text("mine", encoding="utf-8")
    assert call("init", tmp_path)[0] == CLEAN
    assert (tmp_path / "README").read_text(encoding="utf-8") == "mine"


@pytest.mark.checkers
def test_a_scaffold_builds_all_its_volumes(tmp_path: Path) -> None:
    """EPUB and PDF, as a person would: init, cd, build."""
    assert reelpress("init", tmp_path / "mine").returncode == CLEAN
    done = reelpress("build", "--strict", cwd=tmp_path / "mine")
    assert (done.returncode, done.stderr) == (CLEAN, ""), done.stdout
    build = tmp_path / "mine" / "build"
    assert (build / "first" / "first.epub").is_file()
    assert (build / "first" / "first-print.pdf").is_file()
    lines = done.stdout.splitlines()
    assert re.search(r"first\.epub +\d+ sections +\d+ KB .*first/first\.epub$", lines[0])
    assert re.search(r"first-print\.pdf +\d+ pages +\d+ KB .*first/first-print\.pdf$", lines[1])


# ── build ────────────────────────────────────────────────────────────────────────────────


def test_an_error_leaves_build_byte_for_byte(house: Path) -> None:
    """Exit code 3, the place, the author's line, and nothing bound."""
    before = contents(house / "build")
    break_it(house)
    code, said, _ = call("build", "-C", house, "--only", "epub")
    assert code == FINDINGS
    assert contents(house / "build") == before
    assert re.search(r"the-general\.md:\d+:\d+: error: .*\[H006\]", said)
    assert '    Hint: did you mean "reviewer"?' in said
    assert "│ reveiwer: A. Writer" in said
    assert said.rstrip().endswith("Nothing was bound; build/ is as it was.")


def test_a_warning_forbids_only_a_strict_release(house: Path) -> None:
    """--strict: exit code 3 and nothing bound; without it the volume is there."""
    before = contents(house / "build")
    break_it(house, "reveiwer: A. Writer\n")
    assert call("build", "-C", house, "--only", "epub", "--strict")[0] == FINDINGS
    assert contents(house / "build") == before
    assert call("check", "-C", house, "--strict")[0] == FINDINGS
    assert call("check", "-C", house)[0] == CLEAN
    assert call("build", "-C", house, "--only", "epub")[0] == CLEAN


def test_a_draft_binds_what_can_be_bound_and_says_so(house: Path) -> None:
    """DRAFT in the title and in every section, the finding where it belongs, exit code 3."""
    from test_volumes import Book, plain

    break_it(house)
    code, said, _ = call("build", "-C", house, "--only", "epub", "--draft")
    assert code == FINDINGS
    assert "Nothing was bound" not in said
    epub = Book(house / "build" / "first" / "first.epub")
    assert epub.opf("//dc:title")[0].text.startswith("DRAFT")
    for name in epub.spine()[1:]:
        assert "DRAFT" in plain(epub.tree(name)), name
    assert "[H006]" in plain(epub.section("the-general"))
    assert "[H006]" not in plain(epub.section("late-spring"))
    assert "DRAFT" in (house / "build" / "index.html").read_text(encoding="utf-8")


@pytest.mark.checkers
def test_a_draft_s_pages_each_say_so(house: Path) -> None:
    """DRAFT on every page of the PDF that is not blank, and in its title."""
    import pikepdf

    from checkers import pdf_text

    break_it(house)
    assert call("build", "-C", house, "--only", "print", "--draft")[0] == FINDINGS
    path = house / "build" / "first" / "first-print.pdf"
    pages = [text.replace(" ", "") for text in pdf_text(path)]  # pdfium parts spaced letters
    assert [number for number, text in enumerate(pages, 1) if "DRAFT" not in text] == []
    with pikepdf.open(path) as pdf:
        assert str(pdf.docinfo["/Title"]).startswith("DRAFT")


def test_only_the_volume_asked_for_is_bound(made: Path) -> None:
    """--only epub leaves the PDF alone."""
    assert [p.name for p in (made / "build" / "first").glob("first*")] == ["first.epub"]


def test_out_is_somewhere_else(house: Path, tmp_path: Path) -> None:
    """--out: the volumes go there and build/ is as it was."""
    before = contents(house / "build")
    out = tmp_path / "deep" / "er"
    assert call("build", "-C", house, "--only", "epub", "--out", out)[0] == CLEAN
    assert contents(house / "build") == before
    assert (out / "first" / "first.epub").is_file()
    assert (out / "index.html").is_file()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["build", "nothing"], "no anthology nothing"),
        (["build", "--only", "scroll"], "no volume scroll"),
        (["build", "frist"], 'did you mean "first"?'),
        (["build", "--only", "prnt"], 'did you mean "print"?'),
        (["build", "--piece", "late-sprng"], 'no review late-sprng in first; did you mean "late-s'),
        (["build", "--piece", "nosferatu"], "no review nosferatu in first; `reelpress list"),
        (["build", "--piece", "late-spring", "--only", "epub"], "--piece is for PDFs"),
        (["build", "--jobs", "0"], "Invalid value for '--jobs'"),
        (["check", "-j", "many"], "Invalid value for '--jobs'"),
        (["build", "--nonsense"], "No such option"),
        (["check", "nothing"], "no anthology nothing"),
        (["list", "nothing"], "no anthology nothing"),
        (["list", "nothing", "--left-out"], "no anthology nothing"),
        (["stats", "nothing"], "no anthology nothing"),
        (["list"], "Missing argument"),
        (["schema", "poem"], "which one?"),
        (["rules", "H999"], "there is no rule H999"),
        (["nonsense"], "No such command"),
    ],
)
def test_wrong_usage(house: Path, arguments: list[str], said: str) -> None:
    """Exit code 2, one sentence, no traceback."""
    if arguments[0] in ("build", "check", "list", "stats"):
        arguments = [*arguments, "-C", str(house)]
    code, out, error = call(*arguments)
    assert (code, out) == (USAGE, "")
    assert said in " ".join(error.split())


def test_a_folder_that_is_no_project_is_wrong_usage(tmp_path: Path) -> None:
    """And `init` is named as the cure."""
    code, _, said = call("build", "-C", tmp_path)
    assert code == USAGE
    assert "reelpress init" in said
    code, _, said = call("clean", "-C", tmp_path)
    assert code == USAGE
    assert "no project" in said


def test_a_ticket_that_can_t_be_read_is_a_finding_whatever_is_asked_for(house: Path) -> None:
    """Nobody knows which volumes and reviews it has: the finding is told, not wrong usage."""
    ticket = house / "manuscripts" / "anthologies" / "first.yaml"
    ticket.write_text("title: [First\n", encoding="utf-8")
    for asked in (["--only", "epub"], ["--piece", "late-spring"]):
        code, said, error = call("build", "-C", house, *asked)
        assert (code, error) == (FINDINGS, "")
        assert "[H003]" in said


def test_a_disk_that_can_t_be_written_is_exit_code_1(house: Path) -> None:
    """The machine's fault, in one line, without a traceback."""
    (house / "in-the-way").write_text("a file, not a folder", encoding="utf-8")
    done = reelpress("build", "--only", "epub", "--out", "in-the-way", cwd=house)
    assert done.returncode == FAILED
    assert done.stderr.startswith("reelpress: ")
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="signals are Unix's")
@pytest.mark.parametrize("stage", ["editing", "composing", "binding"])
def test_an_interrupted_build_leaves_build_as_it_was(house: Path, stage: str) -> None:
    """Ctrl-C: exit code 130, one line, nothing changed."""
    before = contents(house / "build")
    general = house / "manuscripts" / "reviews" / "the-general.md"
    general.write_text(general.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "reelpress", "build", "-v", "--only", "epub"],
        cwd=house,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if line.startswith(stage):
                process.send_signal(signal.SIGINT)
                break
        _, said = process.communicate(timeout=60)
    assert process.returncode == INTERRUPTED
    assert "Traceback" not in said
    assert contents(house / "build") == before


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks /proc")
def test_an_interrupted_build_leaves_no_worker(house: Path) -> None:
    """Ctrl-C in a terminal reaches every process: one line is said, and all are gone."""
    from test_work import gone

    before = contents(house / "build")
    for number in range(400):
        text = (house / "manuscripts" / "reviews" / "the-general.md").read_text(encoding="utf-8")
        path = house / "manuscripts" / "reviews" / f"another-{number}.md"
        path.write_text(f"{text}\nNumber {number}.\n", encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "reelpress", "build", "-v", "-j", "2", "--only", "epub"],
        cwd=house,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        assert process.stderr is not None
        assert process.stderr.readline().startswith("editing (")
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == INTERRUPTED
    *stages, last = filter(None, said.splitlines())
    assert last == "reelpress: interrupted; build/ is as it was"
    assert [line for line in stages if not re.fullmatch(r"\w+: [\d.]+ s", line)] == []
    assert gone(process.pid) == []
    assert contents(house / "build") == before


def test_a_worker_that_died_is_exit_code_1(house: Path) -> None:
    """The machine's fault, in one line, with what to try."""
    code = (
        "import sys, reelpress.press as pressing\n"
        "from reelpress.cli import main\n"
        "def press(*_, **__): raise ChildProcessError('a worker process has ended')\n"
        "pressing.press = press\n"
        "sys.argv = ['reelpress', 'build']\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=house,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout) == (FAILED, "")
    assert done.stderr == "reelpress: a worker process has ended; try --jobs 1\n"


# ── what is kept ─────────────────────────────────────────────────────────────────────────


def reasons(house: Path, *arguments: str, **environment: str) -> dict[str, str]:
    """What `build --why` says of each piece of an EPUB."""
    done = reelpress(
        "build", "--only", "epub", "--why", *arguments, cwd=house, PYTHONHASHSEED="0", **environment
    )
    assert (done.returncode, done.stderr) == (CLEAN, ""), done.stdout
    lines = [line for line in done.stdout.splitlines() if line.startswith("first  ")]
    said = dict(line.removeprefix("first  ").split(maxsplit=1) for line in lines)
    assert len(said) == len(lines), "one line for each piece"
    return said


def test_finished_work_is_used_again_and_why_not_is_told(house: Path) -> None:
    """--why: a line for each piece; a changed text is the reason of its own piece alone."""
    shutil.rmtree(house / ".reelpress")
    first = reasons(house)
    assert {"r-late-spring", "r-the-general", "contents"} <= first.keys()
    assert all("(new)" in said for said in first.values())
    assert set(reasons(house).values()) == {"reused"}
    review = house / "manuscripts" / "reviews" / "the-general.md"
    review.write_text(review.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    said = reasons(house)
    assert "edited (text)" in said.pop("r-the-general")
    assert said.pop("r-late-spring") == "reused"
    assert said.pop("copyright") == "reused"
    assert first.keys() == {"r-the-general", "r-late-spring", "copyright", *said}


def test_json_tells_why(house: Path) -> None:
    """The same, piece by piece and stage by stage; only where it was asked for."""
    asked = ("build", "-C", house, "--only", "epub", "--json")
    assert "why" not in json.loads(call(*asked)[1])
    told = json.loads(call(*asked, "--why")[1])["why"]
    fields = {"anthology", "volume", "piece", "stage", "reused", "because"}
    assert all(why.keys() == fields for why in told)
    found = {(why["piece"], why["stage"]): why for why in told}
    assert found["r-the-general", "edited"]["reused"] is True
    assert found["r-the-general", "edited"]["because"] == []


def test_clean_forgets_all_finished_work(house: Path) -> None:
    """How much that was is said; build/ stays; the next build does everything anew."""
    before = contents(house / "build")
    kept = contents(house / ".reelpress")
    assert len(kept) > 5
    code, said, _ = call("clean", "-C", house)
    assert code == CLEAN
    size = f"{sum(map(len, kept.values())) / 1024:,.0f} KB freed"
    assert said == f"{house / '.reelpress'}: {size}\n"
    assert not (house / ".reelpress").exists()
    assert contents(house / "build") == before
    assert json.loads(call("clean", "-C", house, "--json")[1]) == {"freed": 0}
    assert all("(new)" in said for said in reasons(house).values())
    assert contents(house / "build") == before


def test_what_can_t_be_cleaned_is_exit_code_1(house: Path) -> None:
    """In one line."""
    shutil.rmtree(house / ".reelpress")
    (house / ".reelpress").write_bytes(b"no folder")
    done = reelpress("clean", cwd=house)
    assert (done.returncode, done.stdout) == (FAILED, "")
    assert re.fullmatch(r"reelpress: .*\.reelpress.*\n", done.stderr)


def test_a_build_needs_no_place_to_keep_its_work(house: Path) -> None:
    """A file in the folder's place: the same volumes, every time anew."""
    before = contents(house / "build")
    shutil.rmtree(house / ".reelpress")
    (house / ".reelpress").write_bytes(b"no folder")
    for _ in range(2):
        assert "reused" not in reasons(house).values()
        assert contents(house / "build") == before


def test_what_another_user_kept_is_not_believed(house: Path, tmp_path: Path) -> None:
    """A project may come with a .reelpress/ of its own: nothing of it reaches a book."""
    mine, theirs = str(tmp_path / "mine-caches"), str(tmp_path / "their-caches")
    shutil.rmtree(house / ".reelpress")
    reasons(house, XDG_CACHE_HOME=theirs)
    assert set(reasons(house, XDG_CACHE_HOME=theirs).values()) == {"reused"}
    assert all("(new)" in said for said in reasons(house, XDG_CACHE_HOME=mine).values())
    assert set(reasons(house, XDG_CACHE_HOME=mine).values()) == {"reused"}


@pytest.mark.parametrize("command", [["check"], ["list", "first"], ["stats"]])
def test_what_binds_nothing_keeps_its_work_too(house: Path, command: list[str]) -> None:
    """And a build finds it."""
    shutil.rmtree(house / ".reelpress")
    assert reelpress(*command, cwd=house).returncode == CLEAN
    assert not any("edited" in said for said in reasons(house).values())


@pytest.mark.slow
def test_any_number_of_jobs_makes_the_same_volumes(epubs: Path, tmp_path: Path) -> None:
    """From nothing kept, and from what was kept by others."""
    shutil.copytree(MANUSCRIPTS, tmp_path / "manuscripts")
    wanted = {name: data for name, data in contents(epubs).items() if name.endswith(".epub")}
    for jobs, out in (("3", "cold"), ("1", "warm")):
        done = reelpress(
            "build", "--only", "epub", "--jobs", jobs, "--out", tmp_path / out, cwd=tmp_path
        )
        assert (done.returncode, done.stderr) == (CLEAN, ""), done.stdout
        made = contents(tmp_path / out)
        assert {name: made[name] for name in wanted} == wanted


def test_jobs_are_as_many_as_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that this process may use, where that is known; at least one."""
    from reelpress.cli import works

    monkeypatch.setattr(os, "process_cpu_count", lambda: 5, raising=False)
    assert works.cores() == 5
    assert works.work(Path()).jobs == 1
    assert works.work(Path(), None).jobs == 5
    assert works.work(Path(), 3).jobs == 3
    monkeypatch.delattr(os, "process_cpu_count")
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 3}, raising=False)
    assert works.cores() == 2
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert works.cores() == 1


# ── one review alone ─────────────────────────────────────────────────────────────────────


@pytest.mark.checkers
def test_a_review_alone_has_its_own_pages(house: Path) -> None:
    """--piece: page for page as in the book, with its numbers and heads; the index knows nothing
    of it, and the volumes stay as they were."""
    from checkers import pdf_text

    assert call("build", "-C", house)[0] == CLEAN
    before = contents(house / "build")
    code, said, error = call("build", "-C", house, "--piece", "the-general")
    assert (code, error) == (CLEAN, "")
    name = "first/first-print-the-general.pdf"
    after = contents(house / "build")
    assert after.keys() - before.keys() == {name}
    assert {path: after[path] for path in before} == before
    book, alone = (pdf_text(house / "build" / path) for path in ("first/first-print.pdf", name))
    assert alone
    at = book.index(alone[0])
    assert book[at : at + len(alone)] == alone
    assert "A Man and His Engine" in alone[0]
    extent = f"{len(alone)} page{'s' if len(alone) != 1 else ''}"
    assert re.search(rf"first-print-the-general\.pdf +{extent} +\d+ KB .*{name}$", said)


@pytest.mark.checkers
def test_only_anthologies_that_have_a_review_are_pressed_for_it(house: Path) -> None:
    """And an unknown review is known by the names of all of them."""
    tickets = house / "manuscripts" / "anthologies"
    (tickets / "second.yaml").write_text(
        "title: S\nreviews: [late-spring]\nvolumes: {print: }\n", encoding="utf-8"
    )
    (tickets / "third.yaml").write_text(
        "title: T\nreviews: [the-general]\nvolumes: {epub: }\n", encoding="utf-8"
    )
    code, said, _ = call("build", "-C", house, "--piece", "the-general", "--json")
    assert code == CLEAN
    assert [v["path"] for v in json.loads(said)["volumes"]] == ["first/first-print-the-general.pdf"]
    assert call("build", "third", "-C", house, "--piece", "the-general")[0] == USAGE
    assert call("build", "second", "third", "-C", house, "--piece", "late-sp")[2].startswith(
        "reelpress: no review late-sp in second, third; "
    )


# ── how far it has come ──────────────────────────────────────────────────────────────────


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """What it shows."""
        return self.now


def test_progress_tells_stage_count_and_time_left() -> None:
    """Nothing in the first second; the pace is the present stage's own, without what was kept."""
    from rich.console import Console

    from reelpress.cli.progress import Bar

    clock = Clock()
    screen = Console(file=StringIO(), force_terminal=True, width=80, color_system=None)
    bar = Bar(screen, clock=clock)

    def line() -> str:
        with screen.capture() as shown:
            screen.print(bar.get_renderable())
        return " ".join(re.sub("[━╸╺]", " ", shown.get()).split())

    bar.report("editing", 0, 300)
    assert line() == ""
    clock.now = 1.5
    assert line() == "editing 0/300"
    for done in range(0, 301, 3):
        clock.now += 0.01
        bar.report("editing", done, 300)
    assert line() == "editing 300/300"
    bar.report("setting", 700, 1000)
    assert line() == "setting 700/1000"
    for done in range(701, 721):
        clock.now += 1
        bar.report("setting", done, 1000)
    assert line() == "setting 720/1000 about 5 min left"
    for done in range(721, 961):
        clock.now += 1
        bar.report("setting", done, 1000)
    assert line() == "setting 960/1000 about 40 s left"
    for done in range(961, 999):
        clock.now += 1
        bar.report("setting", done, 1000)
    assert line() == "setting 998/1000"
    bar.report("setting", 0, 10)  # another volume's
    assert line() == "setting 0/10"
    assert screen.file.getvalue() == ""  # type: ignore[attr-defined] # it is a StringIO


# ── what is said ─────────────────────────────────────────────────────────────────────────

FIELDS = {"code", "severity", "path", "line", "column", "text", "hint"}


def test_json_of_a_build(house: Path) -> None:
    """One document with the volumes and every finding's fields, and nothing else on the line."""
    break_it(house, "reveiwer: A. Writer\n")
    code, said, error = call("build", "-C", house, "--only", "epub", "--json")
    document = json.loads(said)
    assert (code, error) == (CLEAN, "")
    assert {f["code"] for f in document["findings"]} == {"H004"}
    assert all(f.keys() >= FIELDS for f in document["findings"])
    (volume,) = document["volumes"]
    data = (house / "build" / volume["path"]).read_bytes()
    assert volume["sha256"] == sha256(data).hexdigest()
    assert volume["size"] == len(data)
    assert volume["type"] == "application/epub+zip"


def test_json_of_a_check(house: Path) -> None:
    """The same fields, sorted by place; exit code 3 with errors."""
    break_it(house)
    code, said, _ = call("check", "-C", house, "--json")
    found = json.loads(said)["findings"]
    assert code == FINDINGS
    places = [(f["path"], f["line"], f["column"]) for f in found]
    assert places == sorted(places)
    assert {"H004", "H006"} <= {f["code"] for f in found}


ANNOTATIONS = """\
::warning file=manuscripts/reviews/the-general.md,line=11,col=1,title=H004::\
Unknown key "reveiwer". Did you mean "reviewer"?
::error file=manuscripts/reviews/the-general.md,line=12,col=10,title=H006::\
"film.runtime": a whole number is expected.
"""


def test_findings_as_annotations_of_github(house: Path) -> None:
    """--github: a workflow command for each finding and nothing else, of a check and of a build;
    exit codes as ever."""
    assert call("check", "-C", house, "--github")[:2] == (CLEAN, "")
    break_it(house, "subtitle: x\nreveiwer: A. Writer\nruntime: soon\n")
    note = "::notice file=manuscripts/reviews/the-general.md,line=10,col=1,title=H005::"
    for command in (["check"], ["build", "--only", "epub"], ["check", "-q"], ["check", "--all"]):
        code, said, error = call(*command, "-C", house, "--github")
        assert (code, error) == (FINDINGS, "")
        lines = said.splitlines(keepends=True)
        assert "".join(line for line in lines if not line.startswith(note)) == ANNOTATIONS
        assert len(lines) == 3
    assert [p.name for p in (house / "build" / "first").glob("first*")] == ["first.epub"]


def test_an_annotation_is_one_line_whatever_it_says() -> None:
    """%, line ends, and in a path also `:` and `,` are escaped; a % that was there is a % again."""
    from reelpress.cli.show import github_lines
    from reelpress.findings import Place, find

    place = Place("a,b: 100%\r\n::error::.md", 3, 5)
    finding = find("H004", place, key="x%0A\r\n::error file=y,line=1::z", hint="try: a, b%")
    assert github_lines([finding, finding], Path()) == 2 * (
        "::warning file=a%2Cb%3A 100%25%0D%0A%3A%3Aerror%3A%3A.md,line=3,col=5,title=H004::"
        'Unknown key "x%250A%0D%0A::error file=y,line=1::z". Try: a, b%25\n'
    )
    assert github_lines([], Path()) == ""


@pytest.mark.skipif(os.name == "nt", reason="no file may be called so")
def test_a_file_of_odd_letters_is_annotated(house: Path) -> None:
    """As the author named it, escaped."""
    reviews = house / "manuscripts" / "reviews"
    (reviews / "the-general.md").rename(reviews / "a, b: 100%.md")
    (reviews / "late-spring.md").unlink()
    odd = reviews / "a, b: 100%.md"
    odd.write_text(odd.read_text("utf-8").replace("rating: 5/5", "rating: 100 % good"), "utf-8")
    (line,) = call("check", "-C", house, "--github")[1].splitlines()
    assert line == (
        "::warning file=manuscripts/reviews/a%2C b%3A 100%25.md,line=9,col=9,title=H017::"
        'The rating "100 %25 good" is printed as written; its value is not understood.'
    )


def test_quiet_is_errors_alone(house: Path) -> None:
    """-q: nothing where nothing is wrong; errors, but no warnings, where something is."""
    assert call("build", "-C", house, "--only", "epub", "-q")[:2] == (CLEAN, "")
    break_it(house)
    code, said, _ = call("check", "-C", house, "-q")
    assert code == FINDINGS
    assert "[H006]" in said
    assert "[H004]" not in said


def test_verbose_tells_the_stages(house: Path) -> None:
    """-v: each stage by name, on standard error."""
    done = reelpress("build", "-C", house, "--only", "epub", "-v")
    assert done.returncode == CLEAN
    for stage in ("editing", "composing", "binding"):
        assert re.search(rf"^{stage}", done.stderr, re.MULTILINE)


def test_equal_findings_fold_after_three(house: Path) -> None:
    """And how many more there are is said; --all shows them."""
    text = "\n".join(f"<label>{number}</label>\n" for number in range(8))
    review = house / "manuscripts" / "reviews" / "late-spring.md"
    review.write_text(review.read_text(encoding="utf-8") + f"\n{text}", encoding="utf-8")
    said = call("check", "-C", house)[1]
    assert said.count("warning: <label>") == 3
    assert "and 5 more" in said
    assert call("check", "-C", house, "--all")[1].count("warning: <label>") == 8


@pytest.mark.parametrize(
    "arguments",
    [["check"], ["check", "--github"], ["list", "first"], ["stats"], ["--help"], ["rules"]],
)
def test_a_pipe_gets_no_colours(house: Path, arguments: list[str]) -> None:
    """No escape sequences where nobody sees them, whatever TERM is."""
    break_it(house)
    done = reelpress(*arguments, cwd=house, TERM="xterm-256color", COLORTERM="truecolor")
    assert "\x1b" not in done.stdout + done.stderr
    assert done.stdout


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_terminal_of_few_letters_is_no_crash(house: Path, encoding: str) -> None:
    """Windows' pipes are not UTF-8: findings are told all the same."""
    break_it(house)
    done = reelpress("check", cwd=house, PYTHONIOENCODING=encoding)
    assert done.returncode == FINDINGS, done.stderr
    assert "[H006]" in done.stdout


def test_a_closed_pipe_is_no_crash(house: Path) -> None:
    """`reelpress rules | head -1` ends quietly."""
    done = subprocess.run(
        f'"{sys.executable}" -m reelpress rules | head -n 1',
        shell=True,
        cwd=house,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout.startswith("H001")


# ── list, schema, rules, doctor ──────────────────────────────────────────────────────────


def test_list_is_the_running_order(made: Path) -> None:
    """Every piece in its order: reviewer, words, rights, why chosen; pages once known."""
    code, said, _ = call("list", "first", "-C", made, "--json")
    rows = json.loads(said)
    assert code == CLEAN
    assert [row["no"] for row in rows] == list(range(1, len(rows) + 1))
    reviews = [row for row in rows if row["kind"] == "review"]
    assert [row["piece"] for row in reviews] == ["Peeling an Apple", "A Man and His Engine"]
    for row in reviews:
        assert row["reviewer"] == "Robin Example"
        assert row["words"] > 50
        assert "Robin Example" in row["rights"]
        assert row["why"] == "reviews/*.md"
    table = call("list", "first", "-C", made)[1]
    assert len(table.splitlines()) == len(rows) + 1


def test_list_says_what_is_left_out(house: Path) -> None:
    """With the reason; nothing where nothing is; a ticket that can't be read is a finding."""
    assert call("list", "first", "--left-out", "-C", house)[:2] == (CLEAN, "")
    assert call("list", "first", "--left-out", "-C", house, "--json")[:2] == (CLEAN, "[]\n")
    ticket = house / "manuscripts" / "anthologies" / "first.yaml"
    ticket.write_text("title: First\nselect: {tags: silent}\n", encoding="utf-8")
    code, said, _ = call("list", "first.yaml", "--left-out", "-C", house, "--json")
    assert code == CLEAN
    assert json.loads(said) == [
        {
            "review": "late-spring",
            "file": "manuscripts/reviews/late-spring.md",
            "why not": "tags drama, family; wanted: silent",
        }
    ]
    rows = call("list", "first", "--left-out", "-C", house)[1].splitlines()
    assert rows == [
        "review       file                                why not",
        "late-spring  manuscripts/reviews/late-spring.md  tags drama, family; wanted: silent",
    ]
    ticket.write_text("title: [First\n", encoding="utf-8")
    code, said, _ = call("list", "first", "--left-out", "-C", house)
    assert code == FINDINGS
    assert "[H003]" in said


STATS = """\
first
2 reviews, 190 words
longest: A Man and His Engine (96 words)
shortest: Peeling an Apple (94 words)

Reviewers
  Robin Example    2     190 words

Decades
  1920s    1
  1940s    1

Countries
  United States    1

Ratings
  ★★★★½    1
  5/5      1

Languages
  en    2

No holder or licence: late-spring
"""


def test_stats_are_the_balance_at_a_glance(house: Path) -> None:
    """A block of lines for each anthology; what is lacking stands last."""
    review = house / "manuscripts" / "reviews" / "the-general.md"
    own = "rights: {holder: me, licence: CC-BY-4.0}\ncountry: United States\n"
    review.write_text(review.read_text("utf-8").replace("rating:", f"{own}rating:"), "utf-8")
    imprint = house / "manuscripts" / "imprint.yaml"
    text = imprint.read_text("utf-8").replace(", licence: all rights reserved", "")
    imprint.write_text(text, encoding="utf-8")
    assert call("stats", "-C", house) == (CLEAN, STATS, "")
    tickets = house / "manuscripts" / "anthologies"
    (tickets / "second.yaml").write_text("title: S\nselect: {year: 1926}\n", encoding="utf-8")
    said = call("stats", "-C", house)[1]
    assert said.startswith(f"{STATS}\nsecond\n")
    assert call("stats", "first", "-C", house)[1] == STATS
    numbers = json.loads(call("stats", "-C", house, "--json")[1])
    assert list(numbers) == ["first", "second"]
    assert numbers["first"]["words"] == 190
    assert numbers["second"]["decades"] == {"1920s": 1}


@pytest.mark.checkers
def test_list_knows_the_pages_of_the_last_build(house: Path) -> None:
    """As they are printed: roman before the body, arabic from it."""
    assert call("build", "-C", house)[0] == CLEAN
    rows = json.loads(call("list", "first", "-C", house, "--json")[1])
    pages = {row["kind"]: row["page"] for row in reversed(rows)}
    assert pages["review"] == "1"
    assert pages["title"] == "iii"


def schema(name: str) -> dict[str, Any]:
    """One of the JSON Schemas."""
    code, said, _ = call("schema", name)
    assert code == CLEAN
    document = json.loads(said)
    assert isinstance(document, dict)
    return document


def accepts(rule: Any, value: Any, whole: dict[str, Any]) -> bool:
    """Whether a schema takes a value: the few words of JSON Schema that ours use."""
    if rule is True or rule == {}:
        return True
    if "$ref" in rule:
        target = whole["$defs"][rule["$ref"].removeprefix("#/$defs/")]
        return accepts(target, value, whole)
    kinds: dict[str, type | tuple[type, ...]] = {
        "string": str, "integer": int, "number": (int, float), "boolean": bool,
        "array": list, "object": dict, "null": type(None),
    }  # fmt: skip
    if "anyOf" in rule and not any(accepts(r, value, whole) for r in rule["anyOf"]):
        return False
    if "type" in rule:
        types = rule["type"] if isinstance(rule["type"], list) else [rule["type"]]
        if not any(isinstance(value, kinds[kind]) for kind in types):
            return False
    if "enum" in rule and value not in rule["enum"]:
        return False
    if isinstance(value, list):
        return all(accepts(rule.get("items", True), item, whole) for item in value)
    if isinstance(value, dict):
        known, others = rule.get("properties", {}), rule.get("additionalProperties", True)
        return set(rule.get("required", ())) <= value.keys() and all(
            others is not False if key not in known and isinstance(others, bool)
            else accepts(known.get(key, others), inner, whole)
            for key, inner in value.items()
        )  # fmt: skip
    return True


def as_json(text: str) -> Any:
    """YAML as an editor checks it against a schema: dates are strings."""
    return yaml.load(text, Loader=yaml.BaseLoader)


def headers(folder: Path) -> list[str]:
    """The front matter of every review in a folder."""
    return [
        path.read_text(encoding="utf-8").split("---\n")[1]
        for path in sorted((folder / "reviews").rglob("*.md"))
    ]


def written(folder: Path, name: str) -> list[str]:
    """Every file of one of the formats in a manuscripts/ folder."""
    if name == "review":
        return headers(folder)
    files = (
        (folder / "anthologies").glob("*.yaml") if name == "ticket" else [folder / f"{name}.yaml"]
    )
    return [path.read_text(encoding="utf-8") for path in files]


def numbered(value: Any) -> Any:
    """Scalars as JSON has them: numbers and truth values, everything else a string."""
    if isinstance(value, dict):
        return {key: numbered(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [numbered(item) for item in value]
    if value in ("true", "false"):
        return value == "true"
    if re.fullmatch(r"\d+", value):
        return int(value)
    return float(value) if re.fullmatch(r"\d+\.\d+", value) else value


@pytest.mark.parametrize("name", ["review", "ticket", "people", "imprint"])
def test_a_schema_accepts_what_is_right(name: str) -> None:
    """The sample's files and the scaffold's, short forms included."""
    rule = schema(name)
    assert rule["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    starter = ROOT / "src" / "reelpress" / "cli" / "starter" / "manuscripts"
    for folder in (MANUSCRIPTS, starter):
        files = written(folder, name)
        assert files
        for text in files:
            assert accepts(rule, numbered(as_json(text)), rule), text


def test_a_schema_refuses_what_is_wrong() -> None:
    """A ticket without a title; a status that there is not; a list where a text belongs."""
    ticket, review = schema("ticket"), schema("review")
    assert not accepts(ticket, {"subtitle": "Only"}, ticket)
    assert not accepts(review, {"film": "X", "rights": {"status": "perhaps"}}, review)
    assert not accepts(review, {"film": {"title": ["X"]}}, review)


def test_a_schema_explains_every_field_of_a_review() -> None:
    """What an editor shows at completion."""
    properties = schema("review")["properties"]
    assert [key for key, inner in properties.items() if not inner.get("description")] == []


def test_every_reference_in_a_schema_leads_somewhere() -> None:
    """No $ref to a definition that is not there."""
    for name in ("review", "ticket", "people", "imprint"):
        document = schema(name)
        asked = set(re.findall(r'"\$ref": "#/\$defs/(\w+)"', json.dumps(document)))
        assert asked <= document.get("$defs", {}).keys(), name


def test_schemas_are_written_into_a_folder(tmp_path: Path) -> None:
    """All of them, with --out."""
    assert call("schema", "--out", tmp_path)[0] == CLEAN
    for name in ("review", "ticket", "people", "imprint"):
        text = (tmp_path / f"{name}.schema.json").read_text(encoding="utf-8")
        assert json.loads(text) == schema(name)


def test_a_rule_explains_itself() -> None:
    """`rules CODE` in either case: severity, sentence, what to do."""
    from reelpress.findings import RULES

    assert call("rules", "h004")[1] == call("rules", "H004")[1]
    assert RULES["H004"].why in call("rules", "H004")[1]
    assert [line[:4] for line in call("rules")[1].splitlines()] == list(RULES)


def test_the_doctor_looks_at_everything() -> None:
    """A line each: Python, Pango, fonts, layouts, Java, Ghostscript; a cure where one lacks."""
    code, said, _ = call("doctor")
    lines = said.splitlines()
    for what in ("Python", "Pango", "Faces", "Layouts", "Java", "Ghostscript"):
        (line,) = (line for line in lines if what in line.split(":")[0])
        assert re.match(r"(ok|missing|absent) ", line)
        assert line.startswith("ok") or ";" in line
    assert code == (FAILED if any(line.startswith("missing") for line in lines) else CLEAN)


def test_the_version_is_the_package_s() -> None:
    """`--version`."""
    from reelpress import __version__

    assert call("--version")[:2] == (CLEAN, f"reelpress {__version__}\n")


def test_help_names_every_command() -> None:
    """And so does reelpress alone."""
    said = call("--help")[1]
    names = "init build check clean list stats schema rules doctor"
    for command in names.split():
        assert re.search(rf"^\s+{command}\s+\S", said, re.MULTILINE)


# ── the page of volumes ──────────────────────────────────────────────────────────────────


class Page(HTMLParser):
    """What a page links to and shows."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.pictures: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the addresses of one element."""
        del tag
        for key, value in attrs:
            if key == "href":
                self.links.append(value or "")
            elif key == "src":
                self.pictures.append(value or "")


def check_page(build: Path, volumes: int) -> None:
    """Every link and picture is there; each volume's sum and size are its own."""
    text = (build / "index.html").read_text(encoding="utf-8")
    page = Page(text)
    assert len(page.links) == volumes
    for address in page.links + page.pictures:
        assert (build / address).is_file(), address
    for address in page.links:
        data = (build / address).read_bytes()
        assert sha256(data).hexdigest() in text
        line = text.split(f'href="{address}"')[1].split("</li>")[0]
        assert f"{len(data) / 1024:,.0f} KB" in line
        assert re.search(r"\d+ (sections|pages)", line)
        assert len(re.findall(r"<small>[^<]{20,}</small>", line)) >= 1


def test_the_page_of_volumes_is_right(epubs: Path) -> None:
    """A cover and a download for each anthology, and nothing from the network."""
    check_page(epubs, len(TICKETS))
    text = (epubs / "index.html").read_text(encoding="utf-8")
    page = Page(text)
    assert len(page.pictures) == len(TICKETS)
    assert not re.search(r"(src|href)=.?https?:|@import|url\(", text)
    for ticket in TICKETS.values():
        assert ticket["title"] in text


@pytest.mark.checkers
def test_the_page_of_all_volumes_is_right(tmp_path_factory: pytest.TempPathFactory) -> None:
    """With the PDFs."""
    check_page(bench(tmp_path_factory, "sample"), 2 * len(TICKETS))


def test_the_page_keeps_what_was_built_before(house: Path) -> None:
    """Building one anthology leaves the others on the page, and a deleted volume leaves it."""
    tickets = house / "manuscripts" / "anthologies"
    (tickets / "second.yaml").write_text("title: Second\nvolumes: {epub: }\n", encoding="utf-8")
    assert call("build", "second", "-C", house)[0] == CLEAN
    check_page(house / "build", 2)
    shutil.rmtree(house / "build" / "second")
    assert call("build", "first", "-C", house, "--only", "epub")[0] == CLEAN
    check_page(house / "build", 1)
