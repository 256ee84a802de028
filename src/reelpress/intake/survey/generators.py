"""Which program makes a site of a folder, and what its configuration says of the site."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from itertools import islice

from reelpress.header.yaml_nodes import compose, resolved
from reelpress.intake.survey.walk import Tree, is_bomb


@dataclass(frozen=True, slots=True)
class Generator:
    """A program that makes sites of Markdown, and how its folders are known."""

    name: str
    """Of its ready-made map too."""
    signs: tuple[tuple[str, ...], ...]
    """Each a set of globs that are all there: one such set is enough."""
    content: tuple[str, ...]
    """Where its texts lie; the first that is there counts."""
    static: tuple[str, ...]
    """What / in an address means."""
    configs: tuple[str, ...]
    """Globs of the files that tell of the site."""


_JS = ("js", "cjs", "mjs", "ts", "mts")


def _each(stem: str, ends: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    return tuple((f"{stem}.{end}",) for end in ends)


GENERATORS = (
    Generator("obsidian", ((".obsidian",),), ("",), ("",), ("package.json",)),
    Generator(
        "zola",
        (("config.toml", "content", "templates"),),
        ("content",),
        ("static",),
        ("config.toml",),
    ),
    Generator(
        "hugo",
        (
            *_each("hugo", ("toml", "yaml", "yml", "json")),
            ("config/_default",),
            *((f"config.{end}", "content") for end in ("toml", "yaml", "yml", "json")),
            ("content", "archetypes"),
        ),
        ("content",),
        ("static", "assets"),
        ("hugo.*", "config.*", "config/_default/*"),
    ),
    Generator(
        "hexo",
        (("_config.yml", "scaffolds"), ("_config.yml", "source/_posts")),
        ("source/_posts", "source"),
        ("source",),
        ("_config.yml",),
    ),
    Generator(
        "jekyll", (("_config.yml",), ("_config.toml",), ("_posts",)), ("",), ("",), ("_config.*",)
    ),
    Generator(
        "eleventy",
        ((".eleventy.js",), *_each("eleventy.config", _JS), *_each(".eleventy", _JS)),
        ("src", "content", ""),
        ("src", "public", "static", ""),
        ("_data/*.json", "src/_data/*.json", "_data/*.y*ml", "src/_data/*.y*ml", "package.json"),
    ),
    Generator(
        "astro",
        _each("astro.config", _JS),
        ("src/content", "src/pages", "src"),
        ("public",),
        ("src/config.*", "src/consts.*", "src/site.config.*", "astro.config.*", "package.json"),
    ),
    Generator(
        "gatsby",
        _each("gatsby-config", _JS),
        ("content", "src/content", "src/pages", ""),
        ("static",),
        ("gatsby-config.*", "package.json"),
    ),
    Generator(
        "pelican", (("pelicanconf.py",),), ("content", ""), ("content",), ("pelicanconf.py",)
    ),
)
"""In this order they are asked; the first that knows its signs has it."""

NONE = Generator("", (), ("",), ("static", "public", "assets", ""), ("package.json",))
"""A folder that no program of these is at home in."""


@dataclass(frozen=True, slots=True)
class Site:
    """What a configuration says of its site."""

    title: str = ""
    language: str = ""
    """A BCP 47 tag, as written."""
    author: str = ""
    authors: Mapping[str, str] = field(default_factory=dict)
    """Where it has one for each language or section: by that."""
    url: str = ""


def generator_of(name: str) -> Generator | None:
    """The generator of that name; None where there is none."""
    return next((each for each in GENERATORS if each.name == name), None)


def recognise(tree: Tree) -> Generator:
    """The generator whose folder it is; NONE where none of them is known."""
    for generator in GENERATORS:
        for signs in generator.signs:
            if all(_is_there(tree, sign) for sign in signs):
                # Zola's and Hugo's look alike: only Hugo calls it baseURL.
                if generator.name == "zola" and b"base_url" not in tree.read("config.toml"):
                    continue
                return generator
    return NONE


def _is_there(tree: Tree, sign: str) -> bool:
    return sign in tree.marks or tree.has(sign)


def content_of(tree: Tree, generator: Generator) -> str:
    """The folder in which the texts lie; "" is the whole."""
    return next((f for f in generator.content if not f or f in tree.folders), "")


def static_of(tree: Tree, generator: Generator) -> tuple[str, ...]:
    """The folders that / in an address may mean, those that are there."""
    return tuple(f for f in generator.static if not f or f in tree.folders)


# -- what the configuration says

_TITLE = ("title", "sitename", "sitetitle", "name")
_LANGUAGE = (
    "defaultcontentlanguage", "default_language", "languagecode", "locale", "lang", "language",
    "default_lang",
)  # fmt: skip
_AUTHOR = ("author", "authorname", "copyright")
_URL = ("url", "baseurl", "base_url", "siteurl", "site")
_ASSIGNED = re.compile(
    r"""\b(\w+)["']?\s*[:=]\s*(?:"([^"\n]{1,200})"|'([^'\n]{1,200})'|`([^`\n$]{1,200})`)"""
)
"""In a program's text: name: "value", NAME = 'value'."""
_MOST_CONFIG = 1 << 16
_MOST_CONFIGS = 30
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_NAME = re.compile(r"[^\W\d_][^\n<>@{}|/\\]{1,60}")


