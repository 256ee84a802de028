"""Layouts: folders of templates, style sheets and fonts, one extending another.

A file is looked for in the layout, then in the one that it extends, and so on;
`NAME/file` asks for the file of that very layout. A project's layouts/ comes
before those that come with reelpress.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from reelpress.findings import Finding, Place, did_you_mean, find
from reelpress.galley import Face
from reelpress.header import Header, LayoutFile, decode, read_layout
from reelpress.layout.faces import is_font
from reelpress.layout.sheets import read_sheets
from reelpress.model import Asset
from reelpress.versions import versions
from reelpress.work import Work, digest

_STYLES = (
    ("regular", "normal", 400),
    ("italic", "italic", 400),
    ("bold", "normal", 700),
    ("bold_italic", "italic", 700),
)
_FONT_TYPES = {".ttf": "font/ttf", ".otf": "font/otf"}


def shipped() -> Path:
    """The folder of the layouts that come with reelpress."""
    here = Path(__file__).parent.parent
    inside = here / "_layouts"
    return inside if inside.is_dir() else here.parent.parent / "layouts"


@dataclass(frozen=True, slots=True)
class Layout:
    """One layout, with those that it extends."""

    name: str
    chain: tuple[tuple[str, Path], ...]
    """(name, folder), itself first."""
    root: Path
    """The project: places are told relative to it."""
    screen: str = field(repr=False)
    print: str = field(repr=False)
    assets: tuple[Asset, ...] = ()
    """What the style sheets use."""
    faces: tuple[Face, ...] = ()
    note: str = ""
    typefaces: str = ""
    bios: str = "end"
    """Where biographies stand: end, piece, both, none."""

    def get(self, name: str) -> tuple[bytes, str] | None:
        """A file's bytes, and its path as told to people; None where no layout has it."""
        return _get(self.chain, self.root, name)


def _get(chain: tuple[tuple[str, Path], ...], root: Path, name: str) -> tuple[bytes, str] | None:
    first, _, rest = name.partition("/")
    asked = [(folder, rest) for layout, folder in chain if layout == first]
    for folder, inner in [*asked, *((folder, name) for _, folder in chain)]:
        if (file := _inside(folder, inner, root)) is not None:
            return file.read_bytes(), _told(file, root)
    return None


def _inside(folder: Path, name: str, root: Path) -> Path | None:
    """A layout's file; None where links lead out of the project (or of what is shipped)."""
    file = folder / name
    return (
        file.resolve()
        if file.is_file() and _covered(folder, root) and _covered(file, root)
        else None
    )


def _covered(path: Path, root: Path) -> bool:
    real = path.resolve()
    return any(real.is_relative_to(base.resolve()) for base in (root, shipped()))


def _told(file: Path, root: Path) -> str:
    if file.is_relative_to(root):
        return file.relative_to(root).as_posix()
    base = shipped().resolve()
    return (
        f"layouts/{file.relative_to(base).as_posix()}" if file.is_relative_to(base) else file.name
    )


@dataclass(slots=True)
class Layouts:
    """The layouts of the project in `root`, each read once; `work` keeps what is made of them."""

    root: Path
    work: Work
    _found: dict[str, tuple[Layout, tuple[Finding, ...]]] = field(default_factory=dict)

    def find(self, name: str, place: Place) -> tuple[Layout | None, tuple[Finding, ...]]:
        """The layout `name`; `place` is where a ticket asks for it.

        Findings: B002, B004, B007, H003, H004, H006, H012.
        """
        if name not in self._found:
            layout, said = _read(name, self.root, place, self.work)
            if layout is None:
                return None, said
            self._found[name] = layout, said
        return self._found[name]


