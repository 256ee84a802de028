"""`reelpress survey`: folders that nobody knows, and what is said of them."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from reelpress.header import read_imprint
from reelpress.header.ready import map_names, ready_map
from reelpress.intake.survey import Survey, survey, written
from test_cli import CLEAN, FINDINGS, USAGE, call

PROSE = (
    "The lamp in the booth goes on, and for a while there is only the sound of the fan and of the "
    "people who are late. Then the film begins, and it is about trains that nobody takes.\n"
)
"""A review, as short as they come."""


def lay(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """A folder of somebody's."""
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def review(**header: object) -> str:
    """A review with a YAML header."""
    return "---\n" + "".join(f"{k}: {v}\n" for k, v in header.items()) + "---\n\n" + PROSE


def several(where: str, count: int = 4, **header: object) -> dict[str, str | bytes]:
    """Reviews in one folder."""
    return {where.format(n=n): review(title=f"Film {n}", **header) for n in range(1, count + 1)}


def proposed(found: Survey) -> list[str]:
    """The map, less what is the same everywhere; that it can be read is seen to here."""
    lines = written("blog", "../blog", found.source)
    header, findings = read_imprint("\n".join(lines) + "\n", "manuscripts/imprint.yaml")
    assert findings == ()
    assert header is not None
    assert len(lines) <= 15
    assert max(map(len, lines)) <= 100
    return lines[3:]


# ── generators ───────────────────────────────────────────────────────────────────────────

SITES: dict[str, tuple[dict[str, str | bytes], list[str], str]] = {
    "hugo": (
        {
            "hugo.toml": 'title = "Back Row"\ndefaultContentLanguage = "en"\n[params.author]\n'
            'name = "Ada Bell"\n',
            "content/_index.md": review(title="Home"),
            "content/about.md": review(title="About"),
            **several("content/reviews/film-{n}/index.md", date="2021-03-0{n}"),
            "content/reviews/_index.md": review(title="All"),
            "themes/x/README.md": PROSE,
        },
        ["map: hugo", "reviews: content/reviews/**/*.md", "defaults: {reviewer: ada-bell}"],
        "Back Row",
    ),
    "zola": (
        {
            "config.toml": 'base_url = "https://a.example"\ntitle = "Rain Delay"\n',
            "templates/index.html": "",
            **{
                f"content/film-{n}.md": f'+++\ntitle = "Film {n}"\ndate = 2020-01-0{n}\n'
                f'[extra]\nrating = "{n}/5"\n+++\n{PROSE}'
                for n in range(1, 5)
            },
        },
        ["map: zola"],
        "Rain Delay",
    ),
    "jekyll": (
        {
            "_config.yml": "title: Second Screen\nauthor: Joe Doe\nlang: en-GB\n",
            **several("_posts/2019-05-0{n}-film.md", author="Ines Moreau"),
            "_drafts/not-yet.md": review(title="Not yet"),
            "_layouts/post.html": "{{ content }}",
            "README.md": PROSE,
        },
        ["map: jekyll"],
        "Second Screen",
    ),
    "hexo": (
        {
            "_config.yml": "title: Popcorn\nauthor: Joe Doe\nlanguage: en\n",
            "scaffolds/post.md": "---\ntitle: {{ title }}\n---\n",
            **several("source/_posts/film-{n}.md"),
            "source/about/index.md": PROSE,
        },
        ["map: hexo", "defaults: {reviewer: joe-doe}"],
        "Popcorn",
    ),
    "eleventy": (
        {
            "eleventy.config.js": "module.exports = () => ({dir: {input: 'src'}});\n",
            "src/_data/site.json": '{"title": "Night Bus", "author": {"name": "Ada Bell"}}',
            **several("src/posts/film-{n}.md", grade="B+"),
            "src/about.md": PROSE,
        },
        ["map: eleventy", "reviews: src/posts/*.md", "defaults: {reviewer: ada-bell}"],
        "Night Bus",
    ),
    "astro": (
        {
            "astro.config.mjs": "export default {}\n",
            "src/consts.ts": "export const SITE_TITLE = 'Aisle Seat';\n",
            **several("src/content/reviews/film-{n}.mdx", pubDate="2022-02-0{n}", reviewer="A B"),
        },
        ["map: astro"],
        "",
    ),
    "gatsby": (
        {
            "gatsby-config.js": "module.exports = {siteMetadata: {title: `Late Show`, "
            "author: {name: `Joe Doe`}}}\n",
            **several("content/blog/film-{n}/index.md"),
        },
        ["map: gatsby"],
        "Late Show",
    ),
    "pelican": (
        {
            "pelicanconf.py": "AUTHOR = 'Joe Doe'\nSITENAME = \"Matinee\"\nDEFAULT_LANG = 'en'\n",
            **{
                f"content/film-{n}.md": f"Title: Film {n}\nDate: 2018-01-0{n}\n"
                f"Author: Joe Doe\n\n{PROSE}"
                for n in range(1, 5)
            },
            "content/pages/about.md": f"Title: About\n\n{PROSE}",
        },
        ["map: pelican"],
        "Matinee",
    ),
    "obsidian": (
        {
            ".obsidian/app.json": "{}",
            "Templates/Film.md": "---\nfilm: {{title}}\n---\n",
            **{f"Films/Film {n}.md": PROSE for n in range(1, 5)},
            "Daily/2024-01-01.md": "milk\n",
        },
        ["map: obsidian", "reviews: Films/*.md"],
        "",
    ),
    "": (
        {**several("kritiken/film-{n}.md", author="Joe Doe"), "LICENSE.md": PROSE, "a/b.txt": ""},
        ["reviews: kritiken/*.md"],
        "",
    ),
}


