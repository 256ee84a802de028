"""Where in a page the review stands, and what in it is none of the review's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from reelpress.intake.page.marked import classes, entry, in_comments

_ENOUGH = 200
"""Characters of a text that is a review's."""
_KNOWN = frozenset(
    "entry-content post-content article-content article-body article__body post-body post__content "
    "story-body content-body td-post-content single-content blog-post-content body-copy "
    "available-content review-body review-content reviewtext review-text".split()
)
"""Classes by which blogs and papers call the text of an article."""
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_WORDS = re.compile(r"[-_\s]+|(?<=[a-z])(?=[A-Z])")
_UNSEEN = frozenset("script style template noscript head title meta link base".split())
_EMBEDS = frozenset("iframe embed object video audio".split())
BESIDE = "beside the article"
"""Of what has no better reason."""
_AROUND = " .,;:…\"“”'‘’«»"
_ASIDE = "an aside of the site's"
_COMMENTS = "readers' comments"
_NAMES = {
    "an advertisement": """ad ads advert adverts advertisement advertising adsense adsbygoogle
        sponsor sponsored promo promotion outbrain taboola dfp adunit affiliate""",
    "buttons for sharing": """share sharing shares sharedaddy sharebar addthis addtoany social
        socials sharethis likes shariff""",
    _COMMENTS: "comments commentlist respond disqus replies",
    "links to other pages": """related recommended recommendations relatedposts similar trending
        popular readnext morestories yarpp""",
    "an invitation to subscribe": """newsletter subscribe subscription signup optin mailchimp
        paywall""",
    "a notice of cookies": "cookie cookies consent gdpr cookiebanner",
    "the site's menu": """nav navbar navigation menu breadcrumb breadcrumbs pagination pager sitenav
        skip skiplink sidebar widget widgets toolbar toc masthead""",
    "the line of author and day": "byline meta postmeta dateline timestamp",
}
_PARTS = tuple((frozenset(words.split()), reason) for reason, words in _NAMES.items())
"""Words in classes and ids, and what is called so."""
_PROSE, _FEW_LINKS, _MOST_OF_IT = 300, 0.3, 0.4


@dataclass(slots=True)
class Region:
    """The element that holds the review, and what is to be taken from it."""

    element: Any
    chunks: list[tuple[Any, str]] = field(default_factory=list)
    """Elements that do not come, with the reason; none in another."""
    doubtful: list[Any] = field(default_factory=list)
    """Elements that might not be the review's: they stay."""
    embeds: list[str] = field(default_factory=list)
    """Addresses of frames and films that no book can show."""


def unseen(root: Any) -> None:
    """Take away, in place, what a page does not show: scripts, and what is hidden."""
    from reelpress.intake.markup.tree import take_out

    for element in [e for e in root.iter() if isinstance(e.tag, str) and _is_unseen(e)]:
        take_out(element)


def _is_unseen(element: Any) -> bool:
    if element.tag in _UNSEEN:
        return True
    if element.tag in ("html", "body"):
        return False
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def text_in(element: Any) -> str:
    """The text in an element, white space reduced."""
    return " ".join("".join(element.itertext()).split())


# -- where the review stands


def region_of(root: Any) -> Any:
    """The element that holds the review; None where nothing is like one.

    In this order: what says so (itemprop, microformats), what blogs call it, <article>, <main>,
    what a browser's reader view would show.
    """
    for found in (*_told(root), *_called(root)):
        if len(text_in(found)) >= _ENOUGH:
            return found
    read = _readable(root)
    if read is not None:
        return read
    body = root.find(".//body")
    return body if body is not None and text_in(body) else None


def _told(root: Any) -> Iterator[Any]:
    elements = [e for e in root.iter() if isinstance(e.tag, str)]
    for name in ("reviewBody", "articleBody"):
        yield from (e for e in elements if name in (e.get("itemprop") or "").split())
        home = entry(root) if name == "reviewBody" else None
        if home is not None:
            wanted = {"e-content", "description", "entry-content"}
            inner = [e for e in home.iter() if isinstance(e.tag, str) and classes(e) & wanted]
            yield from (e for e in inner if not in_comments(e))


