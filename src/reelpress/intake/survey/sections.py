"""Where in a folder the reviews are: which of its sections hold many texts of one kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from reelpress.header.globs import named
from reelpress.intake.survey.generators import Generator, content_of
from reelpress.intake.survey.looks import PROSE, look
from reelpress.intake.survey.scripts import most_common
from reelpress.intake.survey.walk import Tree

ENDS = (".md", ".markdown", ".mdx", ".mdown", ".mkd")
"""How the names of Markdown files end."""
_NO_REVIEW = re.compile(
    r"(?i:readme|license|changelog|contributing|code_of_conduct|_index|_skeleton)"
    r"(?i:[.\-_][a-z]{2}(?:[-_][a-z]{2})?)?|LICENCE|AUTHORS|CHANGES|COPYING|HISTORY|NOTICE|SECURITY"
    r"|TODO",
)
"""Names of files that no generator takes for a text, or that are about the folder. A film may be
called Notice: such words count in capitals alone."""
_NO_PAGE = re.compile(r"(?:search|tags|archives?|sitemap|about|contact|index|404)", re.I)
"""Names of the site's own pages, where they lie beside its sections."""
_NO_SECTION = re.compile(
    r"_?(?:drafts?|templates?|archetypes|scaffolds|includes?|layouts?|themes?|docs?|tests?|"
    r"authors?|contributors|people|pages?|about|examplesite|snippets|attachments|assets|static|"
    r"public|scripts|src-tauri|data|\.github|i18n|plugins?|components)",
    re.I,
)
_DRAFTS = re.compile(r"_?drafts?", re.I)
_REVIEWS = re.compile(
    r".*(?:review|kritik|critique|crítica|critica|recensi|rezension|reseña|resena|"
    r"anmeldelse|recenzj|recenz|影评|レビュー|ביקור).*",
    re.I,
)
_FILMS = re.compile(r".*(?:film|movie|cinema|kino|cine\b|pelicula|电影|映画|סרט).*", re.I)
_TRIED = 40
"""Files of each section that are looked at first."""


@dataclass(frozen=True, slots=True)
class Section:
    """One folder of texts."""

    folder: str
    """Below the folder surveyed; "" is that itself."""
    files: tuple[str, ...]
    """In and below it, less what is no review by its name."""
    prose: int
    """About how many hold a text."""
    language: str
    """Of most of them."""
    keys: frozenset[str]
    """Those that half of the headers have."""

    @property
    def direct(self) -> bool:
        """Whether no file is in a folder below."""
        above = f"{self.folder}/" if self.folder else ""
        return not any("/" in path[len(above) :] for path in self.files)


def is_text(path: str) -> bool:
    """Whether a file is Markdown."""
    return path.lower().endswith(ENDS)


def is_draft(path: str) -> bool:
    """Whether a file lies in a folder of drafts."""
    return any(_DRAFTS.fullmatch(step) for step in path.split("/")[:-1])


def is_left_out(path: str) -> bool:
    """Whether a file is no review by its name, or lies in a folder that holds none."""
    *steps, name = path.split("/")
    stem = name.rpartition(".")[0]
    page = not steps and _NO_PAGE.fullmatch(stem)
    return bool(page or _NO_REVIEW.fullmatch(stem)) or any(map(_NO_SECTION.fullmatch, steps))


def sections_of(tree: Tree, generator: Generator) -> tuple[Section, ...]:
    """The sections that hold texts, those with most of them first."""
    root = content_of(tree, generator)
    gathered = tuple(_gathered(tree, root))
    found: list[Section] = []
    for least in (PROSE, 1):  # where nothing is longer, a line or two are the reviews
        found = [
            section
            for folder, files in gathered
            if (section := _tried(tree, folder, files, least)).prose
        ]
        if found:
            break
    return tuple(sorted(found, key=lambda s: (-s.prose, s.folder)))


def chosen(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """The sections that hold the reviews.

    The largest, or where a name says reviews, the largest so named; and others whose headers have
    the same keys and whose texts are in the same language.
    """
    named = [
        [s for s in sections if any(map(pattern.fullmatch, s.folder.split("/")))]
        for pattern in (_REVIEWS, _FILMS)
    ]
    pool = next(filter(None, [*named, list(sections)]), [])
    if not pool:
        return ()
    best = pool[0]
    return tuple(s for s in pool if s is best or _is_like(s, best))


def globbed(tree: Tree, globs: Sequence[str]) -> tuple[Section, ...]:
    """The files that globs name, as sections: one for each glob."""
    found = [
        (glob, tuple(p for p in tree.files if is_text(p) and named(p, [glob]))) for glob in globs
    ]
    return tuple(_tried(tree, _fixed(glob), files) for glob, files in found if files)


def _fixed(glob: str) -> str:
    return "/".join(takewhile(lambda step: not any(c in step for c in "*?["), glob.split("/")))


def _is_like(section: Section, best: Section) -> bool:
    both, either = section.keys & best.keys, section.keys | best.keys
    same = len(both) * 2 >= len(either) if either else True
    language = section.language.split("-")[0] in ("", best.language.split("-")[0])
    enough = section.prose >= 3 and section.prose * 20 >= best.prose
    return same and language and enough


def _gathered(tree: Tree, root: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each section's folder and files: folders just below `root`, deeper where all is in one."""
    texts = [path for path in tree.below(root) if is_text(path)]
    files = [path for path in texts if not is_left_out(_inner(path, root))] or texts
    by_step: dict[str, list[str]] = {}
    for path in files:
        step, slash, rest = _inner(path, root).partition("/")
        # A folder for each text, or for each year, is no section.
        own = rest.startswith("index.") or step.isdecimal()
        by_step.setdefault("" if own or not slash else step, []).append(path)
    whole = len(files)
    for step, inside in by_step.items():
        folder = "/".join(filter(None, (root, step)))
        deeper = [p for p in inside if "/" in p[len(folder) + 1 :]]
        below = {path[len(folder) + 1 :].partition("/")[0] for path in deeper}
        alone = len(inside) * 10 >= 9 * whole and len(deeper) * 10 >= 9 * len(inside)
        if step and alone and len(below) < _TRIED:
            yield from _gathered(tree, folder)
            continue
        yield folder, tuple(inside)


def _inner(path: str, root: str) -> str:
    return path[len(root) + 1 :] if root else path


def _tried(tree: Tree, folder: str, files: tuple[str, ...], least: int = PROSE) -> Section:
    """A section, from some of its files, spread over all of it; a text has `least` words."""
    step = max(1, len(files) // _TRIED)
    looks = [look(path, tree.read(path), tree.is_whole(path)) for path in files[::step]]
    prose = [each for each in looks if each.words >= least]
    languages: Mapping[str, int] = most_common(each.language for each in prose)
    keys = Counter(str(key) for each in prose for key in each.header)
    return Section(
        folder,
        files,
        round(len(files) * len(prose) / len(looks)) if looks else 0,
        next(iter(languages), ""),
        frozenset(key for key, count in keys.items() if count * 2 >= len(prose)),
    )
