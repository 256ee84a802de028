"""Who publishes: the imprint as its books name it."""

from __future__ import annotations

from reelpress.desk.pool import Pool
from reelpress.desk.text.addresses import web
from reelpress.desk.text.typography import line
from reelpress.header import Header, Ticket
from reelpress.model import Imprint

STATEMENT = (
    "Each piece in this book belongs to whoever holds the rights in it, and stands here with "
    "permission or on the terms that are named with it. Whatever those terms and the law do not "
    "allow needs the permission of the holder."
)
"""For the copyright page of a house that has no words of its own. In English, in any book: nobody
here translates law."""


def house(ticket: Header[Ticket], language: str, pool: Pool) -> Imprint:
    """The imprint in a book of that language; its statement is the ticket's, or the house's."""
    model = pool.imprint.model
    own = [r.statement for r in (ticket.model.rights, model.rights) if r and r.statement]
    return Imprint(
        model.name,
        model.place,
        web(model.url),
        line(own[0], language) if own else STATEMENT,
        tuple(line(each, language) for each in lines(model.address)),
        statement_language=language if own else "en",
    )


def lines(text: str) -> tuple[str, ...]:
    """The lines of a text that hold something."""
    return tuple(each.rstrip() for each in text.splitlines() if each.strip())
