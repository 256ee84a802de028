"""Each block of a pasted page, and what it is: the review's own, a fact, or the site's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from reelpress.intake.headlines import films_of
from reelpress.intake.pasted.blocks import Block, blocks_of
from reelpress.intake.pasted.dates import dated, day_in
from reelpress.intake.pasted.details import Details, details_of, is_detail, rating_of
from reelpress.intake.pasted.headline import Headline, headline_of, is_headline
from reelpress.intake.pasted.holder import Copyright, copyright_of
from reelpress.intake.pasted.people import People, people_of
from reelpress.intake.pasted.site import heads_related, is_doubtful, site_reason

_LONG = 200
"""Characters of a block that is a paragraph of a review for sure."""
_ITEM = 140
_MORE = re.compile(r"(?:(?:read|see) )?more (?:from|by|on)\s+(.+)", re.I)
_SENTENCE = ".!?…:;,"


@dataclass(slots=True)
class Sorted:
    """A pasted page, sorted."""

    blocks: tuple[Block, ...]
    gone: dict[int, str] = field(default_factory=dict)
    """Block -> why it does not stand in the text: where it went, or that it is the site's."""
    headline: Headline | None = None
    details: Details = field(default_factory=Details)
    people: People = field(default_factory=People)
    rights: Copyright | None = None
    date: str = ""
    doubtful: list[int] = field(default_factory=list)
    related: int = 0
    """How many lines stood under a head such as "Related Articles"."""

    def passed(self) -> list[bool]:
        """Which blocks are settled."""
        return [at in self.gone for at in range(len(self.blocks))]


def sort(text: str, *, markdown: bool = False) -> Sorted:
    """What each block of a text is."""
    return sort_blocks(blocks_of(text, stands_alone, markdown=markdown))


def sort_blocks(
    blocks: tuple[Block, ...], headline: Headline | None = None, writers: Sequence[str] = ()
) -> Sorted:
    """What each of some blocks is; `headline` where it is known, and stands in none of them (its
    `at` is negative), `writers` who is known to have written them."""
    made = Sorted(blocks)
    for at, block in enumerate(blocks):
        if reason := site_reason(block.text):
            made.gone[at] = reason
    _related(made)
    copyrights = {at: said for at, block in enumerate(blocks) if (said := copyright_of(block.text))}
    made.gone |= dict.fromkeys(copyrights, "a copyright line")
    made.headline = headline or headline_of(blocks, made.passed())
    if made.headline is not None and made.headline.at >= 0:
        made.gone[made.headline.at] = "in the header: title"
    _again(made)
    _names_of_site(made)
    made.details = details_of(blocks, made.passed())
    made.gone |= {at: f"in the header: {where}" for at, where in made.details.filled.items()}
    _dates(made)
    films = [title for title, _ in made.headline.films] if made.headline else []
    films += [str(made.details.film.get("title") or "")]
    made.people = people_of(blocks, made.passed(), films, writers)
    personal = [said for said in copyrights.values() if said.personal]
    if not made.people.names and personal:
        made.people = people_of(blocks, made.passed(), films, personal[-1].holders)
    for at, where in made.people.filled.items():
        made.gone[at] = f"in people.yaml: {where}" if "bio" in where else f"in the header: {where}"
    for at, rest in made.people.dates.items():
        if (day := day_in(rest)) and not made.date:
            made.date = day
        made.gone[at] = "in the header: reviewer" + (" and date" if day_in(rest) else "")
    _copyrights(made, copyrights)
    _ratings(made)
    made.doubtful += [
        at for at, block in enumerate(blocks) if at not in made.gone and is_doubtful(block.text)
    ]
    return made


def stands_alone(line: str) -> bool:
    """Whether a line is known to be no part of a paragraph."""
    return bool(
        site_reason(line)
        or heads_related(line)
        or is_detail(line)
        or is_headline(line)
        or copyright_of(line)
        or dated(line)[0]
    )


