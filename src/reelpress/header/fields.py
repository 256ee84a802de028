"""A house's names for our fields: applied to a header before short forms are folded in.

    nodes as written ── fields: ──▶ ── join: ──▶ ── what is inferred ──▶ nodes by our names

Nothing is guessed silently: what a file's heading, name or path says instead of its header is
a note for each file (H050).
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Dict
from collections.abc import Sequence as Many
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from unicodedata import normalize

from reelpress.findings import Finding, Place, find
from reelpress.header import synonyms
from reelpress.header.customs import WITHIN
from reelpress.header.formats import Review
from reelpress.header.named import as_title, day_of, is_index, letters, stem_of, with_year
from reelpress.header.paths import EACH, root_of, says, steps, through_lists, values_at
from reelpress.header.reading import ANGLES, FILE, FOLDER, HEADING, PATH, Joined, Reading
from reelpress.header.titles import unmarked
from reelpress.header.tree import as_node, drop, meaning, natively, put, text_of
from reelpress.header.yaml_nodes import Mapping, Node, Scalar, Sequence


@dataclass(slots=True)
class Arranged:
    """What came of it, beside the nodes."""

    noticed: list[Finding] = field(default_factory=list)
    mapped: set[str] = field(default_factory=set)
    """Keys that the house has told about: no unknown ones."""
    unmapped: list[tuple[str, str, Place]] = field(default_factory=list)
    """(field, word, place) of words for which `values` has nothing."""
    inferred: list[str] = field(default_factory=list)
    """Fields that the header itself does not say."""


def arrange(tree: Mapping, reading: Reading, customs: Callable[[Mapping], None]) -> Arranged:
    """Bring a header under our names, in place, by the habits of its house.

    A house names its keys as they are written; so they are looked up first, then `customs` brings
    the rest under our words, and what is still lacking is joined or inferred.
    Findings: H006 (a list for a film), H050 (inferred), H051 (no file has the key), H056 (left
    aside).
    """
    work = _Work(tree, reading, Arranged())
    asked = work.name()
    customs(tree)
    for join, each in asked:
        if each is not None:
            work.join(join, each)
    if reading.foreign:
        work.infer()
    return work.made


# -- at work


@dataclass(frozen=True, slots=True)
class _Found:
    """What a field is to be."""

    node: Node
    place: Place
    """Where the key stands."""
    key: str


@dataclass(slots=True)
class _Work:
    tree: Mapping
    reading: Reading
    made: Arranged

    def name(self) -> list[tuple[Joined, _Found | None]]:
        """Set the fields that the house has named; what it joins, with what is asked for."""
        fields, joins = self.reading.fields, self.reading.joins
        # All are looked up in the header as it is written: one key may serve two fields.
        found = {name: self._first(taken.of) for name, taken in fields.items()}
        asked = [(join, self._key(join.key)) for join in joins]
        for name, taken in fields.items():
            self._told(*taken.of)
            self.made.mapped.add(name.removeprefix("extra."))
        self._told(*(join.key for join in joins))
        for name, each in found.items():
            if each is not None:
                self._aside(name, each, fields[name].of)
        for name, each in found.items():
            if each is not None:
                self._consume(each.key, name)
        for name, each in found.items():
            if each is not None:
                node = self._valued(each.node, name, fields[name].values)
                self._put(name, replace(each, node=node))
                if each.key in ANGLES:
                    self._inferred(name, each)
        return asked

    def _told(self, *keys: str) -> None:
        for key in keys:
            root = root_of(key)
            self.made.mapped |= {key} if meaning(root) else {key, root}
            if root in WITHIN:  # where the rest may be lifted out of it
                self.made.mapped.add(root_of(key.removeprefix(f"{root}.")))

    # -- looking up

    def _first(self, keys: Many[str]) -> _Found | None:
        return next((each for key in keys if (each := self._look(key)) is not None), None)

    def _look(self, key: str) -> _Found | None:
        """What a key, a path or a word in angle brackets says; None where it says nothing."""
        if key in ANGLES:
            return self._beside(key)
        key = self._spelled(key)
        values = [
            v for v in values_at(self.tree, key) if isinstance(v, Mapping | Sequence | Scalar)
        ]
        nodes: list[Node] = [v for v in values if says(v)]
        if not nodes:
            return None
        place = self.tree.keys.get(root_of(key)) or nodes[0].place
        if through_lists(key) and key not in self.tree.items:
            flat = [i for n in nodes for i in (n.items if isinstance(n, Sequence) else (n,))]
            return _Found(Sequence(tuple(flat), nodes[0].place), place, key)
        node = nodes[0]
        short = synonyms.SHORT.get(meaning((steps(key) or (key,))[-1]))
        if isinstance(node, Mapping) and short is not None:  # `film` may be {title: …}
            inner = node.items.get(short)
            return _Found(inner, place, f"{key}.{short}") if inner and says(inner) else None
        return _Found(node, place, key)

    def _key(self, key: str) -> _Found | None:
        """What a join asks for; of a name as it is written, for it is no title here."""
        if key not in (FILE, FOLDER):
            return self._look(key)
        path = PurePosixPath(self.reading.inner)
        text, place = path.stem if key == FILE else path.parent.name, Place(self.tree.place.path)
        return _Found(Scalar(normalize("NFC", text), place), place, key) if text else None

    def _spelled(self, key: str) -> str:
        """A key as the header has it, where only its case is another."""
        root = root_of(key)
        if root in self.tree.items or key in self.tree.items:
            return key
        same = next((k for k in self.tree.items if k.casefold() == root.casefold()), root)
        return same + key[len(root) :]

    def _beside(self, angle: str) -> _Found | None:
        inner, place = self.reading.inner, Place(self.tree.place.path)
        if angle == HEADING:
            heading = self.reading.heading
            text, place = (heading.title, heading.place) if heading else ("", place)
        elif angle == FILE:
            text = as_title(stem_of(inner))
        elif angle == FOLDER:
            text = as_title(PurePosixPath(inner).parent.name)
        else:
            text = day_of(inner)
        return _Found(Scalar(text, place), place, angle) if text else None

    def _native(self, name: str) -> list[tuple[Mapping, str]]:
        """Where the header itself says a field, under our name or another word for it."""
        return list(natively(self.tree, name, Review))

    def _has(self, name: str) -> bool:
        return any(says(holder.items[key]) for holder, key in self._native(name))

    # -- changing the tree

    def _aside(self, name: str, found: _Found, keys: Many[str]) -> None:
        """What the header itself says of a field gives way to what the house has named."""
        for holder, own in self._native(name):
            value, place = holder.items[own], holder.keys[own]
            named = holder is self.tree and own == root_of(found.key)
            if named or value is found.node:
                continue
            if own not in keys and name not in keys and says(value):
                source = ANGLES.get(found.key, f'"{found.key}"')
                self.made.noticed.append(find("H056", place, key=own, source=source))
            del holder.items[own], holder.keys[own]

    def _consume(self, key: str, name: str) -> None:
        """Take away what was taken, less what it holds beside that."""
        way = steps(key)
        if key in self.tree.items:
            drop(self.tree, (key,))
        elif key in ANGLES or not way:
            return
        elif meaning(way[0]) == name:
            drop(self.tree, way[:1])
        else:
            drop(self.tree, way[: way.index(EACH)] if EACH in way else way)

    def _put(self, name: str, found: _Found) -> None:
        """Set a field; a film's title may tell its year."""
        node = found.node
        if name == "date" and isinstance(node, Scalar) and "/" in (node.text or ""):
            node = replace(node, text=day_of(node.text or "") or node.text)
        if name == "film.title" and isinstance(node, Scalar):
            title, year = with_year(unmarked(node.text or ""))
            own = [h.items[k] for h, k in self._native("film.year") if says(h.items[k])]
            if year and not own:
                put(self.tree, "film.year", Scalar(year, node.place, plain=True), found.place)
            if year and (not own or any(text_of(o) == year for o in own)):
                node = replace(node, text=title)
        put(self.tree, name, node, found.place)

    def _valued(self, node: Node, name: str, values: Dict[str, str]) -> Node:
        """Their words as ours."""
        if not values:
            return node
        if isinstance(node, Sequence):
            return replace(node, items=tuple(self._valued(i, name, values) for i in node.items))
        if not isinstance(node, Scalar) or node.text is None:
            return node
        word = node.text.strip()
        ours = values.get(word)
        if ours is None:
            alike = {key.casefold(): value for key, value in values.items()}
            ours = alike.get(word.casefold())
        if ours is None:
            self.made.unmapped.append((name, word, node.place))
            return node
        return replace(node, text=ours)

    # -- facts that stand elsewhere

    def join(self, join: Joined, asked: _Found) -> None:
        node = asked.node
        items = node.items if isinstance(node, Sequence) else (node,)
        facts = [(item, self._facts(join, item)) for item in items if says(item)]
        for name in join.take:
            if not any(name in known for _, known in facts):
                continue
            if self._is_key(join.key, name):
                # Of several people those that no file knows stay as they are written.
                named: list[Node] = []
                for item, known in facts:
                    more = as_node(known[name], item.place) if name in known else item
                    named += more.items if isinstance(more, Sequence) else [more]
                many = Sequence(tuple(named), node.place)
                given: Node = many if len(named) > 1 else named[0]
            elif self._has(name):
                continue
            else:
                given = next(as_node(k[name], i.place) for i, k in facts if name in k)
            for holder, own in self._native(name):
                del holder.items[own], holder.keys[own]
            self._put(name, _Found(given, asked.place, join.key))

    def _facts(self, join: Joined, item: Node) -> Dict[str, object]:
        """What the files say of one value of a join's key."""
        if not isinstance(item, Scalar) or item.text is None:
            return {}
        known = join.of(item.text.strip())
        if known is None:
            key = ANGLES.get(join.key, f'this "{join.key}"')
            self.made.noticed.append(find("H051", item.place, files=join.files, key=key))
        return known or {}

    def _is_key(self, key: str, name: str) -> bool:
        """Whether a join's key is that by which the header says the field itself."""
        taken = self.reading.fields.get(name)
        return meaning(key) == name or (taken is not None and key in taken.of)

    # -- what is inferred

    def infer(self) -> None:
        """Take from elsewhere what the header of somebody else's file lacks."""
        self._no_list()
        titles = [h.items[k] for h, k in self._native("title") if says(h.items[k])]
        title = titles[0] if titles and isinstance(titles[0], Scalar) else None
        if self._has("film.title"):
            self._said_once(title)
        elif title is not None:
            for holder, own in self._native("title"):
                del holder.items[own], holder.keys[own]
            found = _Found(title, title.place, '"title"')
            self._put("film.title", found)
            self._inferred("film.title", found)
        else:
            names: tuple[str, ...] = (FOLDER if is_index(self.reading.inner) else FILE, FILE)
            heading = self.reading.heading
            if heading is not None and (heading.rank == 1 or self._named_so(heading.title, names)):
                names = (HEADING, *names)
            if (found_ := self._first(names)) is not None:
                self._unsaid("film.title")
                self._put("film.title", found_)
                self._inferred("film.title", found_)
        if not self._has("date") and (day := self._look(PATH)) is not None:
            self._unsaid("date")
            self._put("date", day)
            self._inferred("date", day)

    def _no_list(self) -> None:
        """Take away a list where the film belongs (H006): what is inferred stands for it."""
        for holder, own in self._native("film"):
            if isinstance(node := holder.items[own], Sequence):
                problem = "keys and values are expected"
                self.made.noticed.append(find("H006", node.place, field="film", problem=problem))
                del holder.items[own], holder.keys[own]

    def _named_so(self, title: str, names: Many[str]) -> bool:
        """Whether a lesser heading says what the file is called: it may also be a first section."""
        found = self._first(names)
        said = with_year(text_of(found.node))[0] if found else ""
        return letters(with_year(title)[0]) == letters(said)

    def _unsaid(self, name: str) -> None:
        """Take away what is there and empty."""
        for holder, own in self._native(name):
            if not isinstance(holder.items[own], Mapping):
                del holder.items[own], holder.keys[own]

    def _said_once(self, title: Scalar | None) -> None:
        """A title that says just the film's is no title of the review's own."""
        film = next((h.items[k] for h, k in self._native("film.title")), None)
        year = next((text_of(h.items[k]) for h, k in self._native("film.year")), "")
        if title is None or film is None:
            return
        own, said = with_year(unmarked(title.text or ""))
        if said and said == year:
            title.text = own
        if own.casefold() == with_year(text_of(film))[0].casefold() and said in ("", year):
            for holder, key in self._native("title"):
                del holder.items[key], holder.keys[key]

    def _inferred(self, name: str, found: _Found) -> None:
        source = ANGLES.get(found.key, found.key)
        self.made.inferred.append(name)
        self.made.noticed.append(find("H050", found.node.place, field=name, source=source))
