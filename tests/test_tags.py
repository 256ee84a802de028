"""The structure tree of what is printed: one tree over all pages, the same from every side.

What is in the tree (elements, pieces of content, annotations) and what pages say of it (the parent
tree, the marks in their content) are held against each other; and its words against the EPUB's.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from lxml import etree

from checkers import Tagged, _marked_text, pdf_tree
from test_volumes import NS, XML_LANG, book, pdf_of
from test_words import letters

Place = tuple[int, int]
"""A page or a content inside it by its object's number, and a mark in it."""
_MARK = re.compile(rb"/MCID\s+(\d+)")


# ── both sides ───────────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class Tree:
    """What the structure tree says."""

    above: dict[int, int] = field(default_factory=dict)
    """Element -> the one that it is in, by their objects' numbers."""
    elements: dict[int, Any] = field(default_factory=dict)
    owners: dict[Place, int] = field(default_factory=dict)
    """Each piece of content -> its element."""
    annotations: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Each annotation -> its element, and the page where it should be."""


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K", ())
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def grown(pdf: pikepdf.Pdf) -> Tree:
    """The structure tree of a file; nothing stands in it twice."""
    tree = Tree()
    waiting = [(pdf.Root.StructTreeRoot, 0)]
    for element, _ in waiting:
        own = element.objgen[0]
        for kid in _kids(element):
            if not isinstance(kid, pikepdf.Dictionary):
                _put(tree.owners, (element.Pg.objgen[0], int(kid)), own)
            elif "/S" in kid:
                assert kid.P.objgen == element.objgen
                _put(tree.above, kid.objgen[0], own)
                tree.elements[kid.objgen[0]] = kid
                waiting.append((kid, own))
            elif "/MCID" in kid:
                holder: Any = kid.get("/Stm", kid.get("/Pg", element.get("/Pg")))
                _put(tree.owners, (holder.objgen[0], int(kid.MCID)), own)
            else:
                page: Any = kid.get("/Pg", element.get("/Pg"))
                _put(tree.annotations, kid.Obj.objgen[0], (own, page.objgen[0]))
    return tree


def _put(known: dict[Any, Any], key: object, value: object) -> None:
    assert key not in known, f"{key} is there twice"
    known[key] = value


def contents(page: Any) -> Iterator[tuple[Any, bytes]]:
    """The content of a page, and all content inside it that has a place in the parent tree."""
    parts = page.Contents
    parts = list(parts) if isinstance(parts, pikepdf.Array) else [parts]
    yield page, b"\n".join(part.read_bytes() for part in parts)
    waiting, seen = [page.Resources], set()
    for resources in waiting:
        for inner in resources.get("/XObject", {}).values():
            if inner.objgen in seen:
                continue
            seen.add(inner.objgen)
            if "/StructParents" in inner:
                yield inner, inner.read_bytes()
            waiting += [inner.Resources] if "/Resources" in inner else []


def check_structure(path: Path) -> None:
    """One Document; the tree, the parent tree, the content and the IDs agree in all directions."""
    with pikepdf.open(path) as pdf:
        root: Any = pdf.Root.StructTreeRoot
        assert [str(kid.S) for kid in _kids(root)] == ["/Document"]
        tree = grown(pdf)
        known = numbers(root.ParentTree)
        assert int(root.ParentTreeNextKey) > max(known)
        used: set[int] = set()
        marks: dict[Place, int] = {}
        annotations: dict[int, tuple[int, int]] = {}
        seen: set[int] = set()
        for page in pdf.pages:
            for holder, content in contents(page.obj):
                own = holder.objgen[0]
                drawn = [int(mark) for mark in _MARK.findall(content)]
                assert len(drawn) == len(set(drawn))
                if own in seen or "/StructParents" not in holder:
                    assert own in seen or not drawn
                    continue
                seen.add(own)
                key = int(holder.StructParents)
                _once(used, key)
                told = {(own, n): e.objgen[0] for n, e in enumerate(known[key]) if e is not None}
                assert {mark for _, mark in told} <= set(drawn)
                marks |= told
            for note in page.obj.get("/Annots", ()):
                _once(used, int(note.StructParent))
                owner = known[int(note.StructParent)]
                assert str(owner.S) == "/Link"
                annotations[note.objgen[0]] = (owner.objgen[0], page.obj.objgen[0])
        assert tree.owners == marks
        assert tree.annotations == annotations
        assert used == known.keys()
        check_ids(root, tree)
    check_nothing_unread(path, {(*place,) for place in marks})


def _once(used: set[int], key: int) -> None:
    assert key not in used
    used.add(key)


def numbers(tree: Any) -> dict[int, Any]:
    """A number tree, which is in order."""
    flat = list(tree.Nums)
    keys = [int(key) for key in flat[::2]]
    assert keys == sorted(set(keys))
    return dict(zip(keys, flat[1::2], strict=True))


def check_ids(root: Any, tree: Tree) -> None:
    """Every ID is one element's and in the ID tree, in order; cells name heads of their table."""
    by_id = {bytes(e.ID): own for own, e in tree.elements.items() if "/ID" in e}
    assert len(by_id) == sum("/ID" in e for e in tree.elements.values())
    assert bool(by_id) == ("/IDTree" in root)
    if by_id:
        flat = list(root.IDTree.Names)
        names = [bytes(name) for name in flat[::2]]
        assert names == sorted(by_id)
        assert [e.objgen[0] for e in flat[1::2]] == [by_id[name] for name in names]
    heads: defaultdict[int, set[int]] = defaultdict(set)
    for own, element in tree.elements.items():
        if str(element.S) == "/TH":
            assert str(element.A.Scope) in ("/Column", "/Row")
            heads[table_of(own, tree)].add(own)
        assert str(element.S) != "/Note" or "/ID" in element
    for own, element in tree.elements.items():
        if str(element.S) == "/TD":
            named = {by_id[bytes(head)] for head in element.get("/A", {}).get("/Headers", ())}
            assert named <= heads[table_of(own, tree)]
            # The corner where head cells of rows and columns meet is empty.
            assert named or not heads[table_of(own, tree)] or not list(element.K)


