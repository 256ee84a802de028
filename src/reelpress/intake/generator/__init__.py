"""A folder of another generator, or any folder of Markdown: each review becomes a manuscript.

folder ── survey ──▶ which files, which keys ── each read so ──▶ header in our words, the text as
it is, its pictures

The text is the author's own Markdown, and not a letter of it is changed but the addresses of the
pictures that come along.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from reelpress.findings import Finding, Place, find
from reelpress.header import (
    Heading,
    Reading,
    SourceFolder,
    decode,
    read_imprint,
    read_review,
    ready_map,
)
from reelpress.header.dialects import split_front_matter
from reelpress.header.encoding import CONTROL
from reelpress.header.globs import named
from reelpress.header.habits import ReadyMap
from reelpress.header.named import is_index, stem_of
from reelpress.header.opening import opening
from reelpress.header.reading import checked
from reelpress.intake.delivery import Arrival, Delivery, Newcomer
from reelpress.intake.front import Names, held, short
from reelpress.intake.generator.addresses import rewritten
from reelpress.intake.generator.facts import Facts
from reelpress.intake.generator.ours import ORDER, in_our_words, without_mail
from reelpress.intake.generator.shown import Shown
from reelpress.intake.survey import Someone, Survey, survey, written
from reelpress.intake.survey.generators import NONE, generator_of, recognise, static_of
from reelpress.intake.survey.looks import tags_of
from reelpress.intake.survey.sections import is_draft, is_text
from reelpress.intake.survey.walk import Tree, walk

_MOST = 1 << 24
"""Bytes of one text."""
_MOST_REVIEWS = 20_000
_TAGS = 12
"""As many as a finding names."""


def recognises(path: Path) -> bool:
    """Whether it is the folder of a generator that is known, with texts in it."""
    if not path.is_dir():
        return False
    tree = walk(path)
    return recognise(tree) is not NONE and any(map(is_text, tree.files))


def bring(path: Path) -> Delivery:
    """The reviews in a folder, and whoever wrote them; drafts are left out.

    Links are not followed, and nothing outside the folder is read. Findings: those of `survey`, of
    a header (H003, H006 …), of `decode`, H051 and H052 (facts in other files), S043 (tags), S016
    (a text or a picture that is too large).
    """
    found = survey(path)
    return _Folder(path.resolve(), found, walk(path)).delivery()


@dataclass(slots=True)
class _Folder:
    """One folder, and what was found in it."""

    root: Path
    found: Survey
    tree: Tree
    ready: ReadyMap = field(init=False)
    source: SourceFolder = field(init=False)
    facts: Facts = field(init=False)
    people: dict[str, Someone] = field(init=False)
    """By what headers call them."""
    names: Names = field(default_factory=Names)
    noticed: list[Finding] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    tags: Counter[str] = field(default_factory=Counter)
    """Of templates, in the texts that came."""
    named: dict[str, Someone] = field(default_factory=dict)
    """Who wrote what came, by key."""

    def __post_init__(self) -> None:
        self.source = _entry(self.found)
        self.ready = ready_map(self.source.map) or ReadyMap()
        self.facts = Facts(self.tree)
        # Several people may have one slug, and one text may name several people.
        once = Counter(someone.key for someone in self.found.people)
        self.people = {
            someone.called or someone.key: someone
            for someone in self.found.people
            if once[someone.key] == 1 and "," not in someone.name and " and " not in someone.name
        }

    def delivery(self) -> Delivery:
        """All of it."""
        shown = self._shown()
        paths = list(self._reviews())
        arrivals = [a for p in paths[:_MOST_REVIEWS] if (a := self._arrival(p, shown)) is not None]
        if len(paths) > _MOST_REVIEWS:
            self.skipped["reviews beyond what is looked at"] = len(paths) - _MOST_REVIEWS
        taken = set(paths)
        drafts = (p for p in self.tree.files if is_text(p) and is_draft(p) and p not in taken)
        self.skipped["drafts"] += sum(1 for _ in drafts)
        for what in ("links", "what is no file"):
            self.skipped[what] += self.found.passed.get(what, 0)
        texts = [int(said.split()[0]) for said in self.found.others.values()]
        self.skipped["texts in other folders"] = sum(texts)
        if self.tags:
            self.noticed.append(self._told_tags())
        people = tuple(
            Newcomer(key, without_mail(who.name), without_mail(who.bio), who.website)
            for key, who in self.named.items()
        )
        findings = (*self.found.findings, *self.noticed, *self.facts.noticed, *shown.noticed)
        return Delivery(self._kind(), tuple(arrivals), people, findings, dict(+self.skipped))

    def _kind(self) -> str:
        if self.found.generator == "obsidian":
            return "Obsidian vault"
        name = "" if self.found.generator == "" else f"{self.found.generator.capitalize()} "
        return f"{name}site" if name else "folder of Markdown"

    def _place(self, path: str) -> str:
        """Where findings say that it is, and what it is known by: a site may be called otherwise
        tomorrow, its folder hardly."""
        return f"{self.root.name}/{path}"

    def _told_tags(self) -> Finding:
        tags = [name for name, _ in self.tags.most_common()]
        more = f" and {len(tags) - _TAGS} more" if len(tags) > _TAGS else ""
        said = f"{', '.join(tags[:_TAGS])}{more}"
        return find("S043", Place(self.root.name), tags=said)

    # -- which files

    def _reviews(self) -> Iterator[str]:
        globs = self.source.reviews if "reviews" in self.found.source else self.ready.reviews
        leave_out = [*self.source.leave_out, *self.ready.leave_out]
        for path in self.tree.files:
            if is_text(path) and named(path, globs) and not named(path, leave_out):
                yield path

    def _shown(self) -> Shown:
        table = {**self.ready.images, **self.source.images}
        generator = generator_of(self.found.generator) or NONE
        return Shown(self.tree, table, static_of(self.tree, generator))

    # -- one of them

    def _arrival(self, path: str, shown: Shown) -> Arrival | None:
        """A review; None where it is none that is done."""
        where = self._place(path)
        if self.tree.files[path] > _MOST:
            what = "A text of more than 16 MB was not imported"
            self.noticed.append(find("S016", Place(where), what=what))
            return None
        text, said = decode(self.tree.read(path, _MOST), where)
        self.noticed += said
        if text is None:
            self.skipped["texts that can't be read"] += 1
            return None
        front, body, line, split = split_front_matter(text, where)
        header, told = read_review(front, where, self._reading(path, body, line))
        done = header is None or not header.model.draft
        if not done or is_draft(path):
            self.skipped["drafts"] += 1
            return None
        if not body.strip():
            self.skipped["reviews without words"] += 1
            return None
        self.noticed += (*split, *(f for f in told if f.code not in ("H004", "H050")))
        fields, private, large = in_our_words(header) if header is not None else ({}, 0, 0)
        guessed = list(header.inferred) if header is not None else []
        self.skipped["private keys"] += private
        self.skipped["keys of more than anybody writes"] += large
        title = PurePosixPath(path).parent.name if is_index(path) else ""
        title = title or stem_of(path)
        name = self._name(path, title, fields)
        body = CONTROL.sub("", body).strip("\n")
        files: dict[str, bytes] = {}
        folder = short(title)  # whichever of that title came first
        body = rewritten(body, lambda address: shown.along(address, path, folder, name, files))
        fields = self._filled(fields, guessed)
        self.tags.update(tags_of(body))
        return Arrival(name, fields, body, path, body, pictures=files, id=where, own=True)

    def _reading(self, path: str, body: str, line: int) -> Reading:
        where = Place(self._place(path))
        fields = {**self.ready.fields, **self.source.fields}
        begins = opening(body)
        heading = None
        if begins is not None:
            place = Place(where.path, line + begins.first)
            heading = Heading(begins.title, place, begins.rank)
        joins = self.facts.joined([*self.source.join, *self.ready.join])
        return Reading(path, checked(fields, lambda _: where)[0], joins, heading, foreign=True)

    def _name(self, path: str, title: str, fields: Mapping[str, Any]) -> str:
        """Where a manuscript is to be: its folder, its date, tell two of one title apart."""
        above = path.split("/")[: -2 if is_index(path) else -1]
        film = fields.get("film") or {}
        apart = (*above[-1:], film.get("year"), fields.get("date"))
        return self.names.take(title, *(str(word or "") for word in apart))

    # -- what it lacks

    def _filled(self, fields: dict[str, Any], guessed: list[str]) -> dict[str, object]:
        """A header with whoever wrote it, rights, where it came out: as far as the site tells."""
        own = next((someone for someone in self.found.people if someone.own), None)
        if "reviewer" not in fields and own is not None and self.source.defaults.reviewer:
            fields["reviewer"] = own.key
            self.named[own.key] = own
            guessed.append("reviewer")
        if "reviewer" in fields:
            fields["reviewer"] = self._called(fields["reviewer"])
        said = (self.source.defaults.language, self.found.site.language, *self.found.languages)
        if language := next(filter(None, said), ""):
            fields.setdefault("language", language)
        date, site = str(fields.get("date") or ""), self.found.site
        outlet = site.title or urlsplit(site.url).netloc
        if (out := fields.get("first_published")) and out.get("outlet") == "?":
            del out["outlet"]  # what stands in for one that is missing
            if outlet:
                fields["first_published"] = {"outlet": outlet, **out}
                guessed.append("first_published.outlet")
        elif site.url and not out:
            fields["first_published"] = {"outlet": outlet, "date": date, "url": site.url}
            if not date:
                del fields["first_published"]["date"]
            guessed.append("first_published")
        fields["rights"] = self._rights(fields, date, guessed)
        known = {key: fields[key] for key in ORDER if key in fields}
        return {**known, **{key: value for key, value in fields.items() if key not in known}}

    def _called(self, who: Any) -> Any:
        """Everyone by key, where people.yaml is to have them."""
        if isinstance(who, list):
            return [self._called(each) for each in who]
        if isinstance(who, Mapping):
            return {**who, "name": self._called(who["name"])}
        someone = self.people.get(who)
        if someone is None:
            return who
        self.named[someone.key] = someone
        return someone.key

    def _rights(self, fields: Mapping[str, Any], date: str, guessed: list[str]) -> dict[str, Any]:
        said = dict(fields.get("rights") or {})
        who = fields.get("reviewer", [])
        people = [w for w in (who if isinstance(who, list) else [who]) if isinstance(w, str)]
        inferred = held([] if "holder" in said else people, "" if "year" in said else date)
        words = [*said.get("inferred", []), *inferred.pop("inferred"), *guessed]  # type: ignore[misc]
        rights = {**{k: v for k, v in inferred.items() if v}, **said}
        return {**rights, **({"inferred": words} if words else {})}


def _entry(found: Survey) -> SourceFolder:
    """What the survey proposes, as the desk would read it in imprint.yaml."""
    header, _ = read_imprint("\n".join(written("it", ".", found.source)), "imprint.yaml")
    known = header.model.sources if header is not None else {}
    return known.get("it") or SourceFolder(folder=".")
