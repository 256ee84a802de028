"""What the files say of themselves: who made the book, on what terms it and its pieces stand."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from checkers import epubcheck, verapdf
from reelpress.bindery import bind
from reelpress.desk.licences import licence
from reelpress.galley import Galley, Volume
from reelpress.layout import Layouts, compose
from reelpress.model import Anthology, Credit, Person
from reelpress.press import press
from reelpress.rights import Licence, Permission, Rights, Status
from reelpress.work import Work
from test_volumes import GRAVE, Book, reelpress

SPECIMEN = Path(__file__).parent / "specimen"
BY = "https://creativecommons.org/licenses/by/4.0/"
NC = "https://creativecommons.org/licenses/by-nc/4.0/"
STATEMENT = "Each review belongs to whoever wrote it."
GRANTED = Permission(Status.GRANTED)


def known(name: str) -> Licence:
    """A licence by its name."""
    return licence(name)[0]


ADA = Person(
    "a-bell", "Ada Bell", "Bell, Ada", orcid="0000-0002-1825-0097", isni="000000012146438X"
)
INES = Person(
    "i-moreau", "Ines Moreau", "Moreau, Ines", orcid="0000-0001-5109-3700", viaf="9847974"
)
WOUTER = Person("w-blij", "Wouter van den Blij", "Blij, Wouter van den")


def bound(anthology: Anthology, volume: str, change: Callable[[Galley], Galley]) -> Volume:
    """A volume of an anthology."""
    layout, _ = Layouts(SPECIMEN, Work()).find("classic", anthology.place)
    assert layout is not None
    galley, noticed = compose(anthology, layout, {c.slug for c in anthology.reviews}, {})
    assert noticed == ()
    (spec,) = (v for v in anthology.volumes if v.name == volume)
    made = bind(change(galley), spec, Work(), "")
    assert made.findings == ()
    assert made.volume is not None
    return made.volume


@pytest.fixture(scope="module")
def anthology() -> Anthology:
    """The specimen with more people in more roles, and with terms: Ada edits, writes, and writes
    under another name; Ines writes, and made the cover; Wouter translates what they wrote
    together, and wrote the introduction."""
    (pressed,) = press(SPECIMEN, bound=False).pressed
    book = pressed.anthology
    alone, second, both = book.reviews
    reviews = {
        alone.slug: replace(alone, byline=(Credit(ADA),)),
        second.slug: replace(
            second,
            byline=(Credit(ADA, pen_name="Vera Lamb"), Credit(INES)),
            abridged=True,
            rights=Rights(
                ("Ines Moreau",),
                (2024,),
                known("CC BY 4.0"),
                GRANTED,
                adaptation=known("CC BY-NC 4.0"),
            ),
        ),
        both.slug: replace(
            both,
            byline=(Credit(ADA), Credit(INES), Credit(WOUTER, "trl")),
            rights=Rights(("Ada Bell",), (2024,), known("All rights reserved"), GRANTED),
        ),
    }
    pieces = tuple(
        p
        if p.contribution is None
        else replace(
            p,
            contribution=reviews[p.contribution.slug],
            byline=reviews[p.contribution.slug].byline,
        )
        for p in book.pieces
    )
    edition = replace(
        book.edition,
        editors=(Credit(ADA, "edt"),),
        contributors=(Credit(INES, "cov"), Credit(WOUTER, "win")),
        rights=Rights(("Small Press", "Ada Bell"), (2024, 2025), known("CC BY-NC 4.0"), GRANTED),
    )
    return replace(book, edition=edition, pieces=pieces)


def same(galley: Galley) -> Galley:
    """The galley as it is."""
    return galley


def unsaid(galley: Galley) -> Galley:
    """The galley of a publisher who makes no statement."""
    return replace(galley, imprint=replace(galley.imprint, statement=""))


# ── EPUB ─────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def file(anthology: Anthology, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its EPUB."""
    path = tmp_path_factory.mktemp("epub") / "specimen.epub"
    path.write_bytes(bound(anthology, "epub", same).data)
    return path


