"""From nodes to models: short forms folded in, slips told, values validated.

    nodes ── fold synonyms ──▶ nodes ── tell unknown keys ──▶ nodes ── validate ──▶ model

What pydantic finds wrong is taken out and said, so that one bad value costs
that value and not the whole header.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping as Dict
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from reelpress.findings import Finding, Place, find
from reelpress.header.customs import customs, plainly
from reelpress.header.days import TwoReadingsError
from reelpress.header.dialects import Front
from reelpress.header.fields import Arranged, arrange
from reelpress.header.fold import fold
from reelpress.header.formats import (
    LayoutFile,
    PeopleFile,
    Review,
    Rights,
)
from reelpress.header.habits import ReadyMap
from reelpress.header.imprint import ImprintFile
from reelpress.header.nodes import nodes_of
from reelpress.header.reading import Reading
from reelpress.header.ticket import Ticket
from reelpress.header.unknown import Keys, tell_unknown
from reelpress.header.yaml_nodes import (
    Mapping,
    Node,
    Scalar,
    child,
    compose,
    place_of,
    plain,
)

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Header(Generic[M]):
    """A hand-written mapping, understood."""

    model: M
    node: Node | None
    extra: Dict[str, object]
    """What no model knows, resolved by the core schema; nested as written."""
    unknown: tuple[tuple[str, Place], ...] = ()
    """The dotted keys in `extra`, with their places."""
    unmapped: tuple[tuple[str, str, Place], ...] = ()
    """(field, word, place) of words for which the house's `values` have nothing."""
    inferred: tuple[str, ...] = ()
    """Fields of which the file's heading, name or path told, and not its header (H050)."""

    def place(self, *path: int | str) -> Place:
        """Where the field at `path` stands, or the nearest thing above it that is written."""
        return place_of(self.node, path) or Place("")

    def key_place(self, *path: int | str) -> Place:
        """Where the key at the end of `path` stands, or the nearest thing above it."""
        node = self.node
        for step in path[:-1]:
            node = child(node, step)
        key = node.keys.get(str(path[-1])) if isinstance(node, Mapping) else None
        return key or self.place(*path)

    def begins(self, *path: int | str) -> tuple[int, int, int]:
        """Where the text at `path` stands: its first line, that line's indent, the others'."""
        node = self.node
        for step in path:
            node = child(node, step)
        return node.begins if isinstance(node, Scalar) else (1, 0, 0)


def read_review(
    front: Front | str, path: str, reading: Reading | None = None
) -> tuple[Header[Review] | None, tuple[Finding, ...]]:
    """The header of the file `path`; a text is YAML that begins on its second line.

    `reading` is how its house writes. What can't be read leaves a header that says less, and an
    error. Findings: H003, H004, H006, H008, H016, H042–H045, M003, and those of `arrange`.
    """
    if isinstance(front, str):
        front = Front(front)
    node, found = nodes_of(front, path)
    if node is not None and not isinstance(node, Mapping):
        problem = "keys and values are expected here, as in `title: …`"
        found = (*found, find("H003", node.place, problem=problem))
    mapping = node if isinstance(node, Mapping) else Mapping({}, Place(path))
    made = Arranged()
    if reading is not None:
        made = arrange(mapping, reading, customs)
    else:
        customs(mapping)
    header, said = _understand(mapping, Review, found, keep_unknown=True, mapped=made.mapped)
    if header is not None and (made.unmapped or made.inferred):
        unmapped, inferred = tuple(made.unmapped), tuple(made.inferred)
        header = replace(header, unmapped=unmapped, inferred=inferred)
    return header, (*said, *made.noticed)


def read_ticket(text: str, path: str) -> tuple[Header[Ticket] | None, tuple[Finding, ...]]:
    """The ticket `text` of the file `path`. Findings: H003, H004, H006–H008."""
    return _read(text, path, Ticket)


def read_imprint(text: str, path: str) -> tuple[Header[ImprintFile] | None, tuple[Finding, ...]]:
    """imprint.yaml. Findings: H003, H004, H006, H008."""
    return _read(text, path, ImprintFile)


def read_map(text: str, path: str) -> tuple[Header[ReadyMap] | None, tuple[Finding, ...]]:
    """A ready-made map. Findings: H003, H004, H006, H008."""
    return _read(text, path, ReadyMap)


def read_layout(text: str, path: str) -> tuple[Header[LayoutFile] | None, tuple[Finding, ...]]:
    """layout.yaml. Findings: H003, H004, H006–H008."""
    return _read(text, path, LayoutFile)


def read_people(text: str, path: str) -> tuple[Header[PeopleFile] | None, tuple[Finding, ...]]:
    """people.yaml, a mapping of keys to persons. Findings: H003, H004, H006, H008."""
    node, found = compose(text, path)
    if node is None and found:
        return None, found
    place = Place(path)
    node = node or Mapping({}, place)
    whole = Mapping({"people": node}, place, {"people": place})
    return _understand(whole, PeopleFile, found)


def read_rights(text: str, path: str) -> tuple[Header[Rights] | None, tuple[Finding, ...]]:
    """The rights in a picture, from the file beside it, with or without the word `rights`.

    Findings: H003, H004, H006, H008.
    """
    node, found = compose(text, path)
    if node is None and found:
        return None, found
    inner = child(node, "rights") if node is not None else None
    return _understand(inner or node or Mapping({}, Place(path)), Rights, found)


