"""What is kept from one build to the next: nothing is done twice, and nothing old is used.

The specimen, with a second anthology that takes one of its reviews, is judged with a store; then
something is changed, and it is judged again.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from reelpress.desk import texts
from reelpress.desk.drawers import Drawers
from reelpress.desk.images import Pictures
from reelpress.layout.layouts import shipped
from reelpress.press import Run, press
from reelpress.work import Store, Work

HERE = Path(__file__).parent
MANUSCRIPTS = "manuscripts"
REVIEW = "reviews/brief-encounter.md"
SECRET = b"of this test"
AGAIN = """\
title: Again
editors: [i-moreau]
issued: 2025-04-01
reviews: [brief-encounter]
front: [title]
back: [contributors]
volumes: {epub: {}}
"""
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/>%s</svg>'


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A project with two anthologies, to change."""
    root = shutil.copytree(HERE / "specimen", tmp_path / "house")
    (root / MANUSCRIPTS / "anthologies" / "again.yaml").write_text(AGAIN, encoding="utf-8")
    return root


def judged(root: Path, *, jobs: int = 1, draft: bool = False, names: tuple[str, ...] = ()) -> Run:
    """A run up to the proofs, with what the last ones left in the project's store."""
    kept = Store(root / ".reelpress", secret=SECRET)
    with Work(kept, jobs, preload=["reelpress.desk.text.edit"]) as work:
        return press(root, names, bound=False, draft=draft, work=work)


def anew(run: Run, stage: str) -> dict[str, tuple[str, ...]]:
    """What was made again in a stage, in whatever anthology, and why."""
    return {w.piece: w.because for w in run.why if w.stage == stage and not w.reused}


def same(run: Run, other: Run) -> bool:
    """Whether two runs gave the same books and the same findings, in order."""
    return run.findings == other.findings and run.pressed == other.pressed


def amend(root: Path, path: str, old: str, new: str) -> None:
    """Change a file of the project's manuscripts."""
    file = root / MANUSCRIPTS / path
    text = file.read_text(encoding="utf-8")
    assert old in text, old
    file.write_text(text.replace(old, new), encoding="utf-8")


def afresh(root: Path, *, draft: bool = False) -> Run:
    """A run that keeps nothing and finds nothing kept."""
    return press(root, bound=False, draft=draft)


# ── nothing changed ──────────────────────────────────────────────────────────────────────


def test_nothing_is_done_again_when_nothing_changed(house: Path) -> None:
    """The second run takes every text and section from the store, and gives the same."""
    first, second = judged(house), judged(house)
    assert {w.because for w in first.why} == {("new",)}
    assert [w for w in second.why if not w.reused] == []
    assert {w.stage for w in second.why} == {"edited", "composed"}
    assert same(first, second)
    assert same(second, afresh(house))


@pytest.mark.parametrize("touched", ["time", "mode", "copied"])
def test_only_content_counts(house: Path, tmp_path: Path, touched: str) -> None:
    """Times, modes and where the project lies are no reason to do anything again."""
    judged(house)
    for path in (house / MANUSCRIPTS).rglob("*"):
        if path.is_file() and touched == "time":
            os.utime(path, (1, 1))
        elif path.is_file() and touched == "mode":
            path.chmod(0o600)
    if touched == "copied":
        house = house.rename(tmp_path / "elsewhere")
    run = judged(house)
    assert [w for w in run.why if not w.reused] == []