@pytest.mark.parametrize("name", SITES)
def test_each_generator_is_known_by_its_folder(name: str, tmp_path: Path) -> None:
    """By configuration and habits; the proposal says only what the ready-made map doesn't.

    That a title is the film's is said, lest it be guessed for each file.
    """
    files, expected, title = SITES[name]
    found = survey(lay(tmp_path / "blog", files))
    assert (found.generator, found.site.title, found.files) == (name, title, 4)
    titled: dict[str, list[str]] = {"obsidian": []}
    lines = [line.strip() for line in proposed(found)]
    own = [line for line in lines if line.startswith("fields:")]
    assert own == titled.get(name, ["fields: {film.title: title}"])
    assert [line for line in lines if line not in own] == expected


def test_there_is_a_map_for_each_generator() -> None:
    """And each can be read."""
    assert set(map_names()) == set(SITES) - {""}
    for name in map_names():
        ready = ready_map(name)
        assert ready is not None
        assert ready.reviews
    assert ready_map("none") is None


# ── where the reviews are ────────────────────────────────────────────────────────────────


def test_reviews_are_where_many_texts_of_one_kind_are(tmp_path: Path) -> None:
    """Not where only headers are, nor templates, drafts, READMEs or other people's programs."""
    files = {
        **several("reviews/film-{n}.md", 5, grade="B+"),
        **{f"viewings/{n}.md": f"---\ndate: 2001-01-0{n}\n---\n" for n in range(1, 9)},
        **several("node_modules/thing/docs/{n}.md", 9),
        **several("templates/{n}.md", 9),
        "README.md": PROSE,
        "reviews/README.md": PROSE,
        "reviews/notice.md": review(title="Notice", grade="C"),
    }
    found = survey(lay(tmp_path, files))
    assert (found.files, dict(found.reviews)) == (6, {"reviews": 6})
    assert proposed(found)[0] == "    reviews: reviews/*.md"
    assert found.source["leave_out"] == ["reviews/README.md"]


def test_a_name_that_says_reviews_is_believed(tmp_path: Path) -> None:
    """However many diaries lie beside them."""
    files = {**several("content/diary/{n}.md", 9), **several("content/reviews/{n}.md", 3)}
    found = survey(lay(tmp_path, {"hugo.toml": "", **files}))
    assert (dict(found.reviews), dict(found.others)) == (
        {"content/reviews": 3},
        {"content/diary": "9 en"},
    )


