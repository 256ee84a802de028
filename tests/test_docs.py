"""What is written about reelpress is true: commands, rules, links, examples."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from reelpress.desk import Folder
from reelpress.desk.images import Pictures
from reelpress.desk.text import edit_text
from reelpress.findings import Finding
from test_cli import call
from test_volumes import ROOT

DOCS = ROOT / "docs"
TEXTS = sorted(
    path
    for path in [*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *(ROOT / "layouts").rglob("*.md")]
    if path.is_file()
)


def text_of(path: Path) -> str:
    """A text of the project."""
    return path.read_text(encoding="utf-8")


def prose(text: str) -> str:
    """A text without its code."""
    return re.sub(r"^```.*?^```|`[^`\n]+`", "", text, flags=re.MULTILINE | re.DOTALL)


def test_the_texts_are_there() -> None:
    """The ones that the design names."""
    names = "architecture commands front-matter glossary layouts markdown rules ticket".split()
    for name in names:
        assert (DOCS / f"{name}.md").is_file(), name
    for name in ("README", "CONTRIBUTING", "CHANGELOG"):
        assert (ROOT / f"{name}.md").is_file(), name
    assert (ROOT / "LICENSE").is_file()


def commands() -> dict[str, list[tuple[str, ...]]]:
    """Every command, with the names of each of its options."""
    from typer.main import get_command

    from reelpress.cli.main import app

    found = {}
    for name, command in getattr(get_command(app), "commands", {}).items():
        names = [tuple(getattr(parameter, "opts", ())) for parameter in command.params]
        found[name] = [option for option in names if any(n.startswith("-") for n in option)]
    return found


def test_every_command_is_explained() -> None:
    """docs/commands.md names each, with each of its options by one of its names."""
    text = text_of(DOCS / "commands.md")
    assert commands()
    missing = [name for name in commands() if f"`reelpress {name}" not in text]
    missing += [
        f"{name} {option}"
        for name, options in commands().items()
        for option in options
        if not any(re.search(rf"`{re.escape(n)}\b", text) for n in option)
    ]
    assert missing == []


def test_no_command_is_explained_that_is_not_there() -> None:
    """Whatever a text tells people to run can be run."""
    told = re.compile(r"`reelpress ([a-z]+)|^(?:\$ )?reelpress ([a-z]+)", re.MULTILINE)
    unknown = []
    for path in TEXTS:
        text = text_of(path)
        code = "\n".join(re.findall(r"^```.*?^```|`[^`\n]+`", text, re.MULTILINE | re.DOTALL))
        names = {first or second for first, second in told.findall(code)}
        unknown += [f"{path.name}: {name}" for name in sorted(names - commands().keys())]
    assert unknown == []


def test_exit_codes_are_told() -> None:
    """All five of them."""
    text = text_of(DOCS / "commands.md")
    for code in ("0", "1", "2", "3", "130"):
        assert re.search(rf"(?<!\d){code}(?!\d)", text)


def test_the_rules_page_is_the_table(accept: bool) -> None:
    """docs/rules.md is what `reelpress rules --markdown` says; --accept writes it again."""
    said = call("rules", "--markdown")[1]
    if accept:
        (DOCS / "rules.md").write_text(said, encoding="utf-8")
    assert text_of(DOCS / "rules.md") == said


CLAUSES = re.compile(r"(<!-- clauses: .*? -->\n).*?(<!-- end of clauses -->\n)", re.DOTALL)


def test_the_clauses_are_the_table(accept: bool) -> None:
    """What docs/rights.md has of licences and policies is the gate's own; --accept writes it."""
    from reelpress.desk.clauses import table

    heads, *lines = ([cell.replace("|", r"\|") for cell in line] for line in table())
    rows = [heads, ["---"] * len(heads), *([f"`{name}`", *rest] for name, *rest in lines)]
    said = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    path = DOCS / "rights.md"
    expected = CLAUSES.sub(lambda match: f"{match[1]}{said}\n{match[2]}", text_of(path))
    if accept:
        path.write_text(expected, encoding="utf-8")
    assert CLAUSES.search(expected)
    assert text_of(path) == expected


def test_a_policy_that_a_text_speaks_of_is_there() -> None:
    """And so is what it can be set to."""
    from reelpress.desk.clauses import POLICIES, Verdict

    found = [pair for path in TEXTS for pair in POLICY.findall(text_of(path))]
    pairs = [pair.partition(": ")[::2] for said in found for pair in said.split(", ")]
    assert pairs
    assert {name for name, _ in pairs} <= POLICIES.keys()
    assert {verdict for _, verdict in pairs} <= set(Verdict)


POLICY = re.compile(r"^policy: \{(.*)\}$", re.MULTILINE)