def _called(root: Any) -> Iterator[Any]:
    elements = [e for e in root.iter() if isinstance(e.tag, str)]
    yield from (e for e in elements if classes(e) & _KNOWN and not in_comments(e))
    articles = [e for e in elements if e.tag == "article" and not in_comments(e)]
    mains = [e for e in elements if e.tag == "main" or e.get("role") == "main"]
    for found in (articles, mains):
        # What is in none other: a list of teasers has many, and none of them is the page's text.
        yield from sorted(found, key=lambda e: -_prose(e))[:1]


def _prose(element: Any) -> int:
    return sum(len(text_in(paragraph)) for paragraph in element.iter("p"))


def _readable(root: Any) -> Any | None:
    """The smallest element that holds all paragraphs which readability finds to be the text."""
    from lxml import etree
    from readability import Document

    try:
        page = etree.tostring(root, encoding="unicode", method="html")
        shown = etree.fromstring(Document(page).summary(), etree.HTMLParser())
    except (etree.LxmlError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    if shown is None:
        return None
    wanted = {text_in(e) for e in shown.iter("p", "div", "td", "li", "blockquote")} - {""}
    found = [e for e in root.iter("p", "div", "td", "li", "blockquote")
             if len(text := text_in(e)) > 40 and text in wanted]  # fmt: skip
    if not found:
        return None
    common = [found[0], *found[0].iterancestors()]
    for element in found[1:]:
        above = {id(up) for up in (element, *element.iterancestors())}
        common = [up for up in common if id(up) in above]
    return common[0] if common else None


# -- what in it is none of the review's


def cleaned(element: Any) -> Region:
    """The region, and what in it is the site's by its element or by what it is called.

    What is most of the text, or prose with few links in it, is never taken away by its name alone.
    """
    made = Region(element)
    all_words = text_in(element)
    whole = max(1, len(all_words))
    walk = list(element)
    while walk:
        inner = walk.pop()
        if not isinstance(inner.tag, str):
            continue
        if inner.tag in _EMBEDS:
            made.embeds.append(inner.get("src") or inner.get("data") or "")
            continue
        reason, sure = _reason(inner)
        text = text_in(inner) if reason else ""
        if reason and text:
            prose = len(text) > _PROSE and _linked(inner, text) < _FEW_LINKS
            if len(text) > _MOST_OF_IT * whole and not sure:
                reason = ""
            elif reason == _ASIDE and all_words.count(text.strip(_AROUND)) > 1:
                reason = "a pull quote: its words stand in the text"
            elif not sure and (prose or (reason == _ASIDE and _linked(inner, text) < _FEW_LINKS)):
                made.doubtful.append(inner)
                reason = ""
        if reason:
            made.chunks.append((inner, reason))
        else:
            walk.extend(inner)
    return made


def _linked(element: Any, text: str) -> float:
    """How much of a text is links."""
    return sum(len(text_in(link)) for link in element.iter("a")) / max(1, len(text))


def _reason(element: Any) -> tuple[str, bool]:
    """Why an element does not come, and whether that is sure whatever is in it."""
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    words = frozenset(w.lower() for w in _WORDS.split(named) if w) if named.strip() else frozenset()
    for group, reason in _PARTS:
        if words & group:
            return reason, reason == _COMMENTS and len(words) < 4
    if element.tag == "nav" or element.get("role") in ("navigation", "search", "banner"):
        return "the site's menu", False
    if element.tag in ("form", "dialog") or element.get("role") in ("dialog", "alertdialog"):
        return "a form", False
    if element.tag == "footer":
        return "the foot of the article", False
    if element.tag == "aside" or element.get("role") == "complementary":
        return _ASIDE, False
    return "", False


def around(element: Any) -> Iterator[tuple[Any, str]]:
    """All elements beside the region and its ancestors, with what they are."""
    below = element
    for up in element.iterancestors():
        for inner in up:
            if inner is not below and isinstance(inner.tag, str):
                known = {"header": "the head of the page", "footer": "the foot of the page"}
                yield inner, known.get(inner.tag) or _reason(inner)[0] or BESIDE
        below = up