def test_one_anthology_is_in_one_language(tmp_path: Path) -> None:
    """Of two sections with the same headers the larger is taken; --reviews takes what is named."""
    hebrew = "הסרט מתחיל ברחוב ריק, והוא נגמר שם. איש אינו אומר דבר, והגשם יורד כל הלילה. " * 6
    files = {
        **several("content/en/{n}.md", 3, date="2020-01-01"),
        **{
            f"content/he/{n}.md": f"---\ntitle: סרט\ndate: 2020-01-0{n}\n---\n{hebrew}"
            for n in range(1, 6)
        },
        "hugo.toml": "",
    }
    folder = lay(tmp_path, files)
    found = survey(folder)
    assert (dict(found.reviews), found.source["defaults"]) == (
        {"content/he": 5},
        {"language": "he"},
    )
    named = survey(folder, ["content/en/*.md"])
    assert (dict(named.reviews), named.source["reviews"]) == (
        {"content/en": 3},
        ["content/en/*.md"],
    )
    assert "defaults" not in named.source


def test_sections_of_one_kind_are_taken_together(tmp_path: Path) -> None:
    """Folders with the same headers, in the same language; folders of years are none."""
    files = {
        **several("noir/{n}.md", 6, rating="4/5"),
        **several("westerns/2019/{n}.md", 5, rating="4/5"),
        **several("recipes/{n}.md", 4, servings=4, oven="180"),
    }
    found = survey(lay(tmp_path, files))
    assert dict(found.reviews) == {"noir": 6, "westerns": 5}
    assert found.source["reviews"] == ["noir/*.md", "westerns/**/*.md"]


# ── headers ──────────────────────────────────────────────────────────────────────────────


def test_dialects_keys_and_drafts_are_counted(tmp_path: Path) -> None:
    """YAML, TOML, JSON, lines without fences, none; what is empty and what is not done."""
    files: dict[str, str | bytes] = {
        "r/yaml.md": review(title="A", rating="4/5", draft="true"),
        "r/toml.md": f'+++\ntitle = "B"\ndraft = false\n+++\n{PROSE}',
        "r/json.md": f'{{\n"title": "C"\n}}\n{PROSE}',
        "r/lines.md": f"Title: D\nDate: 2001-01-01\n\n{PROSE}",
        "r/none.md": f"# A heading\n\n{PROSE}",
        "r/sentence.md": f"Note: this is no header, it is a sentence.\n{PROSE}",
        "r/nothing.md": b"",
        "r/header-alone.md": "---\ntitle: E\npublished: false\n---\n",
        "r/broken.md": f"---\ntitle: [never closed\n---\n{PROSE}",
    }
    found = survey(lay(tmp_path, files))
    assert dict(found.dialects) == {
        "yaml": 3, "none": 2, "toml": 1, "json": 1, "lines": 1, "empty": 1,
    }  # fmt: skip
    assert (found.drafts, found.empty, found.files) == (2, 2, 9)
    assert found.oddities["a header that can't be read"].first == "r/broken.md"
    title = next(key for key in found.keys if key.name == "title")
    assert (title.files, dict(title.kinds)) == (6, {"text": 6})


MEANT: list[tuple[str, list[object], str]] = [
    ("grade", ["A", "B+", "C-", "F"], "rating"),
    ("verdikt", ["B+", "A-", "C", "D"], "rating"),
    ("sterne", ["★★★", "★★½", "★", "★★★★"], "rating"),
    ("urteil", ["7/10", "3/10", "10/10", "5/10"], "rating"),
    ("kritik_von", ["Ada Bell", "Joe Doe", "Ada Bell", "Joe Doe"], "reviewer"),
    ("von", ["Ada Bell", "Ada Bell", "Ada Bell", "Ada Bell"], "reviewer"),
    ("auteur", ["Ada Bell", "Joe Doe", "Ines Moreau", "Ada Bell"], "reviewer"),
    ("annee", [1995, 1949, 2001, 1930], "film.year"),
    ("jahrgang", [1995, 1949, 2001, 1930], "film.year"),
    ("regie", ["Dora Lund", "Mike Hill", "Ann Oak", "Ira Fox"], "film.directors"),
    ("movie_title", ["One", "Two", "Three", "Four"], "film.title"),
    ("link", ["tt0113627", "tt0041959", "tt0017925", "tt0046438"], "film.ids.imdb"),
    ("veröffentlicht", ["2001-02-03", "2001-02-04", "2001-02-05", "2001-02-06"], "date"),
    ("durée", [93, 104, 88, 121], "film.runtime"),
    ("lastmod", ["2001-02-03", "2001-02-04", "2001-02-05", "2001-02-06"], ""),
    ("servings", [4, 2, 6, 4], ""),
    ("published", ["true", "true", "false", "true"], ""),
    ("links", ["[{rating: 4/5, date: 2001-02-03, title: A}]"] * 4, ""),
    ("mood", ["blue", "grey", "blue", "red"], ""),
]