def test_a_rule_that_a_text_speaks_of_is_there() -> None:
    """Codes in brackets or in code are rules."""
    from reelpress.findings import FAMILIES, RULES

    unknown = [
        f"{path.name}: {code}"
        for path in TEXTS
        for code in re.findall(rf"[`\[]([{''.join(FAMILIES)}]\d{{3}})[`\]]", text_of(path))
        if code not in RULES
    ]
    assert unknown == []


ADDRESS = re.compile(r"\]\(<?([^)\s>]+)>?[^)]*\)|(?:src|href)=\"([^\"]+)\"")


def anchors(path: Path) -> set[str]:
    """The ids that GitHub gives to a text's headings."""
    heads = re.findall(r"^#+ +(.+?)\s*$", prose(text_of(path)), re.MULTILINE)
    raw = re.findall(r"^#+ +(.+?)\s*$", text_of(path), re.MULTILINE)
    return {
        re.sub(r"[^\w\- ]", "", head.replace("`", "").lower()).replace(" ", "-")
        for head in [*heads, *raw]
    }


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_to_a_file_leads_there(path: Path) -> None:
    """Links and pictures of the project's texts, headings included."""
    lost = []
    for pair in ADDRESS.findall(prose(text_of(path))):
        target = pair[0] or pair[1]
        if re.match(r"[a-z]+:", target):
            continue
        file, _, fragment = target.partition("#")
        there = (path.parent / file).resolve() if file else path
        missing = not there.exists() or not there.is_relative_to(ROOT)
        if missing or (fragment and there.suffix == ".md" and fragment not in anchors(there)):
            lost.append(target)
    assert lost == []


def test_the_readme_shows_how_to_begin() -> None:
    """Exactly the two commands of the set-up, how an author begins, and whose the books are."""
    text = text_of(ROOT / "README.md")
    for wanted in ("make demo", "make test", "pip install", "reelpress init", "MIT-0"):
        assert wanted in text, wanted
    assert re.search("AGPL|Affero", text)
    assert re.search(r"!\[[^\]]+\]\(|<img ", text), "pictures of the pages"


def test_contributing_tells_how_to_add_a_rule() -> None:
    """In five steps, naming files that are there."""
    text = text_of(ROOT / "CONTRIBUTING.md")
    steps = re.findall(r"^(\d)\. ", text, re.MULTILINE)
    assert steps[:5] == list("12345")
    for path in re.findall(r"`((?:src|tests|docs|layouts)/[\w./-]+)`", text):
        assert "CODE" in path or (ROOT / path).exists(), path


# ── examples ─────────────────────────────────────────────────────────────────────────────

EXAMPLE = re.compile(
    r"^<!-- (review|ticket|people|imprint) -->\s*\n```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL
)


def examples() -> list[tuple[str, str, str]]:
    """Every marked example: file and line, format, text."""
    found = []
    for path in TEXTS:
        text = text_of(path)
        for match in EXAMPLE.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            found.append((f"{path.name}:{line}", match[1], match[2]))
    return found


def test_there_are_examples_of_every_format() -> None:
    """A mark that no example follows would be passed over."""
    assert {kind for _, kind, _ in examples()} == {"review", "ticket", "people", "imprint"}
    marks = sum(
        len(re.findall(r"^<!-- (review|ticket|people|imprint) -->", text_of(p), re.MULTILINE))
        for p in TEXTS
    )
    assert marks == len(examples())


@pytest.mark.parametrize(("where", "kind", "text"), examples())
def test_an_example_is_read_without_a_finding(where: str, kind: str, text: str) -> None:
    """As it stands in the text; no key in it is unknown."""
    from reelpress.header import read_imprint, read_people, read_review, read_ticket

    yaml = text
    if kind == "review" and text.startswith("---\n"):
        yaml = text.split("---\n")[1]
    readers: dict[str, Callable[[str, str], tuple[Any, tuple[Finding, ...]]]] = {
        "review": read_review,
        "ticket": read_ticket,
        "people": read_people,
        "imprint": read_imprint,
    }
    header, said = readers[kind](yaml, where)
    assert [str(finding) for finding in said] == []
    assert header is not None
    assert header.unknown == ()


@pytest.mark.parametrize("number", range(6))
def test_markdown_is_as_told(number: int) -> None:
    """Each example of docs/markdown.md is edited without a finding, and none of its marks is left.

    But for its picture, which is the sample's.
    """
    typed = re.findall(r"^```markdown\n(.*?)^```", text_of(DOCS / "markdown.md"), re.M | re.S)
    assert len(typed) == 6
    pictures = Pictures(Folder.at(ROOT))
    path = "manuscripts/reviews/example.md"
    text, said = edit_text(typed[number], path, 1, "r-example", "en", pictures)
    assert [str(finding) for finding in said] == []
    read = etree.fromstring(f"<div>{text.body}</div>")
    words = "".join(str(t) for t in read.xpath("//text()[not(ancestor::code)]"))
    assert re.findall(r"[]{}|`$~^]|:::|\[|Table:|\*(?! b)", words) == []
