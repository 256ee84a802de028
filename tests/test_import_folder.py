"""`reelpress import FOLDER`: the reviews in another generator's folder become manuscripts."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import pytest

from test_cases import png
from test_cli import CLEAN, FINDINGS, call, contents
from test_survey import PROSE, lay

LAMP, CHAIR, POSTER = png("lamp"), png("chair"), png("poster")
PRIVATE = ("private.example", "sesame", "Between us", "555 0199")
Files = Mapping[str, str | bytes]

HUGO: Files = {
    "hugo.toml": 'baseURL = "https://back-row.example/"\ntitle = "Back Row"\n'
    'defaultContentLanguage = "en"\n[params]\nemail = "ada@private.example"\n',
    "content/_index.md": "---\ntitle: Home\n---\n",
    "content/reviews/_index.md": "---\ntitle: Reviews\n---\nAll of them.\n",
    "content/reviews/the-third-man/index.md": f"""---
title: The Third Man (1949)
author: Ada Bell
grade: 4/5
date: 2019-05-03
tags: [vienna, noir]
directors: [Carol Reed]
imdb_id: tt0041959
weight: 3
rewatch: false
authorEmail: ada@private.example
private_notes: Between us, I slept.
params: {{mood: late, password: sesame}}
---

# The Third Man

{PROSE}
![A lamp](lamp.png "By the door") and ![a chair](/img/chair.png).

