"""Balance: what an anthology is made of, and the limits that its ticket sets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from reelpress.desk.facts import OPERATORS, bounds, whole
from reelpress.findings import Finding, Place, find
from reelpress.header import Header, Ticket
from reelpress.model import Anthology, Contribution


def limits(ticket: Header[Ticket], reviews: Sequence[Contribution]) -> tuple[Finding, ...]:
    """Where the reviews go beyond the ticket's limits. Findings: H006, H033."""
    noticed: list[Finding] = []
    model = ticket.model.limits
    for key, most, named in (
        ("max_per_reviewer", model.max_per_reviewer, _persons),
        ("max_per_director", model.max_per_director, _directors),
    ):
        if most is None:
            continue
        for name, count in _counted(reviews, named).items():
            if count > most:
                what = f"{count} reviews by {name}"
                if key == "max_per_director":
                    what = f"{count} reviews of films by {name}"
                noticed.append(find("H033", ticket.place("limits", key), what=what, limit=most))
    total = sum(c.text.words for c in reviews)
    if not _holds(_budget(ticket, "words", noticed), total):
        place = ticket.place("limits", "words")
        noticed.append(find("H033", place, what=f"{_count(total)} in all", limit=model.words))
    each = _budget(ticket, "review_words", noticed)
    for contribution in reviews:
        if not _holds(each, contribution.text.words):
            what = f"This review has {_count(contribution.text.words)}"
            text = contribution.text.place.path
            place = contribution.place
            if text != place.path:  # an abridgement
                place = Place(text)
            noticed.append(find("H033", place, what=what, limit=model.review_words))
    return tuple(noticed)


def _count(words: int) -> str:
    return f"{words} word" if words == 1 else f"{words} words"


def _holds(budget: list[tuple[str, int]], count: int) -> bool:
    return all(OPERATORS[sign](count, bound) for sign, bound in budget)


def _budget(ticket: Header[Ticket], key: str, noticed: list[Finding]) -> list[tuple[str, int]]:
    """What a number of words is held to: 900, 250..900, >= 250; a number alone is the most."""
    written = getattr(ticket.model.limits, key)
    try:
        found = [(sign, whole(bound)) for sign, bound in bounds(written)] if written else []
    except ValueError:
        problem = "write a number of words, or 250..900"
        place = ticket.place("limits", key)
        noticed.append(find("H006", place, field=f"limits.{key}", problem=problem))
        return []
    return [("<=" if sign == "=" else sign, bound) for sign, bound in found]


def stats(anthology: Anthology, findings: Iterable[Finding]) -> dict[str, Any]:
    """What an anthology is made of, in numbers, for people and machines.

    Counts by reviewer (with words), decade, country and rating, in falling order; words in all,
    the longest and shortest review; slugs of reviews that lack alternative texts or rights.
    """
    reviews = anthology.reviews
    words = {c.slug: c.text.words for c in reviews}
    by_words = sorted(reviews, key=lambda c: (c.text.words, c.slug))
    undescribed = {f.place.path for f in findings if f.code == "A001"}
    return {
        "reviews": len(reviews),
        "words": sum(words.values()),
        "longest": _measured(by_words[-1:]),
        "shortest": _measured(by_words[:1]),
        "reviewers": [
            {
                "name": name,
                "reviews": count,
                "words": sum(words[c.slug] for c in reviews if name in _reviewers(c)),
            }
            for name, count in _counted(reviews, _reviewers).most_common()
        ],
        "decades": dict(sorted(_counted(reviews, _decade).items())),
        "countries": dict(_counted(reviews, lambda c: c.film.countries).most_common()),
        "ratings": dict(_counted(reviews, _rating).most_common()),
        "languages": dict(_counted(reviews, lambda c: [c.language]).most_common()),
        "without_alternative_text": [c.slug for c in reviews if c.place.path in undescribed],
        "without_rights": [
            c.slug for c in reviews if not c.rights.holders or c.rights.licence is None
        ],
    }


def _measured(reviews: Sequence[Contribution]) -> dict[str, Any] | None:
    found = [{"slug": c.slug, "title": c.title, "words": c.text.words} for c in reviews]
    return found[0] if found else None


def _counted(
    reviews: Iterable[Contribution], named: Callable[[Contribution], Iterable[str]]
) -> Counter[str]:
    return Counter(name for c in reviews for name in named(c))


def _reviewers(contribution: Contribution) -> list[str]:
    return [c.name for c in contribution.byline if c.role == "aut"]


def _persons(contribution: Contribution) -> list[str]:
    """Whatever pen names they have, they are the same reviewers."""
    return [c.person.name for c in contribution.byline if c.role == "aut"]


def _directors(contribution: Contribution) -> Sequence[str]:
    return contribution.film.directors


def _decade(contribution: Contribution) -> list[str]:
    year = contribution.film.year
    return [f"{year // 10 * 10}s"] if year else ["unknown"]


def _rating(contribution: Contribution) -> list[str]:
    return [contribution.rating.text if contribution.rating else "none"]