@pytest.mark.parametrize(("key", "values", "field"), MEANT, ids=[m[0] for m in MEANT])
def test_a_key_means_what_its_name_or_its_values_say(
    key: str, values: list[object], field: str, tmp_path: Path
) -> None:
    """In many languages; and nothing where neither says anything sure."""
    files = {f"r/{n}.md": review(title=f"Film {n}", **{key: v}) for n, v in enumerate(values)}
    found = survey(lay(tmp_path, files))
    meant = {meaning.key: meaning.field for meaning in found.meanings}
    assert meant == {"title": "title", **({key: field} if field else {})}
    # What reelpress knows by itself needs no line.
    needed = {field: [key]} if field and key != "grade" else {}
    assert found.source.get("fields", {}) == {"film.title": ["title"], **needed}
    proposed(found)


def test_a_year_that_is_the_dates_is_not_the_films(tmp_path: Path) -> None:
    """Some blogs file their posts by it."""
    files = {
        f"r/{n}.md": review(title="F", date=f"20{n}-02-01", year=f"20{n}") for n in range(10, 16)
    }
    fields = survey(lay(tmp_path, files)).source["fields"]
    assert fields == {"extra.post_year": ["year"], "film.title": ["title"]}


def test_what_one_file_says_is_no_rule(tmp_path: Path) -> None:
    """One file of many names its film; of all others the title is the film's."""
    files = {**several("r/{n}.md", 9), "r/odd.md": review(title="Odd", movie="Odder")}
    assert survey(lay(tmp_path, files)).source["fields"] == {"film.title": ["movie", "title"]}


def test_keys_in_mappings_and_lists_are_found(tmp_path: Path) -> None:
    """Dots lead into mappings, [] through lists."""
    header = "---\nmovie: {name: M, released: 1949}\nauthors: [{name: Ada Bell}]\n---\n"
    found = survey(lay(tmp_path, {f"r/{n}.md": header + PROSE for n in range(4)}))
    assert found.source["fields"] == {
        "film.title": ["movie.name"],
        "film.year": ["movie.released"],
    }
    assert [(p.name, p.reviews) for p in found.people] == [("Ada Bell", 4)]
    proposed(found)


# ── facts that stand elsewhere ───────────────────────────────────────────────────────────


def _titles() -> dict[str, str | bytes]:
    return {f"r/{n}.md": f"---\nimdb_id: tt000000{n}\ngrade: B\n---\n{PROSE}" for n in range(1, 7)}


def _facts(n: int) -> dict[str, object]:
    people = [{"name": f"Player {i}"} for i in range(40)]
    return {
        "imdbId": f"tt000000{n}",
        "title": f"Film {n}",
        "year": 1930 + n,
        "directors": [{"id": n, "name": "Dora Lund"}],
        "performers": people,
        "rating": 9.1,
    }