<img src='/img/chair.png' alt=chair> [![A poster](https://elsewhere.example/p.png)][full]

{{{{< figure src="lamp.png" caption="A lamp" >}}}}
{{{{< spoiler >}}}}The cat.{{{{< /spoiler >}}}}

    ![A lamp](nowhere.png)

`![A lamp](lamp.png)`[^1]

[^1]: He is *not* dead.

[full]: /img/poster.png
""",
    "content/reviews/the-third-man/lamp.png": LAMP,
    "content/reviews/night-mail.md": "+++\ntitle = 'Night Mail'\nauthor = 'Ada Bell'\n"
    f"grade = '5/5'\ndate = 2020-01-02\n+++\n{PROSE}",
    "content/reviews/ran.md": f"---\ntitle: Ran\nauthor: Joe Doe <joe@private.example>\n"
    f"grade: 3/5\nimdb_id: tt0089881\n---\n{PROSE}",
    "content/reviews/sketch.md": f"---\ntitle: Sketch\ndraft: true\n---\n{PROSE}",
    "content/reviews/nothing.md": "---\ntitle: Nothing\ngrade: 1/5\n---\n",
    "static/img/chair.png": CHAIR,
    "static/img/poster.png": POSTER,
    "data/films/tt0041959.json": '{"imdb_id": "tt0041959", "runtime": 104, "country": "GB"}',
    "data/films/tt0089881.json": '{"imdb_id": "tt0089881", "runtime": 162, "country": "JP"}',
    "data/films/tt0027999.json": '{"imdb_id": "tt0027999", "runtime": 24, "country": "GB"}',
    "themes/x/layouts/index.html": "<html><body>{{ .Content }}</body></html>",
}
JEKYLL: Files = {
    "_config.yml": "title: Second Screen\nauthor: Ines Moreau\nurl: https://screen.example\n",
    "_posts/2019-05-03-stalker.md": f"---\ntitle: Stalker\nrating: 4.5/5\n---\n{PROSE}\n"
    "![A lamp]({{ site.baseurl }}/assets/lamp.png) ![A lamp](/assets/lamp.png)\n",
    "_posts/2020-06-01-ran.md": f"---\ntitle: Ran\nrating: 4/5\npublished: false\n---\n{PROSE}",
    "_posts/2021-06-01-mirror.markdown": f"---\ntitle: Mirror\nrating: 5/5\n---\n{PROSE}",
    "_drafts/solaris.md": f"---\ntitle: Solaris\n---\n{PROSE}",
    "_layouts/post.html": "{{ content }}",
    "assets/lamp.png": LAMP,
}
VAULT: Files = {
    ".obsidian/app.json": "{}",
    "Films/Ran (1985).md": f"---\nrating: 4/5\n---\n{PROSE}\n![[lamp.png|300]] [[Mirror]]\n",
    "Films/Mirror.md": f"---\nrating: 5/5\nyear: 1975\n---\n{PROSE}",
    "Films/Stalker.md": f"---\nrating: 5/5\n---\n{PROSE}",
    "files/lamp.png": LAMP,
}
PLAIN: Files = {
    "ran.md": f"# Ran\n\n{PROSE}",
    "old/ran.md": f"# Ran\n\nOnce more. {PROSE}",
    "a trip.md": f"{PROSE}\n![A lamp](pics/a%20lamp.png) ![A lamp](<pics/a lamp.png>)\n",
    "pics/a lamp.png": LAMP,
}
SITES = {"hugo": HUGO, "jekyll": JEKYLL, "vault": VAULT, "plain": PLAIN}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a ticket that takes everything."""
    imprint = "language: en\ndefaults: {rights: {status: own}}\n"
    ticket = "title: All\nissued: 2026-11-24\nreviews: reviews/*.md\nvolumes: {epub: {}}\n"
    files: Files = {"imprint.yaml": imprint, "anthologies/all.yaml": ticket}
    return lay(tmp_path / "project", {f"manuscripts/{k}": v for k, v in files.items()})


def texts(project: Path) -> dict[str, str]:
    """The manuscripts by name, and people.yaml."""
    home = project / "manuscripts"
    files = [*sorted((home / "reviews").rglob("*.md")), home / "people.yaml"]
    return {path.name: path.read_text("utf-8") for path in files if path.exists()}


def imported(source: Path, project: Path, *more: str) -> dict[str, object]:
    """What an import says, as data; each finding as CODE text."""
    code, said, _ = call("import", source, "-C", project, "--json", *more)
    told: dict[str, object] = json.loads(said)
    found = told["findings"]
    assert isinstance(found, list)
    assert code == (FINDINGS if any(f["severity"] == "error" for f in found) else CLEAN)
    return {**told, "findings": [f"{f['code']} {f['text']}" for f in found]}


# ── what comes ───────────────────────────────────────────────────────────────────────────


def test_a_hugo_site_comes_in_our_words(tmp_path: Path, project: Path) -> None:
    """Each fact in its field, those of other files too; what nobody knows as it is."""
    told = imported(lay(tmp_path / "blog", HUGO), project)
    assert told["source"] == "Hugo site"
    assert told["left out"] == {"drafts": 1, "reviews without words": 1, "private keys": 3}
    assert told["people"] == {"ada-bell": "Ada Bell"}
    text = texts(project)["the-third-man.md"]
    header, _, body = text.removeprefix("---\n").partition("\n---\n")
    assert (
        header
        == """film:
  title: The Third Man
  year: 1949
  directors:
    - Carol Reed
  country:
    - GB
  runtime: 104
  ids:
    imdb: tt0041959
reviewer: ada-bell
rating: 4/5
date: 2019-05-03
language: en
tags:
  - vienna
  - noir
rights:
  holder: ada-bell
  year: 2019
  status: unknown
  inferred:
    - holder
    - year
    - first_published
first_published:
  outlet: Back Row
  date: 2019-05-03
  url: https://back-row.example/
weight: 3
rewatch: false
mood: late"""
    )
    assert "He is *not* dead." in body


def test_the_text_is_the_authors_but_for_pictures(tmp_path: Path, project: Path) -> None:
    """Not a letter is another: addresses of pictures that came along, in whatever form."""
    source = lay(tmp_path / "blog", HUGO)
    told = imported(source, project)
    before = str(HUGO["content/reviews/the-third-man/index.md"]).split("---\n", 2)[2].strip("\n")
    pictures = sorted(p.name for p in (project / "manuscripts/images/the-third-man").iterdir())
    chair, lamp, poster = pictures
    assert [name.partition("-")[0] for name in pictures] == ["chair", "lamp", "poster"]
    folder = "../images/the-third-man"
    wanted = (
        before.replace('](lamp.png "', f']({folder}/{lamp} "')
        .replace('src="lamp.png"', f'src="{folder}/{lamp}"')
        .replace("/img/chair.png", f"{folder}/{chair}")
        .replace("/img/poster.png", f"{folder}/{poster}")
    )
    assert texts(project)["the-third-man.md"].partition("\n---\n\n")[2] == wanted + "\n"
    assert (project / "manuscripts/images/the-third-man" / lamp).read_bytes() == LAMP
    assert [f for f in told["findings"] if f.startswith("S012")] == []  # type: ignore[attr-defined]


def test_tags_are_said_once(tmp_path: Path, project: Path) -> None:
    """With the place where they get a meaning; what they stand round is no lost word."""
    told = imported(lay(tmp_path / "blog", HUGO), project)
    found = [str(f)[:4] for f in told["findings"]]  # type: ignore[attr-defined]
    assert [c for c in found if c != "S014"] == ["S043"]
    _, said, _ = call("import", tmp_path / "blog", "-C", project)
    assert "spoiler, figure. [S043]" in said
    assert "shortcodes:" in call("rules", "S043")[1]


@pytest.mark.parametrize("name", SITES)
def test_what_is_private_comes_nowhere(name: str, tmp_path: Path, project: Path) -> None:
    """Not into a manuscript, not into people.yaml, not into the report."""
    report = tmp_path / "report.html"
    imported(lay(tmp_path / "site", SITES[name]), project, "--report", str(report))
    for path in (*project.rglob("*"), report):
        if path.is_file():
            assert [p for p in PRIVATE if p.encode() in path.read_bytes()] == [], path


KEYS = {
    "authorEmail": "x",
    "e-mail": "x",
    "API_KEY": "x",
    "privateNotes": "x",
    "notes": "write to x@private.example",
    "seen": ["at home", "with x@private.example"],
    "meta": {"password": "x", "city": "Vienna"},
    "watched": [{"where": "at home", "phone": "x"}],
    "mailman": "on the doorstep",
}


def test_private_keys_by_name_and_by_value(tmp_path: Path, project: Path) -> None:
    """However deep they stand; what only looks a little like one stays."""
    header = "".join(f"{key}: {json.dumps(value)}\n" for key, value in KEYS.items())
    told = imported(
        lay(tmp_path / "site", {"ran.md": f"---\ntitle: Ran\n{header}---\n{PROSE}"}), project
    )
    text = texts(project)["ran.md"]
    assert "meta:\n  city: Vienna\nwatched:\n  - where: at home\nmailman: on the doorstep\n" in text
    assert told["left out"] == {"private keys": 8}


def test_a_header_that_grows_is_cut(tmp_path: Path, project: Path) -> None:
    """Nobody's key holds so much: neither does the manuscript."""
    grows = "a: &a [x,x,x,x,x,x,x,x]\n"
    for one, other in pairwise("abcdefgh"):
        grows += f"{other}: &{other} [{','.join([f'*{one}'] * 8)}]\n"
    blog = {"hugo.toml": "", "content/reviews/ran.md": f"---\ntitle: Ran\n{grows}---\n{PROSE}"}
    said = call("import", lay(tmp_path / "blog", blog), "-C", project)[1]
    assert "keys of more than anybody writes (" in said
    assert "too much, aliases followed. [H003]" in said
    assert len(texts(project)["ran.md"]) < 100_000


def test_an_outlet_that_is_not_said_is_the_sites(tmp_path: Path, project: Path) -> None:
    """Where there is one: nothing stands in for it otherwise."""
    header = "title: Ran\nfirst_published: {date: 2001}\nfilm: {title: Ran, x: {email: y}}\n"
    blog = {"hugo.toml": "", "content/reviews/ran.md": f"---\n{header}---\n{PROSE}"}
    source = lay(tmp_path / "blog", blog)
    call("import", source, "-C", project)
    text = texts(project)["ran.md"]
    assert "first_published:\n  date: '2001'\n" in text
    assert text.startswith("---\nfilm:\n  title: Ran\nlanguage: en\n")
    lay(source, {"hugo.toml": 'title = "Back Row"\n'})
    call("import", source, "-C", project)
    (text,) = texts(project).values()  # the same review, whatever the site is called
    assert "first_published:\n  outlet: Back Row\n  date: '2001'\n" in text


def test_a_jekyll_site(tmp_path: Path, project: Path) -> None:
    """Dates from names, the site's author, drafts of both kinds, addresses of its templates."""
    told = imported(lay(tmp_path / "site", JEKYLL), project)
    assert told["source"] == "Jekyll site"
    assert told["left out"] == {"drafts": 2}
    text = texts(project)["stalker.md"]
    assert "date: 2019-05-03\n" in text
    assert "reviewer: ines-moreau\n" in text
    assert "    - date\n    - reviewer\n" in text
    assert text.count("![A lamp](../images/stalker/lamp-") == 2


def test_a_vault(tmp_path: Path, project: Path) -> None:
    """Notes are called what their files are; pictures lie anywhere in it."""
    told = imported(lay(tmp_path / "vault", VAULT), project)
    assert told["source"] == "Obsidian vault"
    text = texts(project)["ran-1985.md"]
    assert text.startswith("---\nfilm:\n  title: Ran\n  year: 1985\nrating: 4/5\n")
    assert "![[../images/ran-1985/lamp-" in text
    assert ".png|300]] [[Mirror]]\n" in text
    assert "S015 The source does not say: reviewer." in told["findings"]  # type: ignore[operator]


def test_a_folder_of_markdown(tmp_path: Path, project: Path) -> None:
    """Without a header, without a generator: heading and file tell the film."""
    told = imported(lay(tmp_path / "notes", PLAIN), project)
    assert told["source"] == "folder of Markdown"
    made = texts(project)
    assert made["ran.md"].startswith("---\nfilm:\n  title: Ran\n")
    assert made["a-trip.md"].count("../images/a-trip/a-lamp-") == 2


def test_two_of_one_name_keep_apart(tmp_path: Path, project: Path) -> None:
    """By their folders; and at the next import whatever came since."""
    files = {
        f"content/reviews/{year}/ran/index.md": f"---\ntitle: Ran\n---\n{PROSE}\n![x](/l.png)\n"
        for year in (1985, 2021)
    }
    source = lay(tmp_path / "blog", {"hugo.toml": "", "static/l.png": LAMP, **files})
    imported(source, project)
    assert list(texts(project)) == ["ran-2021.md", "ran.md"]
    before = contents(project)
    lay(source, {"content/reviews/1950/ran/index.md": f"---\ntitle: Ran\n---\n{PROSE}"})
    told = imported(source, project)
    assert {r["file"].rpartition("/")[2]: r["what"] for r in told["reviews"]} == {  # type: ignore[attr-defined]
        "ran-2.md": "new",
        "ran.md": "unchanged",
        "ran-2021.md": "unchanged",
    }
    after = contents(project)
    assert {name for name in after if after[name] != before.get(name)} == {
        "manuscripts/imports.json",
        "manuscripts/reviews/ran-2.md",
    }


# ── again ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", SITES)
def test_importing_twice_changes_nothing(name: str, tmp_path: Path, project: Path) -> None:
    """From wherever the folder lies by then."""
    source = lay(tmp_path / "site", SITES[name])
    imported(source, project)
    before = contents(project)
    told = imported(source, project)
    assert {r["what"] for r in told["reviews"]} == {"unchanged"}  # type: ignore[attr-defined]
    assert contents(project) == before


def test_what_was_edited_since_is_kept(tmp_path: Path, project: Path) -> None:
    """And what the source has changed comes."""
    source = lay(tmp_path / "blog", HUGO)
    imported(source, project)
    mine = project / "manuscripts/reviews/ran.md"
    mine.write_text(mine.read_text("utf-8") + "\nMine.\n", "utf-8")
    for path in ("ran.md", "night-mail.md"):
        file = source / "content/reviews" / path
        file.write_text(file.read_text("utf-8") + "\nTheirs.\n", "utf-8")
    told = imported(source, project)
    assert {Path(r["file"]).stem: r["what"] for r in told["reviews"]} == {  # type: ignore[attr-defined]
        "ran": "kept",
        "night-mail": "updated",
        "the-third-man": "unchanged",
    }
    made = texts(project)
    assert made["ran.md"].endswith("\nMine.\n")
    assert made["night-mail.md"].endswith("\nTheirs.\n")


@pytest.mark.parametrize("name", SITES)
def test_the_book_can_be_bound(name: str, tmp_path: Path, project: Path) -> None:
    """As a draft, and each picture that came along is in it."""
    imported(lay(tmp_path / "site", SITES[name]), project)
    code, said, _ = call("build", "-C", project, "--draft", "--only", "epub", "--json")
    told = json.loads(said)
    assert [volume["file"] for volume in told["volumes"]] == ["all.epub"]
    codes = {f["code"] for f in told["findings"] if f["severity"] == "error"}
    # Nobody has cleared it; who wrote, a vault does not say; a picture lies on the web.
    assert codes <= {"R005", "R002", "H007", "I003"}
    assert code == (FINDINGS if codes else CLEAN)


# ── what it is known by, and its limits ──────────────────────────────────────────────────


def test_an_export_goes_first(tmp_path: Path, project: Path) -> None:
    """Whatever lies beside it; of a folder of plain Markdown the greater part counts."""
    table = "postid,title,subtitle,type,is_published,post_date\n"
    source = lay(tmp_path / "export", {**PLAIN, "posts.csv": table.replace("postid", "post_id")})
    assert imported(source, project)["source"] == "Substack export"
    pasted = "Skip to main content\n'Ran' (1985) - Movie Review\nWar.\nMovie Details\nTitle: Ran\n"
    some = lay(tmp_path / "some", {"a.txt": pasted, "b.txt": pasted, "ran.md": f"# Ran\n\n{PROSE}"})
    assert imported(some, project)["source"] == "text of a web page"
    lay(some, {f"{n}.md": f"# Film {n}\n\n{PROSE}" for n in range(3)})
    assert imported(some, project)["source"] == "folder of Markdown"


def test_links_that_lead_out_are_not_followed(tmp_path: Path, project: Path) -> None:
    """Neither texts nor pictures nor facts of elsewhere come."""
    lay(tmp_path / "out", {"secret.md": f"---\ntitle: Secret\n---\n{PROSE}", "p.png": POSTER})
    shown = f"---\ntitle: Ran\n---\n{PROSE}\n![x](p.png) ![x](../out/p.png) ![x](/../out/p.png)\n"
    source = lay(tmp_path / "blog", {"hugo.toml": "", "content/reviews/ran.md": shown})
    (source / "content/reviews/secret.md").symlink_to(tmp_path / "out" / "secret.md")
    (source / "content/reviews/p.png").symlink_to(tmp_path / "out" / "p.png")
    (source / "static").symlink_to(tmp_path / "out")
    os.mkfifo(source / "content/reviews/pipe.md")
    told = imported(source, project)
    assert list(texts(project)) == ["ran.md"]
    assert told["pictures"] == {}
    assert told["left out"] == {"links": 3, "what is no file": 1}
    assert texts(project)["ran.md"].endswith("![x](p.png) ![x](../out/p.png) ![x](/../out/p.png)\n")


def test_what_can_not_be_read_is_said(tmp_path: Path, project: Path) -> None:
    """The others come; each finding has the file's own place."""
    files: Files = {
        "hugo.toml": "",
        "content/reviews/a.md": f"---\ntitle: A\n---\n{PROSE}",
        "content/reviews/broken.md": f"---\ntitle: [\n---\n{PROSE}",
        "content/reviews/large.md": b"x " * (1 << 24),
        "content/reviews/zeros.md": b"\x00\x01\xff\x00" * 50,
        "content/reviews/list.md": f"---\ntitle: List\nmovie: [Ran, Ikiru]\n---\n{PROSE}",
    }
    source = lay(tmp_path / "blog", files)
    code, said, _ = call("import", source, "-C", project)
    assert code == FINDINGS
    assert "blog/content/reviews/broken.md:3:" in said
    assert "blog/content/reviews/list.md:3:" in said
    assert "blog/content/reviews/large.md:1:1: warning: A text of more than 16 MB" in said
    assert {"a.md", "broken.md", "list.md"} <= texts(project).keys()