def said_rights(
    said: Dict[str, str], place: Place
) -> tuple[Header[Rights] | None, tuple[Finding, ...]]:
    """The rights in a picture, from its attribute list, which stands at `place`. Finding: H006."""
    items: dict[str, Node] = {key: Scalar(value, place) for key, value in said.items()}
    return _understand(Mapping(items, place, dict.fromkeys(items, place)), Rights, ())


def _read(text: str, path: str, model: type[M]) -> tuple[Header[M] | None, tuple[Finding, ...]]:
    node, found = compose(text, path)
    if node is None and found:
        return None, found
    return _understand(node or Mapping({}, Place(path)), model, found)


def _understand(
    node: Node,
    model: type[M],
    found: tuple[Finding, ...],
    *,
    keep_unknown: bool = False,
    mapped: Collection[str] = (),
) -> tuple[Header[M] | None, tuple[Finding, ...]]:
    if not isinstance(node, Mapping):
        problem = "keys and values are expected here, as in `title: …`"
        return None, (*found, find("H003", node.place, problem=problem))
    noticed = list(found)
    fold(node, model, noticed)
    if model is Review:
        plainly(node, model)
    extra: dict[str, object] = {}
    unknown: list[tuple[str, Place]] = []
    told = Keys(noticed, unknown, keep_unknown, mapped)
    tell_unknown(node, model, (), extra, told)
    value = _validate(node, model, noticed)
    if value is None:
        return None, tuple(noticed)
    return Header(value, node, extra, tuple(unknown)), tuple(noticed)


# -- values


def _validate(node: Mapping, model: type[M], noticed: list[Finding]) -> M | None:
    """The model, less each value that is wrong; None where a required one is."""
    for _ in range(50):
        try:
            return model.model_validate(plain(node))
        except ValidationError as error:
            problems = error.errors(include_url=False)
            said = [_problem(node, problem) for problem in problems]
            noticed += [finding for finding in said if finding not in noticed]
            # Of two that are wrong in one list the first takes the list out, the second nothing.
            held = [_holder(node, problem["loc"]) for problem in problems]
            mended = False
            for problem, finding, holder in zip(problems, said, held, strict=True):
                missing = problem["type"] == "missing"
                filled = missing and _fill(node, problem["loc"], finding.place)
                mended = filled or _remove(holder) or mended
            if not mended:
                return None
    return None


def _problem(node: Node, problem: Any) -> Finding:
    """What pydantic finds wrong, at the author's place: H006, H007, H045."""
    where = problem["loc"]
    place = place_of(node, where) or node.place
    if problem["type"] == "missing":
        return find("H007", place, field=".".join(map(str, where)).removeprefix("people."))
    dotted = ".".join(_steps(node, where))
    if isinstance(two := problem.get("ctx", {}).get("error"), TwoReadingsError):
        first, second = two.readings
        return find("H045", place, field=dotted, first=first, second=second)
    return find("H006", place, field=dotted, problem=_said(problem))


def _steps(node: Node, path: tuple[int | str, ...]) -> list[str]:
    """Those steps of pydantic's that are in the file (it names branches of unions too)."""
    steps: list[str] = []
    for step in path:
        if (below := child(node, step)) is not None:
            steps.append(str(step))
            node = below
    return steps


_TITLES = frozenset({"title", "outlet", "text", "reason"})


def _fill(node: Mapping, path: tuple[int | str, ...], place: Place) -> bool:
    """Put a mark where a text is missing that a draft can print; False where none can stand in."""
    holder: Node | None = node
    for step in path[:-1]:
        holder = child(holder, step)
    last = str(path[-1])
    if not isinstance(holder, Mapping) or (last not in _TITLES and path[0] != "people"):
        return False
    holder.items[last], holder.keys[last] = Scalar("?", place), place
    return True


def _holder(node: Node, path: tuple[int | str, ...]) -> tuple[Mapping, str] | None:
    """The mapping and the key of the value at `path`, or of what holds it; None for the whole."""
    last: tuple[Mapping, str] | None = None
    for step in path:
        if (below := child(node, step)) is not None:
            last = (node, str(step)) if isinstance(node, Mapping) else last
            node = below
    return last


def _remove(held: tuple[Mapping, str] | None) -> bool:
    """Take a value out; False where nothing can go, or it is gone."""
    if held is None or held[1] not in held[0].items:
        return False
    del held[0].items[held[1]]
    return True


_SAID = {
    "int_parsing": "a whole number is expected",
    "int_from_float": "a whole number is expected",
    "bool_parsing": "true or false is expected",
    "string_type": "a text is expected",
    "list_type": "a list is expected",
    "dict_type": "keys and values are expected",
    "model_type": "keys and values are expected",
    "model_attributes_type": "keys and values are expected",
}


def _said(problem: object) -> str:
    assert isinstance(problem, dict)
    kind = problem["type"]
    context = problem.get("ctx", {})
    if kind in _SAID:
        return _SAID[kind]
    if kind == "literal_error":
        return f"one of {context['expected']} is expected".replace(" or ", ", ")
    if kind == "value_error":
        return str(context["error"])
    message = str(problem["msg"])
    return message[:1].lower() + message[1:]