def people(epub: Book) -> list[tuple[str, str, list[str], list[str], list[str], list[str]]]:
    """Each person of a package: element, name, roles, name for filing, place in order, numbers."""
    told = []
    for person in epub.opf("//dc:creator | //dc:contributor"):
        own = person.get("id")
        more = [
            epub.refined(own, what)
            for what in ("role", "file-as", "display-seq", "dcterms:identifier")
        ]
        told.append((etree.QName(person).localname, person.text, *more))
    return told


def test_everyone_is_named_once_under_each_name(file: Path) -> None:
    """With every role, and numbers of registers; under a pen name nobody is to be known."""
    assert people(Book(file)) == [
        (
            "creator",
            "Ada Bell",
            ["edt", "aut"],
            ["Bell, Ada"],
            ["1"],
            ["https://orcid.org/0000-0002-1825-0097", "https://isni.org/isni/000000012146438X"],
        ),
        ("contributor", "Wouter van den Blij", ["trl", "win"], ["Blij, Wouter van den"], [], []),
        ("contributor", "Vera Lamb", ["aut"], ["Lamb, Vera"], [], []),
        (
            "contributor",
            "Ines Moreau",
            ["aut", "cov"],
            ["Moreau, Ines"],
            [],
            ["https://orcid.org/0000-0001-5109-3700", "https://viaf.org/viaf/9847974"],
        ),
    ]


def test_roles_are_marc_s(file: Path) -> None:
    """Every role says of which list it is (EPUB 3.3, D.3.7)."""
    schemes = Book(file).opf("//o:meta[@property='role']/@scheme")
    assert set(schemes) == {"marc:relators"}


def test_without_editors_the_authors_are_the_creators(anthology: Anthology, tmp_path: Path) -> None:
    """In their order; who did something else is a contributor."""
    edition = replace(anthology.edition, editors=())
    path = tmp_path / "specimen.epub"
    path.write_bytes(bound(replace(anthology, edition=edition), "epub", same).data)
    told = [(kind, name, order) for kind, name, _, _, order, _ in people(Book(path))]
    assert told == [
        ("creator", "Ada Bell", ["1"]),
        ("creator", "Vera Lamb", ["2"]),
        ("creator", "Ines Moreau", ["3"]),
        ("contributor", "Wouter van den Blij", []),
    ]


def test_the_edition_s_terms_are_told(file: Path) -> None:
    """The publisher's own words, the holders, the licence's deed."""
    epub = Book(file)
    assert [e.text for e in epub.opf("//dc:rights")] == [STATEMENT]
    holders = epub.opf("//o:meta[@property='dcterms:rightsHolder']")
    assert [(e.text, e.get("refines")) for e in holders] == [
        ("Small Press", None),
        ("Ada Bell", None),
    ]
    assert epub.opf("//o:link[@rel='dcterms:license']/@href") == [NC]


@pytest.mark.parametrize(
    ("rights", "line"),
    [
        (Rights(("Small Press",), (2025,), known("CC BY 4.0")), "© 2025 Small Press. CC BY 4.0"),
        (Rights(("A", "B"), (2024, 2025)), "© 2024, 2025 A, B"),
        (Rights(("A",), (), known("ARR")), "© A. All rights reserved"),
        (Rights((), (), known("CC0")), "CC0 1.0"),
    ],
)
def test_without_a_statement_the_terms_are_told_plainly(
    anthology: Anthology, rights: Rights, line: str, tmp_path: Path
) -> None:
    """One line of holders, years and licence."""
    edition = replace(anthology.edition, rights=rights)
    path = tmp_path / "specimen.epub"
    path.write_bytes(bound(replace(anthology, edition=edition), "epub", unsaid).data)
    assert [e.text for e in Book(path).opf("//dc:rights")] == [line]