def test_a_key_leads_to_a_file_for_each_film(tmp_path: Path) -> None:
    """The map takes what the headers lack; a cast of forty is a database's."""
    data = {f"data/titles/f{n}.json": json.dumps(_facts(n)) for n in range(9)}
    found = survey(lay(tmp_path, {**_titles(), **data}))
    assert [(j.key, j.found, j.of) for j in found.joins] == [("imdb_id", 6, 6)]
    assert found.source["join"] == [
        {
            "files": "data/titles/*.json",
            "key": "imdb_id",
            "on": "imdbId",
            "take": {
                "film.title": "title",
                "film.year": "year",
                "film.directors": "directors[].name",
            },
        }
    ]
    proposed(found)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("films.yaml", "".join(f"tt000000{n}: {{title: F{n}, year: 194{n}}}\n" for n in range(8))),
        ("films.json", json.dumps([{"id": f"tt000000{n}", "title": f"F{n}"} for n in range(8)])),
        ("films.csv", "id,title\n" + "".join(f"tt000000{n},F{n}\n" for n in range(8))),
    ],
)
def test_a_key_leads_into_one_file_of_all_films(path: str, text: str, tmp_path: Path) -> None:
    """A mapping by the key, a list, a table."""
    found = survey(lay(tmp_path, {**_titles(), path: text}))
    (join,) = found.source["join"]
    assert (join["files"], join["key"], join["take"]["film.title"]) == (path, "imdb_id", "title")
    assert join.get("on") == ("id" if path != "films.yaml" else None)
    proposed(found)


def test_a_key_that_many_share_leads_to_no_film(tmp_path: Path) -> None:
    """A house has a page for each venue; its name is no film's."""
    shows = {f"r/{n}.md": review(title=f"F{n}", venue="abc"[n % 3]) for n in range(9)}
    venues = {f"venues/{v}.yaml": f"title: The {v}\nsort: {v}\n" for v in "abc"}
    assert survey(lay(tmp_path, {**shows, **venues})).joins == ()


def test_what_headers_say_is_not_taken_from_elsewhere(tmp_path: Path) -> None:
    """A file that only repeats it is no help."""
    titles = {f"r/{n}.md": review(film=f"F{n}", slug=f"s{n}") for n in range(1, 7)}
    data = {f"d/s{n}.yaml": f"title: F{n}\n" for n in range(1, 7)}
    assert survey(lay(tmp_path, {**titles, **data})).joins == ()


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (
            "_data/authors.yml",
            "ada:\n  name: Ada Bell\n  bio: Sits at the back.\njoe: {name: Joe}\n",
        ),
        ("_contributors/{}.md", "---\nname: {name}\nbio: Sits at the back.\n---\n"),
        (
            "authors/x-{}.yaml",
            "name: {name}\nshort: {key}\nbio: Sits at the back.\nemail: a@b.example\n",
        ),
    ],
)
def test_people_have_the_names_that_other_files_give(path: str, text: str, tmp_path: Path) -> None:
    """Headers say `ada`; the name and the biography stand elsewhere. Addresses stay there."""
    names = {"ada": "Ada Bell", "joe": "Joe", "ines": "Ines Moreau"}
    files: dict[str, str | bytes] = {path: text}
    if "{}" in path:
        files = {path.format(k): text.format(name=v, key=k) for k, v in names.items()}
    headers = several("_posts/2019-01-0{n}-f.md", 5, author="ada")
    headers["_posts/2019-02-01-g.md"] = review(title="G", author="joe")
    found = survey(lay(tmp_path, {"_config.yml": "title: T\n", **headers, **files}))
    assert [(p.key, p.name, p.reviews) for p in found.people] == [
        ("ada", "Ada Bell", 5),
        ("joe", "Joe", 1),
    ]
    assert found.people[0].bio == "Sits at the back."
    assert "join" not in found.source


# ── texts ────────────────────────────────────────────────────────────────────────────────

TONGUES = {
    "he": "הסרט מתחיל ברחוב ריק, והוא נגמר שם. איש אינו אומר דבר, והגשם יורד כל הלילה.",
    "ar": "يبدأ الفيلم في شارع خال وينتهي فيه، ولا أحد يقول شيئا طوال الليل.",
    "fa": "فیلم در خیابانی خالی آغاز می‌شود و پایان می‌گیرد، چراغ‌ها خاموش می‌شوند و گویی کسی نیست.",
    "ru": "Фильм начинается на пустой улице и там же кончается, и никто ничего не говорит.",
    "uk": "Фільм починається на порожній вулиці, і там же закінчується, і ніхто нічого не каже.",
    "el": "Η ταινία αρχίζει σε έναν άδειο δρόμο και τελειώνει εκεί.",
    "ja": "映画は誰もいない通りで始まり、そこで終わる。雨が一晩中降っている。",
    "zh-Hans": "电影从一条空荡荡的街道开始，也在那里结束，没有人说话，雨下了整整一夜。",
    "zh-Hant": "電影從一條空蕩蕩的街道開始，也在那裡結束，沒有人說話，雨下了整整一夜。",
    "ko": "영화는 아무도 없는 거리에서 시작하여 그곳에서 끝난다. 밤새 비가 내린다.",
    "de": "Der Film beginnt in einer Straße, und er endet dort mit der Nacht und den Lampen.",
    "fr": "Le film commence dans une rue vide, avec les lampes qui ne sont pas des étoiles.",
    "es": "La película empieza en una calle con los perros, y es que del resto no se dice.",
    "en": PROSE,
}