def site_of(tree: Tree, generator: Generator) -> Site:
    """What the configuration says of the site; nothing is run, what can't be read says nothing."""
    said: dict[str, str] = {}
    authors: dict[str, str] = {}
    for path in islice(_configs(tree, generator), _MOST_CONFIGS):
        for key, value in _pairs(path, tree.read(path, _MOST_CONFIG)):
            inner = key.removeprefix("author.")
            if inner == key:
                said.setdefault(key, value)
            elif _NAME.fullmatch(value):
                authors.setdefault(inner, value)
    author = next((said[k] for k in _AUTHOR if _NAME.fullmatch(said.get(k, ""))), "")
    language = next((said[k] for k in _LANGUAGE if _TAG.fullmatch(said.get(k, ""))), "")
    return Site(
        title=next((said[k] for k in _TITLE if said.get(k)), "").strip()[:200],
        language=language.replace("_", "-"),
        author=author.strip() or next(iter(authors.values()), ""),
        authors=authors,
        url=next((u for k in _URL if (u := said.get(k, "")).startswith("http")), ""),
    )


def _configs(tree: Tree, generator: Generator) -> Iterator[str]:
    for glob in generator.configs:
        yield from (p for p in tree.files if fnmatchcase(p, glob) and p.count("/") <= 2)
    # Dot files are among the marks alone.
    yield from sorted(m for m in tree.marks if m.startswith(".eleventy"))


def _pairs(path: str, data: bytes) -> Iterator[tuple[str, str]]:
    """Keys, in small letters and without what leads to them, and their texts; the upper first."""
    text = data.decode("utf-8-sig", "replace")
    if path.endswith((".json", ".yaml", ".yml", ".toml")):
        # package.json speaks of a program: its name is no site's.
        program = path.endswith("package.json")
        for key, value in _flat(settings(path, text)):
            if not program or key == "author":
                yield key, value
    else:
        for match in _ASSIGNED.finditer(text):
            yield match[1].lower(), next(v for v in match.groups()[1:] if v is not None)


def settings(path: str, text: str) -> object:
    """The data of a JSON, YAML or TOML file; None where it can't be read."""
    try:
        if path.endswith(".json"):
            return json.loads(text)
        if path.endswith(".toml"):
            return tomllib.loads(text)
    except (ValueError, RecursionError):
        return None
    if is_bomb(text):
        return None
    node, _ = compose(text, path)
    return None if node is None else resolved(node)


def _flat(value: object) -> Iterator[tuple[str, str]]:
    """Texts by their keys, the uppermost first; `author: {name: …}` is an author."""
    level: list[tuple[str, object]] = [("", value)]
    for _ in range(5):
        below: list[tuple[str, object]] = []
        for key, held in level:
            if isinstance(held, Mapping):
                below += [(_under(key, str(inner).lower()), v) for inner, v in held.items()]
            elif isinstance(held, str):
                yield key, held
            elif isinstance(held, list) and key == "author" and held:
                below.append((key, held[0]))
        level = below


def _under(key: str, inner: str) -> str:
    """What a key in a mapping is called: `author: {name: …, en: …}` are author and author.en."""
    if key != "author":
        return inner
    return key if inner == "name" else f"author.{inner}"
