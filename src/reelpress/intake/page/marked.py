"""What a page says of its review in its markup: microformats, microdata, meta elements.

Microformats: hReview 0.4 and h-review, h-entry (microformats.org/wiki). Open Graph: ogp.me.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reelpress.intake.page import facts
from reelpress.intake.page.facts import Facts, plain
from reelpress.intake.pasted.details import rating_of

_COMMENTS = frozenset("comments comment commentlist comment-list respond disqus_thread".split())


def classes(element: Any) -> frozenset[str]:
    """The classes of an element."""
    return frozenset((element.get("class") or "").split())


def in_comments(element: Any) -> bool:
    """Whether an element is a reader's comment, or in one."""
    return any(
        (classes(up) | {up.get("id") or ""}) & _COMMENTS
        for up in (element, *element.iterancestors())
    )


def _all(root: Any, *names: str) -> Iterator[Any]:
    """The elements that bear one of the classes, in their order."""
    wanted = frozenset(names)
    for element in root.iter():
        if isinstance(element.tag, str) and classes(element) & wanted:
            yield element


def _one(root: Any, *names: str) -> Any:
    return next(_all(root, *names), None)


def said(element: Any) -> str:
    """What an element says to machines: of a time the day, of an abbr its title, or its text."""
    if element is None:
        return ""
    for key in ("datetime", "content", "value"):
        if element.get(key):
            return plain(element.get(key))
    if element.tag in ("abbr", "img") or "value-title" in classes(element):
        return plain(element.get("title") or element.get("alt") or "")
    own = next((e for e in element.iter() if e is not element and classes(e) & _VALUES), None)
    return said(own) if own is not None else plain("".join(element.itertext()))


_VALUES = frozenset({"value-title", "value"})


# -- microformats


def entry(root: Any) -> Any:
    """The element that is the review by a microformat; None where there is none."""
    for names in (("h-review",), ("hreview",), ("h-entry",), ("hentry",)):
        found = [
            e for e in _all(root, *names) if not in_comments(e) and e.tag not in ("html", "body")
        ]
        if len(found) == 1 or (found and names[0] in ("h-review", "hreview")):
            return found[0]
    return next((e for e in _all(root, "hreview", "h-review", "h-entry", "hentry")
                 if e.tag == "body"), None)  # fmt: skip


def microformats(root: Any) -> Facts:
    """What microformats say of a review."""
    home = entry(root)
    if home is None:
        return Facts()
    review = bool(classes(home) & {"hreview", "h-review"})
    film = _one(home, "p-item", "item", "h-product", "h-item") if review else None
    author = _one(home, "p-author", "reviewer", "author")
    score = _one(home, "p-rating", "rating")
    others = frozenset(e for e in (film, author) if e is not None for e in e.iter())
    own = [e for e in _all(home, "summary", "p-name", "entry-title") if e not in others]
    made = Facts(
        title=said(own[0]) if own else "",
        rating=_rating(score),
        date=facts.day(said(_one(home, "dt-reviewed", "dtreviewed", "dt-published", "published"))),
        changed=facts.day(said(_one(home, "dt-updated", "updated"))),
        tags=[said(e) for e in _all(home, "p-category")],
        writers=_person(author),
    )
    if film is not None:
        theirs = frozenset(author.iter()) if author is not None else frozenset()
        named = [e for e in _all(home, "fn") if e not in theirs]
        name = said(_one(film, "p-name", "fn")) or said(film) or said(next(iter(named), None))
        made.film = {"title": name} if name else {}
        if when := facts.year(said(_one(film, "dt-published", "dtreleased", "year"))):
            made.film["year"] = when
    licence = next((a for a in home.iter("a") if "license" in (a.get("rel") or "").split()), None)
    if licence is not None:
        made.licence = facts.licence(licence.get("href"))
    return made


def _person(author: Any) -> list[tuple[str, str]]:
    if author is None:
        return []
    link = author if author.tag == "a" else next(author.iter("a"), None)
    url = (link.get("href") or "") if link is not None else ""
    name = said(_one(author, "p-name", "fn")) or said(author)
    return [(name, url if url.startswith("http") else "")] if name and len(name) < 80 else []


def _rating(element: Any) -> str:
    if element is None:
        return ""
    value, best = _one(element, "value", "p-value"), _one(element, "best", "p-best")
    text = said(value) if value is not None else said(element)
    return facts.rating(text, said(best) or element.get("max")) or rating_of(text)


# -- microdata


