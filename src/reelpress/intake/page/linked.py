"""JSON-LD: what a page says of its review in schema.org's words."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from reelpress.intake.page import facts
from reelpress.intake.page.facts import Facts, plain

_LONGEST = 1_000_000
_DEEPEST = 12
_MOST = 5_000
"""Nodes that are looked at."""
_REVIEWS = {"review", "criticreview", "mediareview"}
_FILMS = {"movie", "tvseries", "tvepisode", "tvseason", "creativework", "episode", "videoobject"}
_TEXTS = frozenset(
    "article newsarticle blogposting socialmediaposting reportagenewsarticle opinionnewsarticle "
    "analysisnewsarticle reviewnewsarticle scholarlyarticle post".split()
)
_JUNK = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$")

Node = dict[str, Any]


def linked(scripts: Iterable[str]) -> Facts:
    """What the scripts of JSON-LD in a page say of the review that it is."""
    nodes: list[Node] = []
    for script in scripts:
        if len(script) <= _LONGEST:
            try:
                nodes += _nodes(json.loads(_JUNK.sub("", script), strict=False))
            except (ValueError, RecursionError):
                continue
    named = {
        node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1
    }
    reviews = [node for node in nodes if _is(node, _REVIEWS)]
    texts = [node for node in nodes if _is(node, _TEXTS)]
    films = [node for node in nodes if _is(node, {"movie"})]
    made = Facts()
    for node in (*reviews[:1], *texts[:1]):
        made.fill(_text(node, named))
    if not made.film.get("title"):
        about = [_whole(a, named) for t in texts[:1] for a in _many(t.get("about"))]
        told = [node for node in about if isinstance(node, dict) and _is(node, _FILMS)]
        for film in [*told, *films][:1]:
            made.film = {**_film(film, named), **made.film}
    for site in [n for n in nodes if _is(n, {"webpage", "website"})][:3]:
        own = _text(site, named)
        outlet = plain(site.get("name")) if _is(site, {"website"}) else ""
        made.fill(Facts(language=own.language, outlet=outlet, date=own.date))
    return made


def _nodes(value: object) -> Iterator[Node]:
    """Every node, however it is nested: what stands further up comes first."""
    rank: deque[tuple[object, int]] = deque([(value, 0)])
    seen = 0
    while rank and seen < _MOST:
        inner, depth = rank.popleft()
        if isinstance(inner, list):
            rank += [(item, depth) for item in inner if isinstance(item, dict | list)]
        elif isinstance(inner, dict):
            seen += 1
            yield inner
            if depth < _DEEPEST:
                rank += [
                    (item, depth + 1) for item in inner.values() if isinstance(item, dict | list)
                ]


def _is(node: object, kinds: Collection[str]) -> bool:
    if not isinstance(node, dict):
        return False
    said = (plain(kind).rpartition("/")[2].lower() for kind in _many(node.get("@type")))
    return any(kind in kinds for kind in said)


def _many(value: object) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _whole(value: object, named: dict[str, Node]) -> object:
    """A node that is only named here, as it is told elsewhere."""
    if isinstance(value, dict) and len(value) <= 2 and isinstance(value.get("@id"), str):
        return named.get(value["@id"], value)
    return value


def _names(value: object, named: dict[str, Node]) -> list[tuple[str, str]]:
    """Names and addresses of people or organisations."""
    found: list[tuple[str, str]] = []
    for one in _many(value):
        node = _whole(one, named)
        if isinstance(node, dict):
            url = next((plain(u) for u in _many(node.get("url") or node.get("sameAs"))), "")
            found += [(plain(name), url) for name in _many(node.get("name"))]
        elif name := plain(node):
            found.append((name, ""))
    web = ("http://", "https://")
    return [(n, u if u.startswith(web) else "") for n, u in found if n and not n.startswith(web)]


def _first(value: object) -> object:
    return next(iter(_many(value)), None)


def _text(node: Node, named: dict[str, Node]) -> Facts:
    """What a review or an article says of itself."""
    stars = _whole(_first(node.get("reviewRating")), named)
    film = _whole(_first(node.get("itemReviewed")), named)
    if isinstance(film, str):
        film = {"name": film}
    publisher = _names(node.get("publisher"), named) or _names(node.get("isPartOf"), named)
    main = _first(node.get("mainEntityOfPage"))
    address = plain(main.get("@id") if isinstance(main, dict) else main) or plain(node.get("url"))
    years = [facts.year(year) for year in _many(node.get("copyrightYear"))]
    spoken = _first(node.get("inLanguage"))
    tags = node.get("keywords")
    return Facts(
        title=plain(_first(node.get("headline"))) or plain(_first(node.get("name"))),
        film=_film(film, named) if isinstance(film, dict) else {},
        writers=_names(node.get("author") or node.get("creator"), named),
        rating=facts.rating(stars.get("ratingValue"), stars.get("bestRating"))
        if isinstance(stars, dict)
        else facts.rating(stars, None),
        date=facts.day(_first(node.get("datePublished")))
        or facts.day(_first(node.get("dateCreated"))),
        changed=facts.day(_first(node.get("dateModified"))),
        language=facts.language(
            spoken.get("alternateName") if isinstance(spoken, dict) else spoken
        ),
        outlet=publisher[0][0] if publisher else "",
        address=address if address.startswith(("http://", "https://")) else "",
        licence=_licence(node, named),
        holders=[name for name, _ in _names(node.get("copyrightHolder"), named)],
        years=[year for year in years if year],
        tags=[tag for tag in map(plain, tags) if tag] if isinstance(tags, list) else [],
    )


def _licence(node: Node, named: dict[str, Node]) -> str:
    said = _whole(_first(node.get("license")), named)
    if isinstance(said, dict):
        said = said.get("url") or said.get("@id") or said.get("name")
    return facts.licence(said)


def _film(node: Node, named: dict[str, Node]) -> dict[str, object]:
    """A film, as front matter has it."""
    when = _first(node.get("datePublished")) or _first(node.get("dateCreated"))
    countries = _names(node.get("countryOfOrigin"), named)
    same = " ".join(plain(address) for address in _many(node.get("sameAs")))
    made: dict[str, object] = {
        "title": plain(_first(node.get("name"))),
        "year": facts.year(when) or facts.year(_first(node.get("copyrightYear"))),
        "directors": [name for name, _ in _names(node.get("director"), named)],
        "writers": [name for name, _ in _names(node.get("author"), named)]
        if _is(node, {"movie"})
        else [],
        "cast": [name for name, _ in _names(node.get("actor") or node.get("actors"), named)],
        "country": [name for name, _ in countries],
        "runtime": facts.minutes(_first(node.get("duration"))),
        "ids": facts.imdb(f"{same} {plain(node.get('@id'))} {plain(node.get('url'))}"),
    }
    return {key: value for key, value in made.items() if value}
