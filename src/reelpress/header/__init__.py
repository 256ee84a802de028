"""The hand-written formats: front matter, ticket, people, imprint.

    bytes ── decode ──▶ text ── compose ──▶ nodes with places ── understand ──▶ model + findings

YAML is read with positions (`yaml_nodes`), known by one table of synonyms
(`synonyms`), and validated by pydantic models (`formats`), which also give
the JSON Schema. A review's header may be in any of the forms that generators
read (`dialects`, `nodes`), not quite YAML (`lenient`), and follow their customs
(`customs`). The only door to PyYAML, pydantic, charset-normalizer and dateutil.
"""

from reelpress.header.dialects import Front, split_front_matter
from reelpress.header.encoding import decode, without_controls
from reelpress.header.facts import facts
from reelpress.header.formats import (
    LayoutFile,
    PeopleFile,
    PersonEntry,
    Review,
)
from reelpress.header.habits import Defaults, Habits, Join, SourceFolder, Taken
from reelpress.header.imprint import ImprintFile
from reelpress.header.reading import Heading, Joined, Reading
from reelpress.header.ready import map_names, ready_map
from reelpress.header.schema import SCHEMAS, schema
from reelpress.header.ticket import Entry, Part, Ticket, Volume
from reelpress.header.understand import (
    Header,
    read_imprint,
    read_layout,
    read_people,
    read_review,
    read_rights,
    read_ticket,
    said_rights,
)

__all__ = [
    "SCHEMAS",
    "Defaults",
    "Entry",
    "Front",
    "Habits",
    "Header",
    "Heading",
    "ImprintFile",
    "Join",
    "Joined",
    "LayoutFile",
    "Part",
    "PeopleFile",
    "PersonEntry",
    "Reading",
    "Review",
    "SourceFolder",
    "Taken",
    "Ticket",
    "Volume",
    "decode",
    "facts",
    "map_names",
    "read_imprint",
    "read_layout",
    "read_people",
    "read_review",
    "read_rights",
    "read_ticket",
    "ready_map",
    "said_rights",
    "schema",
    "split_front_matter",
    "without_controls",
]
