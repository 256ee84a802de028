"""Who wrote the posts of a WordPress export: by login, by display name, by Co-Authors Plus."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from reelpress.intake.delivery import Newcomer, own_key
from reelpress.slugs import slug

Item = dict[str, Any]
_ADDRESS = re.compile(r"@.*", re.S)
_BEFORE = "cap-"
"""Co-Authors Plus puts this before the names of guest authors, and of their fields."""


@dataclass(slots=True)
class Authors:
    """Everyone whom an export names."""

    people: list[Newcomer] = field(default_factory=list)
    _by: dict[str, Newcomer] = field(default_factory=dict)
    """By login, by display name and by the latter in plain letters, in small letters."""
    _keys: set[str] = field(default_factory=set)
    _guessed: set[str] = field(default_factory=set)
    """Keys of those who are known by a login alone."""

    @classmethod
    def of(cls, authors: Iterable[Mapping[str, str]], items: Iterable[Item]) -> Authors:
        """From `wp:author` elements, and from the profiles of guest authors."""
        made = cls()
        for author in authors:
            login = author.get("wp:author_login", "")
            full = (
                f"{author.get('wp:author_first_name', '')} {author.get('wp:author_last_name', '')}"
            )
            name = author.get("wp:author_display_name", "")
            name = name if name and "@" not in name else " ".join(full.split())
            made._enter(name or login, author.get("wp:author_description", ""), "", login)
        for item in items:
            if item.get("wp:post_type") == "guest-author":
                meta = item["meta"]
                login = meta.get("cap-user_login", "").removeprefix(_BEFORE)
                name = meta.get("cap-display_name") or item.get("title", "")
                bio = meta.get("cap-description") or item.get("content", "")
                made._enter(name or login, bio, meta.get("cap-website", ""), login)
        return made

    def of_post(self, item: Item) -> tuple[tuple[Newcomer, ...], bool]:
        """Who wrote a post, and whether a name was guessed from the way it is written in an
        address."""
        named = [(n, text) for domain, n, text in item["category"] if domain == "author"]
        if not named:
            creator = item.get("dc:creator", "")
            named = [(creator, creator)] if creator else []
        found = [self._who(nicename, text) for nicename, text in named]
        return tuple(dict.fromkeys(person for person, _ in found)), any(g for _, g in found)

    def _who(self, nicename: str, text: str) -> tuple[Newcomer, bool]:
        short = nicename.removeprefix(_BEFORE)
        for way in (text, nicename, short, text.removeprefix(_BEFORE)):
            if (known := self._by.get(way.casefold())) is not None:
                return known, known.key in self._guessed
        if " " in text and "@" not in text:
            return self._enter(text, "", "", text), False
        # A login that stands for nobody: its words, as a name is written.
        plain = _ADDRESS.sub("", text or short)
        person = self._enter(re.sub(r"[-_.]+", " ", plain).title(), "", "", nicename)
        self._guessed.add(person.key)
        return person, True

    def _enter(self, name: str, bio: str, website: str, login: str) -> Newcomer:
        from reelpress.intake.markup import markdown_of

        name = " ".join(_ADDRESS.sub("", name).split()) or "Unnamed"
        person = self._by.get(name.casefold())
        if person is None:
            key = own_key(name, self._keys)
            person = Newcomer(key, name, markdown_of(bio) if bio else "", website)
            self._keys.add(key)
            self.people.append(person)
        for way in (login, name, slug(name)):
            if way:
                self._by.setdefault(way.casefold(), person)
        return person
