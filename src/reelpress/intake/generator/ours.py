"""A header that was understood, written in our words; what nobody but its author is to see stays
behind.

    Header ── fields of our own ──▶ title, film, reviewer …
           └─ keys that nobody knows ── less private ones ──▶ as they are
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from reelpress.header import Header, Review
from reelpress.intake.front import one_or_many

ORDER = (
    "title film reviewer rating date language tags rights first_published spoilers abridged slug"
).split()
_MOST = 1 << 16
"""Characters of one key's value."""
_PRIVATE = frozenset(
    "email emails mail mails mailto password passwords passwort passwd pwd passphrase secret "
    "secrets token tokens apikey phone telephone telefon mobile contact private privat".split()
)
"""Words in the name of a key whose value is nobody's business."""
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[^\W\d_A-Za-z]+")
_MAIL = re.compile(r"[ \t]*[<(\[]?(?:mailto:)?[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+[>)\]]?")


def in_our_words(header: Header[Review]) -> tuple[dict[str, Any], int, int]:
    """Front matter in its long form, without what is empty; how many of its keys are private, and
    how many hold more than anybody writes: these are not in it."""
    model = header.model.model_dump(exclude_defaults=True)
    made: dict[str, Any] = {key: _said(model[key]) for key in ORDER if key in model}
    if "reviewer" in made:
        made["reviewer"] = one_or_many(
            [_person(who) for who in made["reviewer"] if who.get("name")]
        )
    extra, private = public(header.extra)
    large = [key for key, value in extra.items() if len(repr(value)) > _MOST]
    for key in large:
        del extra[key]
    for key, value in extra.items():
        within = made.get(key)
        if isinstance(within, dict) and isinstance(value, dict):
            made[key] = {**within, **{k: v for k, v in value.items() if k not in within}}
        elif within is None:
            made[key] = value
    return (
        {key: value for key, value in made.items() if value not in ("", [], {})},
        private,
        len(large),
    )


def without_mail(text: str) -> str:
    """A text without addresses of e-mail: "Ada Bell <ada@site.example>" is Ada Bell."""
    return _MAIL.sub("", text).strip(" ,;") if "@" in text else text


def public(value: Mapping[str, object]) -> tuple[dict[str, Any], int]:
    """What of a header's own keys others may see, and how many keys they may not."""
    kept: dict[str, Any] = {}
    private = 0
    for key, held in value.items():
        if _is_private(key) or any(_MAIL.search(text) for text in _texts(held)):
            private += 1
        elif isinstance(held, Mapping):
            inner, more = public(held)
            private += more
            if inner or not more:
                kept[key] = inner
        elif isinstance(held, list):
            parts = [public(item) if isinstance(item, Mapping) else (item, 0) for item in held]
            kept[key] = [item for item, _ in parts]
            private += sum(more for _, more in parts)
        else:
            kept[key] = held
    return kept, private


def _is_private(key: str) -> bool:
    words = [word.casefold() for word in _WORDS.findall(key)]
    return bool(_PRIVATE & {*words, *map("".join, pairwise(words))})


def _texts(value: object) -> Iterator[str]:
    """The texts in a value, but for those of mappings, which have keys of their own."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def _said(value: Any) -> Any:
    """A field's value, without what is empty and without addresses of e-mail."""
    if isinstance(value, str):
        return without_mail(value)
    if isinstance(value, list):
        return [said for item in value if (said := _said(item)) not in ("", {})]
    if isinstance(value, Mapping):
        return {key: said for key, item in value.items() if (said := _said(item)) not in ("", {})}
    return value


def _person(who: dict[str, Any]) -> Any:
    """A name; or name, role and website."""
    return who["name"] if set(who) == {"name"} else who