def table_of(cell: int, tree: Tree) -> int:
    """The table that a cell is in."""
    while str(tree.elements[cell].S) != "/Table":
        cell = tree.above[cell]
    return cell


def check_nothing_unread(path: Path, owned: set[Place]) -> None:
    """Content with a mark that no element has is empty."""
    with pikepdf.open(path) as pdf:
        holders = [[h.objgen[0] for h, _ in contents(page.obj)] for page in pdf.pages]
    with pypdfium2.PdfDocument(path) as document:
        for page, places in zip(document, holders, strict=True):
            for mark, text in _marked_text(page).items():
                read = any((place, mark) in owned for place in places)
                assert read or mark < 0 or not text.strip(), text


@pytest.fixture(params=["last-call", "small-hours"])
def printed(sample: Path, request: pytest.FixtureRequest) -> tuple[str, Path, Path]:
    """Each of the sample's anthologies: its name, PDF and EPUB."""
    name = str(request.param)
    return name, pdf_of(sample, name), sample / name / f"{name}.epub"


@pytest.mark.checkers
def test_the_sample_s_tree_is_whole(printed: tuple[str, Path, Path]) -> None:
    """Whatever a reader starts from, the tree, a page or a link, it finds the same."""
    check_structure(printed[1])


@pytest.mark.checkers
def test_the_tree_of_everything_difficult_is_whole(trying: Path) -> None:
    """Notes in notes, tables and quotations, lists in lists, pictures in lines."""
    check_structure(trying / "trying" / "trying-print.pdf")
    check_structure(trying / "scripts" / "scripts-print.pdf")


@pytest.mark.checkers
def test_readers_of_pdfs_have_nothing_to_mend(sample: Path, trying: Path) -> None:
    """Syntax, cross-references and streams are as the format has them."""
    for path in [*sample.rglob("*.pdf"), *trying.rglob("*.pdf")]:
        with pikepdf.open(path) as pdf:
            assert pdf.check_pdf_syntax() == []
            assert pdf.get_warnings() == []


# ── its words ────────────────────────────────────────────────────────────────────────────


def texts(tree: list[Tagged], kind: str) -> Iterator[tuple[str, set[int]]]:
    """The letters of each element of a type, without notes and their calls; and its pages."""
    for index, tagged in enumerate(tree):
        if tagged.type != kind:
            continue
        said, pages, beyond = "", set(), 0
        for inner in tree[index + 1 :]:
            if inner.depth <= tagged.depth:
                break
            if beyond and inner.depth > beyond:
                continue
            beyond = inner.depth if inner.type in ("Note", "Reference") else 0
            if not inner.type:
                said += inner.text
                pages.add(inner.page)
        yield letters(said), pages


@pytest.mark.checkers
def test_a_paragraph_is_one_element(printed: tuple[str, Path, Path]) -> None:
    """Whether it turns the page or not: each of the EPUB's paragraphs is one P, and whole."""
    _, path, epub = printed
    found, over = Counter[str](), 0
    for text, pages in texts(pdf_tree(path), "P"):
        found[text] += 1
        over += len(pages) > 1
    assert over > 2
    wanted = Counter[str]()
    for name in book(epub).spine():
        root = book(epub).tree(name)
        for call in root.xpath("//h:a[@role='doc-noteref']", namespaces=NS):
            call.text = ""
        for paragraph in root.xpath(
            "//h:div[@class='text']//h:p[not(ancestor::h:aside[@role])]", namespaces=NS
        ):
            wanted[letters("".join(paragraph.itertext()))] += 1
    assert len(wanted) > 40
    assert wanted - found == Counter()


@pytest.mark.checkers
def test_foreign_phrases_have_their_language(printed: tuple[str, Path, Path]) -> None:
    """What the EPUB says of a phrase's language, the PDF says of the same phrase."""
    name, path, epub = printed
    with pikepdf.open(path) as pdf:
        elements = [e for e in grown(pdf).elements.values() if "/Lang" in e and str(e.S) != "/Sect"]
        said = Counter(str(e.Lang) for e in elements)
    wanted = Counter[str]()
    for section in book(epub).spine():
        if section.endswith("/copyright.xhtml"):
            continue  # screens have titles there, where pages have numbers
        root = book(epub).tree(section)
        for element in root.iter():
            spoken = element.get(XML_LANG)
            above = next((a.get(XML_LANG) for a in element.iterancestors() if a.get(XML_LANG)), "")
            if spoken and above and spoken != above and etree.QName(element).localname != "section":
                wanted[spoken] += 1
    assert bool(wanted) == (name == "last-call")
    assert said == wanted