@pytest.mark.parametrize("tag", TONGUES)
def test_a_language_is_known_by_its_script_and_its_words(tag: str, tmp_path: Path) -> None:
    """Names and addresses in Latin letters don't count."""
    text = f'<span lang="en-US">{TONGUES[tag]}</span>\n\n' * 4
    found = survey(lay(tmp_path, {f"r/{n}.md": f"---\ntitle: F\n---\n{text}" for n in range(3)}))
    assert found.languages == {tag: 3}
    assert found.source.get("defaults", {}).get("language", "en") == tag


def test_pictures_are_looked_for(tmp_path: Path) -> None:
    """Beside the text, below static/, by an old address of the site itself, on the web, nowhere."""
    text = PROSE + (
        "![a](here.png) ![b](/pics/b.png) ![c](<gone.png>) <img src=/pics/b.png>\n"
        "![d](https://cdn.example/x.png) ![e](https://own.example/pics/b.png?w=300)\n\n"
        "[f]: ../r/here.png\n\n`![shown](as-code.png)`\n\n```\n![too](as-code.png)\n```\n"
    )
    files: dict[str, str | bytes] = {
        "hugo.toml": "",
        "static/pics/b.png": b"x",
        "content/r/here.png": b"x",
        "content/r/a.md": text,
    }
    found = survey(lay(tmp_path, {**files, **several("content/r/{n}.md")}))
    images = found.pictures
    assert (images.local, dict(images.missing)) == (4, {"gone.png": "content/r/a.md"})
    assert dict(images.hosts) == {"cdn.example": 1, "own.example": 1}
    assert found.source["images"] == {"https://own.example/": "static"}


def test_template_tags_are_counted_by_name(tmp_path: Path) -> None:
    """Those that wrap text once; those in code not at all."""
    text = PROSE + (
        "{{< figure src=a >}} {% include movie name='A|1' %} {{ book.link }}\n"
        "{{% admonition %}}A{{% /admonition %}} `{{< shown >}}`\n"
    )
    found = survey(lay(tmp_path, {**several("r/{n}.md"), "r/t.md": text}))
    assert dict(found.tags) == {
        "figure": 1, "include": 1, "{{ book.link }}": 1, "admonition": 2,
    }  # fmt: skip


ODD: dict[str, bytes] = {
    "CRLF line ends": review(title="A").replace("\n", "\r\n").encode(),
    "a byte order mark": b"\xef\xbb\xbf" + review(title="A").encode(),
    "UTF-16": review(title="A").encode("utf-16"),
    "not UTF-8": (review(title="A") + "Der Süden").encode("latin-1"),
    "control characters": (review(title="A") + "a\x01b\x0bc").encode(),
    "marks of writing direction": (review(title="A") + "a\u200fb").encode(),
    "letters apart from their accents (not NFC)": (review(title="A") + "Cafe\u0301").encode(),
    "a key twice in one header": b"---\ntitle: A\ntitle: B\n---\n" + PROSE.encode(),
    "tabs in a header": b"---\nfilm:\n\ttitle: A\n---\n" + PROSE.encode(),
    "values that are no YAML": b"---\ntitle: A\nurl: {{ page.url }}\n---\n" + PROSE.encode(),
    "a header that is never closed": b"---\ntitle: A\n\n" + PROSE.encode(),
    "spans or fonts of a word processor": (PROSE + "<span lang=he>a</span>").encode(),
}


