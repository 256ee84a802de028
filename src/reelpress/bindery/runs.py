"""Page runs: "page 12", "pages 12–18 and 40" (docs/layouts.md).

A run leads from the page where one section begins to the last page of another, or of the same. It
is printed as text, so that its words can agree with it: what stands for one page only, what for
many.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from lxml import etree

from reelpress.bindery.marks import remove
from reelpress.bindery.numbering import roman

_RUNS = etree.XPath("descendant::a[@data-pages]")
_GROUPS = etree.XPath("descendant::*[@data-runs]")
_ONE = etree.XPath("descendant::*[@data-one]")
_MANY = etree.XPath("descendant::*[@data-many]")


def last(section: str) -> str:
    """The name under which the number of a section's last page is known; no id holds a space."""
    return f"{section} last"


def shown(root: etree._Element) -> list[str]:
    """The names of the numbers that the runs in a section show."""
    return [name for run in _RUNS(root) for name in _ends(run)]


def fill(root: etree._Element, numbers: Mapping[str, int], fronts: Collection[str]) -> None:
    """Give runs their text, in place; `fronts` are names of numbers in the front matter.

    An end that has no page is left out.
    """
    for run in _RUNS(root):
        folios = [
            roman(numbers[name]) if name in fronts else str(numbers[name])
            for name in _ends(run)
            if name in numbers
        ]
        run.text = "–".join(dict.fromkeys(folios))
        run.set("class", f"{run.get('class', '')} page-run".strip())
    for group in _GROUPS(root):
        told = [run.text or "" for run in _RUNS(group)]
        single = len(told) == 1 and "–" not in told[0]
        for word in (_MANY if single else _ONE)(group):
            remove(word)
    for run in _RUNS(root):
        del run.attrib["data-pages"]


def _ends(run: etree._Element) -> tuple[str, str]:
    """The names of the two numbers of a run."""
    return run.get("href", "")[1:], last(run.get("data-pages", ""))
