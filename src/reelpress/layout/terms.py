"""Sentences on rights: who holds them, on which terms, and on which pages.

"Reviews on pages 12–18 and 40 © 2019 A. Writer, licensed CC BY-NC-ND 4.0."
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from markupsafe import Markup, escape

from reelpress.layout.words import Words, joined, listed
from reelpress.model import Piece
from reelpress.rights import PUBLIC_DOMAIN, RESERVED, Licence, Rights


def line(rights: Rights, language: str) -> str:
    """The copyright line: © 2019, 2021 A. Writer and B. Other; empty where no holder is named."""
    years = ", ".join(map(str, rights.years))
    return " ".join(filter(None, ("©", years, listed(rights.holders, language)))) * bool(
        rights.holders
    )


_TWICE = re.compile(r"(?<!\.)\.\.(?!\.)")
"""The stop of "Acme Inc." and the sentence's own."""
_ENDED = re.compile(r"([.!?…。！？](?:[”’»)\]]|&#34;|&#39;)*)\.$")


def licensed(licence: Licence, words: Words) -> Markup:
    """A licence's name, leading to its deed."""
    name = words.text(licence.name) if licence.name in (PUBLIC_DOMAIN, RESERVED) else licence.name
    if not licence.url:
        return escape(name)
    return Markup('<a class="licence" href="{}" rel="license">{}</a>').format(licence.url, name)


def sentence(what: Markup, holders: str, licence: Licence | None, words: Words) -> Markup:
    """On what terms something stands here; `what` and `holders` may be empty.

    Empty where there is neither holder nor licence.
    """
    told = licensed(licence, words) if licence is not None else Markup()
    if licence is None:
        form = words.text("{what} {line}.") if holders else ""
    elif not holders and licence.is_public_domain and what:
        form, told = words.text("{what}: {licence}."), escape(words.text("public domain"))
    elif not holders:
        form = words.text("{what}: {licence}.") if what else "{licence}."
    elif licence.url:
        form = words.text("{what} {line}, licensed {licence}.")
    else:
        form = words.text("{what} {line}. {licence}.")
    made = Markup(escape(form)).format(what=what, line=holders, licence=told).strip()
    return Markup(_ENDED.sub(r"\1", _TWICE.sub(".", made)))


def terms(rights: Rights, language: str, words: Words) -> Markup:
    """ "© 2019 A. Writer, licensed CC BY-NC 4.0."; empty where nothing is said."""
    return sentence(Markup(), line(rights, language), rights.terms, words)


def credit_line(rights: Rights, language: str, words: Words) -> Markup:
    """The credit line: in the wording asked for, or else the terms."""
    return escape(rights.credit) if rights.credit else terms(rights, language, words)


def pages(runs: Sequence[tuple[str, str]], language: str, words: Words) -> Markup:
    """ "page 12", "pages 12–18 and 40": runs of pieces by the ids of their first and last.

    The numbers are the binder's, and so is whether it is one page or many.
    """
    slots = joined(
        [Markup('<a data-pages="{}" href="#{}"></a>').format(last, first) for first, last in runs],
        language,
    )
    one = [escape(part) for part in words.text("page {}").split("{}")]
    many = [escape(part) for part in words.text("pages {}").split("{}")]

    def word(index: int) -> Markup:
        told = Markup()
        for mark, parts in (("one", one), ("many", many)):
            if parts[index]:
                told += Markup('<span data-{}="">{}</span>').format(Markup(mark), parts[index])
        return told

    return Markup('<span data-runs="">{}{}{}</span>').format(word(0), slots, word(1))


def titles(pieces: Sequence[tuple[str, str, str]], language: str) -> Markup:
    """Linked titles as a list, of (id, title, language)."""
    return joined(
        [
            Markup('<a href="#{}" lang="{}"><i>{}</i></a>').format(own, spoken, title)
            for own, title, spoken in pieces
        ],
        language,
    )


def runs(chosen: Sequence[Piece], order: Sequence[Piece]) -> list[tuple[str, str]]:
    """The chosen pieces as runs of neighbours in running order: ids of the first and last each."""
    places = {piece.id: index for index, piece in enumerate(order)}
    found: list[tuple[str, str]] = []
    for piece in chosen:
        if found and places[found[-1][1]] + 1 == places[piece.id]:
            found[-1] = found[-1][0], piece.id
        else:
            found.append((piece.id, piece.id))
    return found