def _last_long(made: Sorted) -> int:
    """The last block that is a paragraph for sure; -1 where none is."""
    long = [at for at, b in enumerate(made.blocks) if at not in made.gone and len(b.text) > _LONG]
    return long[-1] if long else -1


def _related(made: Sorted) -> None:
    """Lists of other pages, below their heads: short lines that are no sentences.

    Between paragraphs, where the list stands line by line apart, its last line might be the head of
    what follows: it stays, and is said.
    """
    for at, block in enumerate(made.blocks):
        if at in made.gone or not heads_related(block.text):
            continue
        made.gone[at] = "the head of a list of other pages"
        end = at + 1
        while end < len(made.blocks) and _is_item(made.blocks[end]):
            end += 1
        loose = end - at > 1 and made.blocks[end - 1].apart
        if loose and _follows(made.blocks, end):
            end -= 1
            made.doubtful.append(end)
        made.related += end - at - 1
        for item in range(at + 1, end):
            made.gone.setdefault(item, "a link to another page")


def _is_item(block: Block) -> bool:
    text = block.text
    settled = is_detail(text) or copyright_of(text) or heads_related(text) or films_of(text)
    return len(text) <= _ITEM and text[-1] not in _SENTENCE and not settled


def _follows(blocks: Sequence[Block], at: int) -> bool:
    """Whether a paragraph stands at `at`."""
    if at == len(blocks) or is_detail(blocks[at].text) or copyright_of(blocks[at].text):
        return False
    return len(blocks[at].text) > _LONG or blocks[at].text[-1] in _SENTENCE


def _again(made: Sorted) -> None:
    """The headline, or the film's title, once more."""
    if made.headline is None:
        return
    long = next((at for at, b in enumerate(made.blocks) if len(b.text) > _LONG), len(made.blocks))
    titles = {bare(title) for title, _ in made.headline.films}
    for at, block in enumerate(made.blocks):
        same = bare(block.text) == bare(made.headline.text)
        if at not in made.gone and (same or (at < long and bare(block.text) in titles)):
            made.gone[at] = "the headline, again"


def _names_of_site(made: Sorted) -> None:
    """What a link to more of the same names: the site, whose name stands above the headline."""
    named = [_MORE.fullmatch(block.text) for at, block in enumerate(made.blocks) if at in made.gone]
    names = {bare(match[1]) for match in named if match}
    for at, block in enumerate(made.blocks):
        if at not in made.gone and bare(block.text) in names:
            made.gone[at] = "the site's name"


def bare(text: str) -> str:
    """The words of a line alone, to be compared with another's."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def _dates(made: Sorted) -> None:
    """The day of publication, or else of the last change."""
    changed = ""
    for at, block in enumerate(made.blocks):
        if at in made.gone:
            continue
        day, later = dated(block.text)
        if day:
            made.gone[at] = "in the header: date"
            if later:
                changed = changed or day
            else:
                made.date = made.date or day
    made.date = made.date or changed


def _copyrights(made: Sorted, found: dict[int, Copyright]) -> None:
    """Of the copyright lines one is the author's; those of a site go, those within stay."""
    last = _last_long(made)
    known = {name.casefold() for name in made.people.names}
    for at, said in reversed(found.items()):
        own = said.personal and (
            not known or {name.casefold() for name in said.holders} & known or at > last
        )
        if own and made.rights is None:
            made.rights = said
            made.gone[at] = "in the header: rights"
        elif at > last:
            made.gone[at] = "the site's own copyright line"
        else:
            del made.gone[at]
            made.doubtful.append(at)


def _ratings(made: Sorted) -> None:
    """A rating that stands alone: stars, or so many of so many."""
    for at, block in enumerate(made.blocks):
        if at in made.gone or made.details.rating or len(block.text) > 40:
            continue
        if re.search(r"[★⭐☆]|/|out of|von", block.text) and (said := rating_of(block.text)):
            made.details.rating = said
            made.gone[at] = "in the header: rating"