def test_libraries_are_left_alone_when_nothing_changed(house: Path) -> None:
    """Neither Markdown nor templates nor pictures are read where all of it is kept."""
    code = (
        "import sys; from pathlib import Path\n"
        "from reelpress.press import press; from reelpress.work import Store, Work\n"
        "root = Path(sys.argv[1])\n"
        f"with Work(Store(root / '.reelpress', secret={SECRET!r})) as work:\n"
        "    press(root, bound=False, work=work)\n"
        "print(*sorted({'markdown', 'nh3', 'jinja2', 'PIL', 'lxml'} & set(sys.modules)))\n"
    )
    judged(house)
    done = subprocess.run(
        [sys.executable, "-c", code, house], capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stderr


# ── something changed ────────────────────────────────────────────────────────────────────


def test_one_changed_review_is_the_only_one_edited(house: Path) -> None:
    """A word in one review: it is edited and set again, once, and what counts the book's words."""
    judged(house)
    amend(house, REVIEW, "a doctor on the platform", "a doctor on the train")
    run = judged(house)
    assert anew(run, "edited") == {"r-brief-encounter": ("text",)}
    assert [w.anthology for w in run.why if not w.reused and w.stage == "edited"] == [
        "again",
        "specimen",
    ]
    assert anew(run, "composed") == {"r-brief-encounter": ("text",)}
    assert same(run, afresh(house))


def test_a_review_in_two_anthologies_is_edited_once(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many anthologies take a review, its text is edited for all of them."""
    done: list[str] = []
    edited = texts.edited

    def counted(source: texts.Source, pictures: Pictures) -> texts.Edited:
        done.append(source.path)
        return edited(source, pictures)

    monkeypatch.setattr(texts, "edited", counted)
    judged(house)
    assert len(done) == len(set(done)) + 1  # two biographies in one file
    assert set(done) == {
        f"{MANUSCRIPTS}/{path}"
        for path in (
            REVIEW,
            "reviews/the-general.md",
            "reviews/the-cranes-are-flying.md",
            "texts/foreword.md",
            "people.yaml",
        )
    }


CHANGES: dict[str, tuple[Callable[[Path], None], dict[str, str], dict[str, str]]] = {
    "a rating": (
        lambda root: amend(root, REVIEW, "★★★★½", "★★★½"),
        {},
        {"r-brief-encounter": "header"},
    ),
    "a tag that no template shows": (
        lambda root: amend(root, REVIEW, "romance]", "romance, rain]"),
        {},
        {},
    ),
    "a name": (
        lambda root: amend(root, "people.yaml", "name: Ines Moreau\n", "name: Inés Moreau\n"),
        {},
        {
            "r-brief-encounter": "people",
            "r-the-cranes-are-flying": "people",
            "title": "edition",
            "contents": "pieces",
            "copyright": "pieces",
            "films": "pieces",
            "credits": "pieces",
            "contributors": "pieces",
        },
    ),
    "a biography": (
        lambda root: amend(root, "people.yaml", "mends projectors", "mends lamps"),
        {"p-a-bell": "text"},
        {"contributors": "pieces"},
    ),
    "the imprint's town": (
        lambda root: amend(root, "imprint.yaml", "Leeds", "York"),
        {},
        {"title": "imprint", "copyright": "imprint"},
    ),
    "the imprint's language": (
        lambda root: amend(root, "imprint.yaml", "en-GB", "de"),
        {
            "r-brief-encounter": "language",
            "r-the-general": "language",
            "r-the-cranes-are-flying": "language",
            "p-a-bell": "language",
            "p-i-moreau": "language",
        },
        {},
    ),
    "a subtitle": (
        lambda root: amend(root, "anthologies/specimen.yaml", "A specimen", "A sample"),
        {},
        {"title": "edition", "copyright": "edition"},
    ),
    "a description that no template shows": (
        lambda root: amend(root, "anthologies/specimen.yaml", "Three short", "Three brief"),
        {},
        {},
    ),
    "a line above the text": (
        lambda root: amend(
            root, REVIEW, "tags: [trains, romance]\n", "tags:\n- trains\n- romance\n"
        ),
        {"r-brief-encounter": "text"},
        {"r-brief-encounter": "text"},
    ),
}
"""What is done -> what is edited again, and what set again, each with the first reason."""


@pytest.mark.parametrize("what", CHANGES)
def test_what_depends_on_a_change_is_made_again_and_nothing_else(house: Path, what: str) -> None:
    """A change makes new what shows it; the rest is as it was, and so is the whole book."""
    change, edited, composed = CHANGES[what]
    judged(house)
    change(house)
    run = judged(house)
    assert {piece: why[0] for piece, why in anew(run, "edited").items()} == edited
    if composed or not edited:
        assert {piece: why[0] for piece, why in anew(run, "composed").items()} == composed
    assert same(run, afresh(house))
    assert [w for w in judged(house).why if not w.reused] == []


def test_a_layouts_template_makes_new_what_it_sets(house: Path) -> None:
    """A changed template: the sections it sets, by its name or called in, in its own layout."""
    layout = house / "layouts" / "mine"
    (layout / "sections").mkdir(parents=True)
    (layout / "layout.yaml").write_text("extends: classic\n", encoding="utf-8")
    part = layout / "sections" / "film-title.html.j2"
    shutil.copy(shipped() / "classic" / "sections" / "film-title.html.j2", part)
    amend(house, "anthologies/again.yaml", "title: Again\n", "title: Again\nlayout: mine\n")
    judged(house)
    part.write_text(f"<em>{part.read_text('utf-8').strip()}</em>", encoding="utf-8")
    run = judged(house)
    assert anew(run, "edited") == {}
    assert anew(run, "composed") == {"r-brief-encounter": ("layout",)}
    assert {w.anthology for w in run.why if not w.reused} == {"again"}
    assert "<em>" in run.pressed[0].galley.sections[1].body  # type: ignore[union-attr]
    part.unlink()
    assert anew(judged(house), "composed") == {"r-brief-encounter": ("layout",)}
    assert same(judged(house), afresh(house))


def test_a_template_whose_name_is_worked_out_may_be_any(house: Path) -> None:
    """What a template calls in by a name that it makes up is in the key all the same."""
    layout = house / "layouts" / "mine"
    (layout / "sections").mkdir(parents=True)
    (layout / "layout.yaml").write_text("extends: classic\n", encoding="utf-8")
    (layout / "sections" / "title.html.j2").write_text(
        '<h1>{{ edition.title }}</h1>{% include "sections/" ~ piece.kind ~ "-end.html.j2" %}',
        encoding="utf-8",
    )
    end = layout / "sections" / "title-end.html.j2"
    end.write_text("<p>One.</p>", encoding="utf-8")
    amend(house, "anthologies/again.yaml", "title: Again\n", "title: Again\nlayout: mine\n")
    judged(house, names=("again",))
    end.write_text("<p>Two.</p>", encoding="utf-8")
    run = judged(house, names=("again",))
    assert anew(run, "composed") == {"title": ("layout",)}
    assert "Two." in run.pressed[0].galley.sections[0].body  # type: ignore[union-attr]


def test_a_link_is_led_anew_when_its_review_comes_or_goes(house: Path) -> None:
    """A link's section depends on whether the anthology, or the pool, has the review."""
    judged(house)
    amend(house, "anthologies/specimen.yaml", "[the-general, brief-", "[brief-")
    run = judged(house)
    assert anew(run, "composed")["r-the-cranes-are-flying"] == ("links",)
    assert "r-brief-encounter" not in anew(run, "composed")
    assert [f.code for f in run.findings] == ["L004"]
    (house / MANUSCRIPTS / "reviews" / "the-general.md").unlink()
    run = judged(house)
    assert anew(run, "composed") == {"r-the-cranes-are-flying": ("links",)}
    assert [f.code for f in run.findings] == ["L003"]
    assert same(run, afresh(house))


# ── pictures ─────────────────────────────────────────────────────────────────────────────


def shown(run: Run) -> dict[str, bytes]:
    """The pictures in the books, by their paths in the galley."""
    galleys = [book.galley for book in run.pressed if book.galley is not None]
    return {a.path: a.data for galley in galleys for a in galley.assets if "images/" in a.path}


def test_a_changed_picture_makes_its_reviews_new(house: Path) -> None:
    """The bytes of a picture count; those of one that stands in no text do not."""
    folder = house / MANUSCRIPTS / "images"
    (folder / "other.png").write_bytes((folder / "lamp.png").read_bytes())
    first = judged(house)
    (folder / "other.png").write_bytes(b"no picture at all")
    assert anew(judged(house), "edited") == {}
    from PIL import Image

    Image.new("RGB", (3, 3), "red").save(folder / "lamp.png")
    run = judged(house)
    assert anew(run, "edited") == {"r-brief-encounter": ("images",)}
    assert shown(run).keys().isdisjoint(shown(first))
    assert same(run, afresh(house))
    assert anew(judged(house), "edited") == {}


def test_a_picture_vanishes_and_comes_back(house: Path) -> None:
    """One that is not there is a finding each time; it comes back, and the text is as it was."""
    lamp = house / MANUSCRIPTS / "images" / "lamp.png"
    data, first = lamp.read_bytes(), judged(house)
    lamp.unlink()
    for edited in ({"r-brief-encounter": ("images",)}, {}):
        run = judged(house)
        assert anew(run, "edited") == edited
        assert [f.code for f in run.findings] == ["I001"]
        assert shown(run) == {}
    lamp.write_bytes(data)
    run = judged(house)
    assert same(run, first)
    assert shown(run) == shown(first)


def test_a_picture_appears_beside_the_text(house: Path) -> None:
    """A file that comes before the one that was taken is taken; also where none was."""
    amend(house, REVIEW, "../images/lamp.png", "images/lamp.png")
    first = judged(house)  # manuscripts/images
    assert first.findings == ()
    beside = house / MANUSCRIPTS / "reviews" / "images"
    beside.mkdir()
    (beside / "lamp.png").write_bytes(b"no picture at all")
    run = judged(house)
    assert anew(run, "edited") == {"r-brief-encounter": ("images",)}
    assert [f.code for f in run.findings] == ["I004"]
    assert same(run, afresh(house))


def test_a_drawing_is_kept_as_it_was_cleaned(house: Path) -> None:
    """A drawing's remark is told each time, whether it is cleaned again or not."""
    drawing = house / MANUSCRIPTS / "images" / "lamp.svg"
    drawing.write_text(DRAWING % "<script/>", encoding="utf-8")
    amend(house, REVIEW, "lamp.png", "lamp.svg")
    first, second = judged(house), judged(house)
    assert [f.code for f in second.findings] == ["I005"]
    assert same(first, second)
    assert b"script" not in next(iter(shown(second).values()))
    amend(house, REVIEW, "a doctor", "the doctor")  # edited again, the drawing as it was
    assert same(judged(house), afresh(house))


def test_half_a_picture_is_damaged_whatever_is_loaded(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """WeasyPrint makes Pillow lenient where it is loaded; what is found is the same."""
    from PIL import ImageFile

    lamp = house / MANUSCRIPTS / "images" / "lamp.png"
    lamp.write_bytes(lamp.read_bytes()[:-30])
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    assert [f.code for f in judged(house).findings] == ["I004"]
    assert ImageFile.LOAD_TRUNCATED_IMAGES


@pytest.mark.skipif(os.name != "posix", reason="links need rights elsewhere")
def test_a_picture_that_leads_out_is_not_used_again(house: Path, tmp_path: Path) -> None:
    """The very bytes, but now outside the project: they are not shown."""
    lamp = house / MANUSCRIPTS / "images" / "lamp.png"
    judged(house)
    lamp.rename(tmp_path / "outside.png")
    lamp.symlink_to(tmp_path / "outside.png")
    run = judged(house)
    assert [f.code for f in run.findings] == ["I002"]
    assert shown(run) == {}


def test_no_picture_is_kept_twice(house: Path) -> None:
    """The store holds what was made of pictures, and not their bytes."""
    from PIL import Image

    noise = Image.effect_noise((500, 500), 90)  # larger than all else that is kept
    noise.save(house / MANUSCRIPTS / "images" / "lamp.png")
    judged(house)
    size = (house / MANUSCRIPTS / "images" / "lamp.png").stat().st_size
    kept = sum(p.stat().st_size for p in (house / ".reelpress").rglob("*") if p.is_file())
    assert size > 50_000
    assert kept < size


# ── what goes wrong ──────────────────────────────────────────────────────────────────────


def faulty(house: Path) -> None:
    """Findings of many kinds, in headers, texts, pictures and links."""
    text = (house / MANUSCRIPTS / REVIEW).read_text(encoding="utf-8")
    text = text.replace("reviewer: i-moreau", "reviewer: i-moreaux")
    text += (
        "\n<script>x</script> [gone](review:gone) [^none] ![](../images/gone.png)\n\n{{ x }} ጀ\n"
    )
    (house / MANUSCRIPTS / REVIEW).write_text(text, encoding="utf-8")
    amend(house, "people.yaml", "a night bus", "a night bus <label>fast</label>")
    amend(house, "texts/foreword.md", "---\n", "---\nreveiwer: nobody\n")


def test_findings_are_the_same_warm_and_cold(house: Path) -> None:
    """What was noticed is told each time, with its place, whether the text was kept or not."""
    faulty(house)
    cold = judged(house, draft=True)
    warm = judged(house, draft=True)
    assert {f.code for f in cold.findings} >= {"M001", "I001", "L003", "H010", "M004", "T001"}
    assert same(cold, warm)
    assert same(warm, afresh(house, draft=True))
    assert anew(warm, "edited") == anew(warm, "composed") == {}
    amend(house, "reviews/the-general.md", "two loves", "three loves")  # judged with the others
    assert same(judged(house, draft=True), afresh(house, draft=True))


def test_a_drafts_section_shows_what_is_wrong_now(house: Path) -> None:
    """A draft prints findings in their section: one that is mended goes from there."""
    faulty(house)
    judged(house, draft=True)
    amend(house, REVIEW, "reviewer: i-moreaux", "reviewer: i-moreau ")
    run = judged(house, draft=True)
    assert anew(run, "edited") == {}
    assert anew(run, "composed")["r-brief-encounter"] == ("people", "findings")
    assert same(run, afresh(house, draft=True))


def test_draft_and_release_are_kept_apart(house: Path) -> None:
    """A draft in between takes nothing from the release, and leaves nothing in it."""
    first = judged(house)
    assert all("DRAFT" in s.body for s in judged(house, draft=True).pressed[0].galley.sections)  # type: ignore[union-attr]
    assert same(judged(house), first)


@pytest.mark.parametrize("damage", ["cut", "bit", "empty", "random", "folder"])
def test_a_damaged_store_changes_nothing(house: Path, damage: str) -> None:
    """Every entry damaged, whichever way: all is made again, and the book is the same."""
    first = judged(house)
    entries = [p for p in (house / ".reelpress").glob("*/*/*") if p.is_file()]
    assert len(entries) > 12
    for path in entries:
        data = bytearray(path.read_bytes())
        if damage == "folder":
            path.unlink()
            path.mkdir()
            continue
        if damage == "cut":
            del data[len(data) // 2 :]
        elif damage == "bit":
            data[len(data) // 2] ^= 1
        elif damage == "empty":
            data.clear()
        else:
            data[:] = os.urandom(len(data))
        path.write_bytes(data)
    run = judged(house)
    assert same(run, first)
    assert not any(w.reused for w in run.why)
    if damage != "folder":
        assert [w for w in judged(house).why if not w.reused] == []


def test_what_another_kept_is_not_believed(house: Path) -> None:
    """Entries under another secret, as come with somebody else's project, are made again."""
    first = judged(house)
    with Work(Store(house / ".reelpress", secret=b"another")) as work:
        run = press(house, bound=False, work=work)
    assert not any(w.reused for w in run.why)
    assert same(run, first)


# ── side by side ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("jobs", [2, 5])
def test_any_number_of_processes_gives_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    """The sample, with pictures and drawings, edited in this process and in others."""
    root = shutil.copytree(HERE.parent / MANUSCRIPTS, tmp_path / "sample" / MANUSCRIPTS).parent
    alone = afresh(root)
    monkeypatch.setattr(texts, "BATCH", 1)
    monkeypatch.setattr(texts, "MANY", 0)
    with Work(None, jobs, preload=["reelpress.desk.text.edit"]) as work:
        apart = press(root, bound=False, work=work)
    assert same(alone, apart)
    assert same(judged(root, jobs=jobs), alone)
    warm = judged(root)
    assert same(warm, alone)
    assert [w for w in warm.why if not w.reused] == []


def test_versions_are_a_reason(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another version of a library, or of reelpress: everything is made again, and says why."""
    judged(house)
    for module in ("desk.texts", "desk.images", "layout.setting", "proof.galley"):
        monkeypatch.setattr(f"reelpress.{module}.versions", lambda: "another")
    run = judged(house)
    assert {w.because for w in run.why} == {("versions",)}
    assert same(run, afresh(house))


def test_what_is_gone_is_kept_no_longer(tmp_path: Path) -> None:
    """An entry whose file is gone goes from its drawer when this is next written."""
    kept = Store(tmp_path, secret=SECRET)
    drawers = Drawers("edited", Work(kept))
    names = [(f"{number}.md",) for number in range(300)]
    changed, there, gone = names[::3], names[1::3], names[2::3]
    for name in names:
        drawers.put(name, "key", name)
    drawers.close(lambda _: True)
    assert len(list(tmp_path.glob("edited/*/*"))) == 16
    later = Drawers("edited", Work(kept))
    for name in changed:
        later.put(name, "another", name)
    later.close(lambda name: name in there)
    last = Drawers("edited", Work(kept))
    assert [last.get(name, "another") for name in changed] == changed
    assert [last.get(name, "key") for name in (*changed, *gone)] == [None] * 200
    assert [last.get(name, "key") for name in there] == there