@pytest.mark.parametrize("odd", ODD)
def test_oddities_are_told_with_the_first_file(odd: str, tmp_path: Path) -> None:
    """Each once, however many there are in it."""
    found = survey(lay(tmp_path, {**several("r/{n}.md"), "r/odd.md": ODD[odd]}))
    assert {o: (c.files, c.first) for o, c in found.oddities.items()} == {odd: (1, "r/odd.md")}


# ── folders that mean harm ───────────────────────────────────────────────────────────────


def test_nothing_outside_is_read(tmp_path: Path) -> None:
    """Links lead nowhere, be they files, folders, loops or the configuration."""
    secret = lay(
        tmp_path / "outside", {**several("{n}.md", author="kept secret"), "s.yml": "title: s"}
    )
    blog = lay(tmp_path / "blog", several("posts/{n}.md"))
    (blog / "posts" / "link.md").symlink_to(secret / "1.md")
    (blog / "linked").symlink_to(secret)
    (blog / "loop").symlink_to(blog)
    (blog / "_config.yml").symlink_to(secret / "s.yml")
    if hasattr(os, "mkfifo"):
        os.mkfifo(blog / "posts" / "pipe.md")
    found = survey(blog)
    assert (found.files, found.people, found.site.title) == (4, (), "")
    assert found.passed["links"] == 4


def test_what_is_huge_or_deep_costs_little(tmp_path: Path) -> None:
    """A deep nest, bombs of aliases and brackets, a hundred megabytes of nothing."""
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9)
    )
    files: dict[str, str | bytes] = {
        **several("r/{n}.md"),
        "r/bomb.md": f"---\n{bomb}---\n{PROSE}",
        "r/nest.md": "---\na: " + "[" * 5000 + "\n---\n" + PROSE,
        "r/brackets.md": "![" * 50_000 + "{{<" * 50_000 + "<img " * 50_000,
        "data.json": "[" * 100_000,
        "_config.yml": f"title: T\n{bomb}",
    }
    folder = lay(tmp_path, files)
    deep = folder
    for _ in range(60):
        deep /= "d"
    deep.mkdir(parents=True)
    (deep / "x.md").write_text(PROSE)
    with (folder / "r" / "long.md").open("wb") as long:
        long.write(review(title="Long").encode())
        long.truncate(100 << 20)
    started = time.process_time()
    found = survey(folder)
    assert time.process_time() - started < 10
    assert (found.files, [f.code for f in found.findings]) == (8, ["S041", "S042"])


def test_names_and_keys_that_nobody_can_print_are_harmless(tmp_path: Path) -> None:
    """They reach neither the terminal nor the map as they are."""
    files = {f"r/{n}.md": f'---\n"a\x1b[31m": 1\n"]: x": 2\n---\n{PROSE}' for n in range(4)}
    folder = lay(tmp_path / "blog\x1b[2J", files)
    try:
        Path(os.fsdecode(os.fsencode(folder) + b"/r/\xff.md")).write_text(PROSE)
    except OSError:
        pytest.skip("this file system takes no such names")
    code, said, _ = call("survey", folder)
    assert code == CLEAN
    assert "\x1b" not in said
    assert survey(folder).passed == {"names that are not UTF-8": 1}
    assert call("survey", folder, "--json")[0] == CLEAN


@pytest.mark.slow
def test_two_thousand_files_take_a_few_seconds(tmp_path: Path) -> None:
    """Reading, counting, guessing, and the facts beside them."""
    files: dict[str, str | bytes] = {}
    for n in range(2000):
        files[f"reviews/{n}.md"] = review(imdb_id=f"tt{n:07}", grade="B+") + PROSE * 20
        files[f"data/{n}.json"] = json.dumps({**_facts(1), "imdbId": f"tt{n:07}"})
    folder = lay(tmp_path, files)
    started = time.process_time()
    found = survey(folder)
    assert time.process_time() - started < 6
    assert (found.files, found.joins[0].found) == (2000, 2000)


# ── the command ──────────────────────────────────────────────────────────────────────────