def microdata(root: Any) -> Facts:
    """What microdata says of a review: schema.org's words in itemprop."""
    scope = next((e for e in root.iter() if isinstance(e.tag, str) and _kind(e) == "review"), None)
    text = next(
        (
            e
            for e in root.iter()
            if isinstance(e.tag, str) and _kind(e) in ("article", "blogposting")
        ),
        None,
    )
    home = scope if scope is not None else text
    if home is None:
        return Facts()
    film = _property(home, "itemReviewed")
    made = Facts(
        title=said(_property(home, "headline", within=film))
        or said(_property(home, "name", within=film)),
        rating=facts.rating(
            said(_property(home, "ratingValue")), said(_property(home, "bestRating"))
        ),
        date=facts.day(said(_property(home, "datePublished", within=film))),
        changed=facts.day(said(_property(home, "dateModified"))),
    )
    author = _property(home, "author", within=film)
    if author is not None:
        name = (
            said(_property(author, "name")) if author.get("itemscope") is not None else said(author)
        )
        url = _property(author, "url")
        made.writers = [(name, (url.get("href") or "") if url is not None else "")] if name else []
    publisher = _property(home, "publisher")
    made.outlet = said(_property(publisher, "name")) if publisher is not None else ""
    if film is not None:
        title = said(_property(film, "name")) if film.get("itemscope") is not None else said(film)
        people = {
            ours: [
                _called(e) for e in film.iter() if isinstance(e.tag, str) and theirs in _props(e)
            ]
            for ours, theirs in (("directors", "director"), ("cast", "actor"))
        }
        when = facts.year(said(_property(film, "datePublished") or _property(film, "dateCreated")))
        whole = {"title": title, "year": when, **people}
        made.film = {key: value for key, value in whole.items() if value}
    return made


def _kind(element: Any) -> str:
    return (element.get("itemtype") or "").rstrip("/").rpartition("/")[2].lower()


def _props(element: Any) -> list[str]:
    return (element.get("itemprop") or "").split()


def _property(home: Any, name: str, *, within: Any = None) -> Any:
    """The first element with a property; none of those that are told of another thing."""
    other = frozenset(within.iter()) if within is not None and within is not home else frozenset()
    for element in home.iter():
        if isinstance(element.tag, str) and name in _props(element) and element not in other:
            return element
    return None


def _called(element: Any) -> str:
    name = _property(element, "name") if element.get("itemscope") is not None else None
    return said(name) if name is not None else said(element)


# -- meta


def meta(root: Any) -> Facts:
    """What the head of a page says: Open Graph, article:*, Dublin Core, author, title, lang."""
    told: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        key = (element.get("property") or element.get("name") or "").strip().lower()
        if key and (value := plain(element.get("content") or "")):
            told.setdefault(key, []).append(value)

    def first(*keys: str) -> str:
        return next((told[key][0] for key in keys if key in told), "")

    html = next(root.iter("html"), root)
    links = {(e.get("rel") or "").lower(): e.get("href") or "" for e in root.iter("link")}
    site = first("og:site_name", "application-name", "al:ios:app_name", "publisher", "dc.publisher")
    title = first("og:title", "twitter:title", "dc.title", "dcterms.title")
    if not title:
        title = plain("".join(next((e.itertext() for e in root.iter("title")), iter(()))))
    names = [name for key in _WRITERS for name in told.get(key, []) if not name.startswith("http")]
    spoken = html.get("lang") or html.get("{http://www.w3.org/XML/1998/namespace}lang")
    address = links.get("canonical", "") or first("og:url")
    return Facts(
        title=without_site(title, site),
        writers=[(name, "") for name in dict.fromkeys(names)][:4],
        date=facts.day(first(*_PUBLISHED)),
        changed=facts.day(first("article:modified_time", "og:updated_time", "last-modified")),
        language=facts.language(spoken or first("og:locale", "language", "dc.language")),
        outlet=site,
        address=address if address.startswith(("http://", "https://")) else "",
        licence=facts.licence(links.get("license", "") or first("dcterms.license")),
        tags=told.get("article:tag", [])[:20],
    )


_PUBLISHED = (
    "article:published_time og:published_time dc.date dcterms.created dcterms.date date pubdate "
    "parsely-pub-date citation_publication_date"
).split()
_WRITERS = (
    "author article:author dc.creator dcterms.creator sailthru.author parsely-author "
    "citation_author"
).split()


def without_site(title: str, site: str) -> str:
    """A page's title without the name of its site."""
    for mark in (" | ", " – ", " — ", " - ", " · ", " :: ", " « ", " » "):
        if site and title.lower().endswith(f"{mark}{site}".lower()):
            return title[: -len(mark) - len(site)].strip()
    head, bar, _ = title.rpartition(" | ")
    return head.strip() if bar and head else title