def test_nothing_is_claimed_where_nothing_is_stated(anthology: Anthology, tmp_path: Path) -> None:
    """No rights, no holder, no licence."""
    edition = replace(anthology.edition, rights=Rights())
    path = tmp_path / "specimen.epub"
    path.write_bytes(bound(replace(anthology, edition=edition), "epub", unsaid).data)
    epub = Book(path)
    assert epub.opf("//dc:rights | //o:link | //o:meta[@property='dcterms:rightsHolder']") == []


def test_each_piece_bears_its_own_licence(file: Path) -> None:
    """In the head of its document; an abridgement bears that of the adaptation."""
    epub = Book(file)
    told = {
        Path(name).stem: epub.select(name, "//h:head/h:link[@rel='license']/@href")
        for name in epub.spine()
    }
    assert {name: links for name, links in told.items() if links} == {
        "r-the-general": [BY],
        "r-brief-encounter": [NC],
    }


@pytest.mark.checkers
def test_epubcheck_has_nothing_to_say_of_it(file: Path) -> None:
    """Several roles, numbers of registers, links to deeds."""
    assert [str(m) for m in epubcheck(file) if m.severity in GRAVE] == []


# ── PDF ──────────────────────────────────────────────────────────────────────────────────

XMP = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "cc": "http://creativecommons.org/ns#",
}
ARRAYS = {
    "dc:creator": "Seq", "dc:contributor": "Bag", "dc:publisher": "Bag", "dc:date": "Seq",
    "dc:language": "Bag", "dc:rights": "Alt", "xmpRights:UsageTerms": "Alt",
    "xmpRights:Owner": "Bag",
}  # fmt: skip
"""Of which kind each is (ISO 16684-1, 8.3 and 8.5)."""
PLAIN = ("dc:identifier", "xmpRights:Marked", "xmpRights:WebStatement")


def xmp(path: Path) -> dict[str, Any]:
    """What a PDF says of its makers and its terms."""
    import pikepdf

    with pikepdf.open(path) as pdf:
        root = etree.fromstring(pdf.Root.Metadata.read_bytes())
        author = str(pdf.docinfo.get("/Author", ""))
    found: dict[str, Any] = {"Author": author}
    for name, kind in ARRAYS.items():
        if root.find(f".//{name}", XMP) is not None:
            found[name] = [e.text for e in root.findall(f".//{name}/rdf:{kind}/rdf:li", XMP)]
    found |= {n: e.text for n in PLAIN if (e := root.find(f".//{n}", XMP)) is not None}
    deed = root.find(".//cc:license", XMP)
    return found | (
        {"cc:license": deed.get(f"{{{XMP['rdf']}}}resource")} if deed is not None else {}
    )


@pytest.mark.checkers
def test_a_pdf_says_the_same(anthology: Anthology, tmp_path: Path) -> None:
    """Editors and authors are creators, others contributors; rights, terms, deed, owner."""
    spec = [replace(v, isbn="9780306406157") for v in anthology.volumes]
    path = tmp_path / "specimen.pdf"
    path.write_bytes(bound(replace(anthology, volumes=tuple(spec)), "print", same).data)
    assert xmp(path) == {
        "Author": "Ada Bell, Vera Lamb, Ines Moreau",
        "dc:creator": ["Ada Bell", "Vera Lamb", "Ines Moreau"],
        "dc:contributor": ["Wouter van den Blij"],
        "dc:publisher": ["Small Press"],
        "dc:date": ["2025-03-01"],
        "dc:language": ["en-GB"],
        "dc:identifier": "urn:isbn:9780306406157",
        "dc:rights": [STATEMENT],
        "xmpRights:Owner": ["Small Press", "Ada Bell"],
        "xmpRights:Marked": "True",
        "xmpRights:UsageTerms": ["CC BY-NC 4.0"],
        "xmpRights:WebStatement": NC,
        "cc:license": NC,
    }
    assert [str(rule) for rule in verapdf(path)] == []