def _read(
    name: str, root: Path, place: Place, work: Work
) -> tuple[Layout | None, tuple[Finding, ...]]:
    noticed: list[Finding] = []
    chain: list[tuple[str, Path]] = []
    fonts: dict[str, list[tuple[Header[LayoutFile], Mapping[str, str], Path]]] = {}
    note, typefaces, bios, wanted = "", "", "", name
    while wanted:
        folder = _folder(wanted, root)
        if folder is None or any(folder == f for _, f in chain):
            noticed.append(_no_layout(wanted, folder, root, place))
            return None, tuple(noticed)
        chain.append((wanted, folder))
        header, said = _described(folder, root, place)
        noticed.extend(said)
        if header is None:
            return None, tuple(noticed)
        model = header.model
        for family, files_of in model.fonts.items():
            fonts.setdefault(family, []).append((header, files_of.model_dump(), folder))
        note, typefaces = note or model.note, typefaces or model.typefaces
        bios = bios or (model.bios if "bios" in model.model_fields_set else "")
        wanted = model.extends
        place = header.place("extends")
    made: list[Face] = []
    stamp = digest(versions()) if work.store is not None else ""
    known: dict[str, bool] = work.known("faces", stamp) or {}
    before = len(known)
    for family, described in fonts.items():
        for header, paths, folder in described:  # one without a usable file gives way to the next
            faces = _faces(family, paths, folder, root, header, known, noticed)
            made += faces
            if faces:
                break
    if len(known) > before:
        work.keep("faces", stamp, known)
    all_of = tuple(chain)
    sheets = read_sheets(lambda file: _get(all_of, root, file), [n for n, _ in chain], work)
    noticed += sheets.noticed
    return Layout(
        name,
        all_of,
        root,
        sheets.screen,
        sheets.print,
        sheets.assets,
        tuple(made),
        note,
        typefaces,
        bios or "end",
    ), tuple(noticed)


def _no_layout(wanted: str, folder: Path | None, root: Path, place: Place) -> Finding:
    if folder is not None:
        return find("B004", place, name=wanted, problem="it extends itself")
    hint = did_you_mean(wanted, _names(root)) or f"there are: {', '.join(_names(root))}"
    return find("H012", place, name=wanted, hint=hint)


def _described(
    folder: Path, root: Path, place: Place
) -> tuple[Header[LayoutFile] | None, tuple[Finding, ...]]:
    """A layout's layout.yaml, which it need not have. Findings: H001, H023 and `read_layout`'s."""
    told = f"layouts/{folder.name}"
    if not _covered(folder, root):
        return None, (find("H023", place, path=told),)
    if not (folder / "layout.yaml").is_file():
        return Header(LayoutFile(), None, {}), ()
    told += "/layout.yaml"
    file = _inside(folder, "layout.yaml", root)
    if file is None:
        return None, (find("H023", Place(told), path=told),)
    text, said = decode(file.read_bytes(), told)
    if text is None:
        return None, said
    return read_layout(text, told)


def _names(root: Path) -> list[str]:
    return sorted(
        {
            p.name
            for base in (root / "layouts", shipped())
            if base.is_dir()
            for p in base.iterdir()
            if p.is_dir()
        }
    )


def _folder(name: str, root: Path) -> Path | None:
    if not name.replace("-", "").replace("_", "").isalnum():
        return None
    for base in (root / "layouts", shipped()):
        if (base / name).is_dir():
            return base / name
    return None


def _faces(
    family: str,
    paths: Mapping[str, str],
    folder: Path,
    root: Path,
    header: Header[LayoutFile],
    known: dict[str, bool],
    noticed: list[Finding],
) -> list[Face]:
    faces = []
    for key, style, weight in _STYLES:
        wanted = paths[key]
        if not wanted:
            continue
        data = _font(wanted, folder, root)
        kind = _FONT_TYPES.get(Path(wanted).suffix.lower())
        if data is None or kind is None or not _usable(data, known):
            problem = f"there is no TrueType or OpenType font {wanted}"
            at = header.place("fonts", family, key)
            noticed.append(find("B004", at, name=folder.name, problem=problem))
            continue
        asset = Asset(f"fonts/{Path(wanted).name}", kind, data)
        faces.append(Face(family, style, weight, asset))
    return faces


def _usable(data: bytes, known: dict[str, bool]) -> bool:
    """Whether a file is a face that can be set with; `known` are those that were looked at."""
    key = digest(data)
    if key not in known:
        known[key] = is_font(data)
    return known[key]


def _font(wanted: str, folder: Path, root: Path) -> bytes | None:
    if wanted.startswith("package:"):
        package, _, name = wanted.removeprefix("package:").partition("/")
        if not package.startswith("font_") or "/" in name:
            return None
        try:
            resource = files(package) / "files" / name
            return resource.read_bytes()
        except (ModuleNotFoundError, OSError):
            return None
    file = _inside(folder, wanted, root)
    return file.read_bytes() if file is not None else None