SAID = """\
blog: Jekyll
  Site       Second Screen
  Reviews    _posts (4)
  Headers    yaml 4
  Languages  en 4

Keys
key     files  kinds  read as   for example
author  4      text   reviewer  Ines Moreau
title   4      text   title     Film 1
urteil  4      text   rating    3/5

People
  ines-moreau: Ines Moreau  4

In manuscripts/imprint.yaml:

sources:
  blog:
    folder: ../blog
    map: jekyll
    fields: {rating: urteil, film.title: title}
"""


def test_survey_says_what_is_there_and_proposes_a_map(tmp_path: Path) -> None:
    """In plain lines."""
    posts = several("_posts/2019-05-0{n}-film.md", author="Ines Moreau", urteil="3/5")
    folder = lay(tmp_path / "blog", {"_config.yml": "title: Second Screen\n", **posts})
    assert call("survey", folder) == (CLEAN, SAID, "")
    code, said, _ = call("survey", folder, "--json")
    told = json.loads(said)
    assert (code, told["files"], told["generator"]) == (CLEAN, 4, "jekyll")
    assert told["source"] == {
        "map": "jekyll",
        "fields": {"rating": ["urteil"], "film.title": ["title"]},
    }


def test_survey_of_nothing(tmp_path: Path) -> None:
    """A folder without reviews is an error; one that is not there is wrong usage."""
    folder = lay(tmp_path / "notes", {"a.txt": PROSE})
    code, said, _ = call("survey", folder)
    assert code == FINDINGS
    assert "notes:1:1: error: Nothing in notes looks like a review. [S040]" in said
    assert "sources:" not in said
    assert call("survey", tmp_path / "none")[0] == USAGE


def test_reviews_of_a_line_or_two_are_reviews(tmp_path: Path) -> None:
    """Where nothing longer lies; where longer texts do, short ones alone are no section."""
    line = review(title="Film", rating="3/5").replace(PROSE, "Seen at noon. It was cold.\n")
    folder = lay(tmp_path / "blog", {f"log/{n}.md": line for n in range(3)})
    assert survey(folder).reviews == {"log": 3}
    lay(folder, several("essays/{n}.md"))
    assert survey(folder).reviews == {"essays": 4}


def test_a_survey_that_names_nobody_says_so(tmp_path: Path) -> None:
    """S042, once."""
    code, said, _ = call("survey", lay(tmp_path / "blog", several("r/{n}.md")))
    assert code == CLEAN
    assert said.count("[S042]") == 1


def test_the_newest_day_is_a_day(tmp_path: Path) -> None:
    """It goes into the ticket, where a 31st of February would be an error."""
    dates = ("2021-02-31", "2020-05-03T10:00:00Z", "23.11.2019")
    texts = {f"log/{n}.md": review(title=f"Film {n}", date=d) for n, d in enumerate(dates)}
    assert survey(lay(tmp_path / "blog", texts)).newest == "2020-05-03"


@pytest.mark.parametrize(
    "glob", ["texts/films", "./texts/films/**", "texts/f*/*.md", "**/**/f?*.md"]
)
def test_globs_are_read_as_an_imprint_reads_them(glob: str, tmp_path: Path) -> None:
    """A folder's name stands for all in it, for a survey too."""
    files = several("texts/films/film-{n}.md") | several("texts/plays/{n}.md")
    folder = lay(tmp_path / "notes", files)
    assert sum(survey(folder, [glob]).reviews.values()) == 4
    assert call("init", tmp_path / "book", "--from", folder, "--reviews", glob)[0] == CLEAN
    code, said, _ = call("list", "book", "-C", tmp_path / "book", "--json")
    assert (code, said.count('"kind": "review"')) == (CLEAN, 4)


def test_many_stars_are_matched_in_a_moment(tmp_path: Path) -> None:
    """Folders thirty deep, against a glob that may take them in ten thousand ways."""
    deep = "/".join("d" * 30)
    folder = lay(tmp_path / "notes", several(deep + "/{n}.md"))
    begun = time.process_time()
    assert survey(folder, ["**/d/" * 12 + "none.md"]).reviews == {}
    assert time.process_time() - begun < 5