@pytest.mark.checkers
def test_a_pdf_claims_nothing_where_nothing_is_stated(anthology: Anthology, tmp_path: Path) -> None:
    """It is not even said to be free of rights: its pieces may not be."""
    (pressed,) = press(SPECIMEN, bound=False).pressed
    path = tmp_path / "specimen.pdf"
    path.write_bytes(bound(pressed.anthology, "print", unsaid).data)
    told = xmp(path)
    assert told["dc:identifier"] == anthology.edition.identifier
    assert told["xmpRights:WebStatement"] == "https://small-press.example"
    wanted = {
        "dc:rights",
        "xmpRights:Marked",
        "xmpRights:UsageTerms",
        "cc:license",
        "xmpRights:Owner",
    }
    assert wanted & told.keys() == set()


# ── from the desk on ─────────────────────────────────────────────────────────────────────


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The specimen, to change; its layout prints no licence at a review."""
    folder = shutil.copytree(SPECIMEN, tmp_path / "project")
    template = folder / "layouts/mine/sections/review.html.j2"
    template.parent.mkdir(parents=True)
    template.write_text(
        '{% extends "classic/sections/review.html.j2" %}{% block closing %}{% endblock %}',
        encoding="utf-8",
    )
    (folder / "layouts/mine/layout.yaml").write_text("extends: classic\n", encoding="utf-8")
    amend(folder / "manuscripts/anthologies/specimen.yaml", "layout: classic", "layout: mine")
    return folder


def amend(file: Path, old: str, new: str) -> None:
    """Change a file."""
    text = file.read_text(encoding="utf-8")
    assert old in text, old
    file.write_text(text.replace(old, new), encoding="utf-8")


def built(project: Path, *options: str) -> Path:
    """The EPUB that a build of the project makes."""
    done = reelpress("build", "-C", project, "--only", "epub", *options)
    assert done.returncode == 0, done.stdout + done.stderr
    return project / "build/specimen/specimen.epub"


def test_what_headers_say_is_in_the_files(project: Path) -> None:
    """The ticket's terms, a review's, a translator, a number in people.yaml."""
    amend(
        project / "manuscripts/anthologies/specimen.yaml",
        "subtitle:",
        "rights: {holder: Small Press, year: 2025, licence: CC-BY-SA-4.0}\nsubtitle:",
    )
    amend(
        project / "manuscripts/people.yaml", "pronouns:", "orcid: 0000-0002-1825-0097\n  pronouns:"
    )
    review = project / "manuscripts/reviews/brief-encounter.md"
    amend(review, "reviewer: i-moreau", "reviewer: [i-moreau, {name: Lotte Kern, role: trl}]")
    epub = Book(built(project))
    assert [(kind, name, roles) for kind, name, roles, *_ in people(epub)] == [
        ("creator", "Ada Bell", ["edt", "aut"]),
        ("contributor", "Lotte Kern", ["trl"]),
        ("contributor", "Ines Moreau", ["aut"]),
    ]
    assert people(epub)[0][-1] == ["https://orcid.org/0000-0002-1825-0097"]
    assert epub.opf("//o:link[@rel='dcterms:license']/@href") == [
        "https://creativecommons.org/licenses/by-sa/4.0/"
    ]


def test_another_licence_makes_the_section_anew(project: Path) -> None:
    """Though nothing of it is printed there: its document says it. Other sections stay."""
    built(project)
    amend(project / "manuscripts/reviews/the-general.md", "CC-BY-4.0", "CC-BY-NC-4.0")
    done = reelpress("build", "-C", project, "--only", "epub", "--why")
    assert done.returncode == 0, done.stdout + done.stderr
    anew = [line.split()[1] for line in done.stdout.splitlines() if "composed" in line]
    assert anew == ["r-the-general", "copyright", "credits"]  # two of which print it
    warm = project / "build/specimen/specimen.epub"
    name = "EPUB/text/r-the-general.xhtml"
    assert Book(warm).select(name, "//h:link[@rel='license']/@href") == [NC]
    kept = warm.read_bytes()
    shutil.rmtree(project / ".reelpress")
    assert built(project).read_bytes() == kept
