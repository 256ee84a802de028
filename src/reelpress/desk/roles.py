"""What people do in a book: MARC relator codes, and the words for them."""

from __future__ import annotations

RELATORS = {
    "abr": "abridger",
    "adp": "adapter",
    "aft": "author of afterword, colophon, etc.",
    "ann": "annotator",
    "art": "artist",
    "aui": "author of introduction, etc.",
    "aut": "author",
    "bjd": "bookjacket designer",
    "bkd": "book designer",
    "bkp": "book producer",
    "blw": "blurb writer",
    "cmm": "commentator",
    "cmt": "compositor",
    "com": "compiler",
    "cov": "cover designer",
    "cre": "creator",
    "crr": "corrector",
    "csl": "consultant",
    "ctb": "contributor",
    "ctg": "cartographer",
    "cur": "curator",
    "cwt": "commentator for written text",
    "drm": "draftsman",
    "dsr": "designer",
    "edc": "editor of compilation",
    "edd": "editorial director",
    "edt": "editor",
    "egr": "engraver",
    "fnd": "funder",
    "ill": "illustrator",
    "isb": "issuing body",
    "ive": "interviewee",
    "ivr": "interviewer",
    "mod": "moderator",
    "pan": "panelist",
    "pbd": "publishing director",
    "pbl": "publisher",
    "pfr": "proofreader",
    "pht": "photographer",
    "pre": "presenter",
    "prt": "printer",
    "res": "researcher",
    "rev": "reviewer",
    "rth": "research team head",
    "rtm": "research team member",
    "spn": "sponsor",
    "trc": "transcriber",
    "trl": "translator",
    "tyd": "type designer",
    "tyg": "typographer",
    "wac": "writer of added commentary",
    "wam": "writer of accompanying material",
    "wat": "writer of added text",
    "waw": "writer of afterword",
    "wfw": "writer of foreword",
    "win": "writer of introduction",
    "wpr": "writer of preface",
    "wst": "writer of supplementary textual content",
}
"""Code -> term, of those that a piece or an edition may carry (id.loc.gov/vocabulary/relators).

The library no longer gives out aft and aui; they are in many catalogues, and taken.
"""

WRITERS = frozenset({"aut", "rev"})
"""Of a review the reviewer is its author."""

_WORDS = {term.partition(",")[0]: code for code, term in RELATORS.items()} | {
    "afterword": "waw",
    "co-author": "aut",
    "commentary": "cmm",
    "cover": "cov",
    "cover design": "cov",
    "critic": "rev",
    "design": "bkd",
    "foreword": "wfw",
    "illustration": "ill",
    "illustrations": "ill",
    "introduction": "win",
    "jacket": "bjd",
    "jacket design": "bjd",
    "jacket designer": "bjd",
    "photographs": "pht",
    "photography": "pht",
    "photos": "pht",
    "preface": "wpr",
    "proofreading": "pfr",
    "research": "res",
    "translation": "trl",
    "typesetter": "cmt",
    "typesetting": "cmt",
    "writer": "aut",
}
NAMES = (*RELATORS, *_WORDS)
"""Everything that may be written."""


def relator(written: str) -> str:
    """The code that a code, a term, its address or an everyday word means; empty for none."""
    word = " ".join(written.rpartition("/")[2].casefold().replace("_", " ").split())
    if word in RELATORS:
        return word
    return _WORDS.get(word) or _WORDS.get(word.replace("-", " "), "")


SHORTENERS = frozenset({"abr", "adp"})
ADAPTERS = SHORTENERS | {"trl"}
"""Roles that make another text of one."""
