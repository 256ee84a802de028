"""Who wrote the reviews: the names in the headers, and what other files say of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from reelpress.intake.survey.found import Someone
from reelpress.intake.survey.generators import Site
from reelpress.intake.survey.joins import Joined, record_of
from reelpress.intake.survey.keys import Key
from reelpress.intake.survey.meanings import Meaning
from reelpress.intake.survey.walk import Tree
from reelpress.slugs import slug

_MOST = 500


def people(
    tree: Tree,
    keys: Mapping[str, Key],
    known: Iterable[Meaning],
    joined: Iterable[Joined],
    site: Site,
    where: Collection[str],
) -> tuple[Someone, ...]:
    """Everyone whom headers name, most reviews first, and the site's author.

    `where` are languages and folders of the reviews: a site may have an author for each.
    """
    name = next((site.authors[w] for w in where if w in site.authors), site.author)
    own = Someone(slug(name), name, "", 0, own=True) if name else None
    meaning = next((m for m in known if m.field == "reviewer"), None)
    if meaning is None:
        return (own,) if own is not None else ()
    inner = (f"{meaning.key}{name}" for name in ("", "[].name", ".name"))
    counted = Counter(next((keys[k].values for k in inner if k in keys and keys[k].values), []))
    book = next((j for j in joined if j.key == meaning.key and "reviewer" in j.take), None)
    found = [_someone(tree, called, count, book) for called, count in counted.most_common(_MOST)]
    same = {someone.name.casefold() for someone in found}
    if own is not None:
        found = [replace(s, own=s.name.casefold() == name.casefold()) for s in found]
        found += [] if name.casefold() in same else [own]
    return tuple(sorted(found, key=lambda someone: (-someone.reviews, someone.name)))


_WEB = re.compile(r"https?://[^\s<>\"']{3,200}")


def _someone(tree: Tree, called: str, count: int, book: Joined | None) -> Someone:
    said = record_of(tree, book, called) if book is not None else {}
    name = str(said.get(book.take["reviewer"]) or called) if book is not None else called
    bio = next((said[k] for k in ("bio", "description", "about") if said.get(k)), "")
    website = next((said[k] for k in ("website", "url", "site", "homepage") if said.get(k)), "")
    web = str(website) if _WEB.fullmatch(str(website)) else ""
    return Someone(slug(called), name, called, count, str(bio).strip()[:2000], web)
