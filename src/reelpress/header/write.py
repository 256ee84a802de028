"""Writing what is written by hand elsewhere: a review's file, and entries of people.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from reelpress.header.encoding import CONTROL
from reelpress.header.understand import read_people


class _Dumper(yaml.SafeDumper):
    """Block style; a day stands without quotes, as people write it."""

    yaml_implicit_resolvers = {  # noqa: RUF012 # PyYAML's own way
        first: [(tag, pattern) for tag, pattern in known if not tag.endswith(":timestamp")]
        for first, known in yaml.SafeDumper.yaml_implicit_resolvers.items()
    }

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:
        """A list stands in from the key that it belongs to."""
        del indentless
        return super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        """What stands in two places is written twice."""
        del data
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def review_text(header: Mapping[str, object], text: str) -> str:
    """A review's file: `header` (in its long form) as front matter, in the order that it has, and
    the Markdown `text`. What is read back says the same, less what XML forbids (M003)."""
    body = CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip("\n")
    return f"---\n{_yaml(header)}---\n\n{body}\n"


def people_text(before: str, people: Mapping[str, Mapping[str, object]]) -> str | None:
    """people.yaml with entries for `people` (key -> fields) after what stands in it, of which not
    a letter is changed; None where they can't be added so."""
    if not people:
        return before
    end = "\r\n" if "\r\n" in before else "\n"
    apart = end if before.strip() else ""
    if before and not before.endswith("\n"):
        apart = end + apart
    added = "\n".join(_yaml({key: dict(fields)}) for key, fields in people.items())
    whole = before + apart + added.replace("\n", end)
    old, new = read_people(before, ""), read_people(whole, "")
    if old[0] is None or new[0] is None or len(new[1]) > len(old[1]):
        return None
    keys = new[0].model.people.keys()
    return whole if keys == old[0].model.people.keys() | people.keys() else None


def _yaml(fields: Mapping[str, object]) -> str:
    return str(
        yaml.dump(
            _clean(fields),
            Dumper=_Dumper,
            allow_unicode=True,
            default_flow_style=False,
            sort_keys=False,
            width=float("inf"),
        )
    )


def _clean(value: object) -> object:
    """The value as YAML writes it, without characters that XML forbids."""
    if isinstance(value, Mapping):
        return {str(key): _clean(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value]
    return CONTROL.sub("", value) if isinstance(value, str) else value
