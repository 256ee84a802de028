"""Nothing outside the project is opened, nothing is half written, and what lacks is said."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from test_cli import call
from test_volumes import ROOT, bench, reelpress

pytestmark = pytest.mark.slow

SCRIPTS = {
    # Pango's libraries can't be loaded, as cffi says it; the rest of the machine is as it is.
    "no-pango": """\
import cffi, ctypes
def refuse(load):
    def loads(*arguments, **options):
        name = str(next((a for a in arguments if isinstance(a, str)), ""))
        if any(part in name for part in ("pango", "gobject", "harfbuzz")):
            raise OSError(f"cannot load library '{name}': no such file")
        return load(*arguments, **options)
    return loads
cffi.FFI.dlopen = refuse(cffi.FFI.dlopen)
ctypes.CDLL.__init__ = refuse(ctypes.CDLL.__init__)
""",
    # Every file opened below WATCHED, and every use of the network, is written into SEEN.
    "watch": """\
import os, sys
seen = os.open(os.environ["SEEN"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
watched = os.path.realpath(os.environ["WATCHED"])
network = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto",
           "urllib.Request", "http.client.connect", "ftplib.connect")
def hook(event, arguments):
    told = ""
    # The press speaks with its own workers through sockets that are files.
    workers = event == "socket.connect" and "pymp-" in os.fsdecode(repr(arguments[1]))
    if event in network and not workers:
        told = repr(arguments)
    elif event in ("open", "os.listdir", "os.scandir") and isinstance(arguments[0], (str, bytes)):
        path = os.path.realpath(os.fsdecode(arguments[0]))
        if path == watched or path.startswith(watched + os.sep):
            told = path
    if told:
        os.write(seen, f"{event} {told}\\n".encode())
sys.addaudithook(hook)
""",
    # Killed at the STRIKE-th time that a file is written through or put in its place.
    "kill": """\
import os, signal
left = [int(os.environ["STRIKE"])]
def deadly(act):
    def acts(*arguments, **options):
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        return act(*arguments, **options)
    return acts
os.fsync, os.replace = deadly(os.fsync), deadly(os.replace)
""",
}
"""What a process runs before it starts: a machine that lacks, watches, or dies."""


def under(
    script: str, tmp_path: Path, *arguments: str | Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Call reelpress on such a machine."""
    folder = tmp_path / script
    folder.mkdir(exist_ok=True)
    (folder / "sitecustomize.py").write_text(SCRIPTS[script], encoding="utf-8")
    path = f"{folder}{os.pathsep}{ROOT / 'src'}"
    return subprocess.run(
        [sys.executable, "-m", "reelpress", *map(str, arguments)],
        cwd=tmp_path,
        env={**os.environ, **environment, "PYTHONPATH": path},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A scaffold."""
    folder = tmp_path / "mine"
    assert call("init", folder)[0] == 0
    return folder


# ── without Pango ────────────────────────────────────────────────────────────────────────


def test_without_pango_the_epub_is_bound(house: Path, tmp_path: Path) -> None:
    """The PDF is one finding with its cure; what WeasyPrint prints of itself is not heard. The
    EPUB's bytes are those that a machine with Pango binds."""
    done = under("no-pango", tmp_path, "build", "-C", house, "--json")
    assert done.returncode == 3, done.stderr
    document = json.loads(done.stdout)
    assert [f["code"] for f in document["findings"]] == ["P001"]
    assert "doctor" in document["findings"][0]["hint"]
    assert [volume["file"] for volume in document["volumes"]] == ["first.epub"]
    assert list((house / "build").rglob("*.pdf")) == []
    assert "first.epub" in (house / "build" / "index.html").read_text(encoding="utf-8")
    assert call("build", "-C", house, "--only", "epub", "--out", tmp_path / "with")[0] == 0
    without = (house / "build" / "first" / "first.epub").read_bytes()
    assert without == (tmp_path / "with" / "first" / "first.epub").read_bytes()


def test_without_pango_people_are_told_what_was_bound(house: Path, tmp_path: Path) -> None:
    """The last line doesn't say that nothing was, and there is no traceback."""
    done = under("no-pango", tmp_path, "build", "-C", house)
    assert "Nothing was bound" not in done.stdout
    assert "[P001]" in done.stdout
    assert "first.epub" in done.stdout
    assert "WeasyPrint could not import" not in done.stdout
    assert "Traceback" not in done.stderr


def test_without_pango_nothing_else_is_missed(house: Path, tmp_path: Path) -> None:
    """`--only epub` is clean; the doctor names the cure and gives exit code 1."""
    assert under("no-pango", tmp_path, "build", "-C", house, "--only", "epub").returncode == 0
    done = under("no-pango", tmp_path, "doctor")
    assert done.returncode == 1
    (line,) = (line for line in done.stdout.splitlines() if "Pango" in line)
    assert line.startswith("missing")
    assert "apt install" in line


# ── nothing is fetched ───────────────────────────────────────────────────────────────────

MARK = "xyzzy-planted-xyzzy"
SVG = "http://www.w3.org/2000/svg"


@pytest.fixture
def web() -> Iterator[tuple[int, list[str]]]:
    """A server that notes whoever knocks."""
    knocks: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                try:
                    connection, address = server.accept()
                except OSError:
                    return
                knocks.append(str(address))
                connection.close()

        threading.Thread(target=listen, daemon=True).start()
        yield server.getsockname()[1], knocks


def plant(folder: Path) -> None:
    """Files that nobody may open, each with the mark in it."""
    from PIL import Image, PngImagePlugin

    folder.mkdir()
    for name, text in {
        "secret.txt": MARK,
        "secret.md": f"---\nfilm: {MARK}\nreviewer: me\n---\n{MARK}\n",
        "secret.css": f"p::after {{ content: '{MARK}' }}",
        "secret.svg": f'<svg xmlns="{SVG}" viewBox="0 0 9 9"><text>{MARK}</text></svg>',
        "secret.html.j2": MARK,
        "secret.yaml": f"title: {MARK}\n",
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    information = PngImagePlugin.PngInfo()
    information.add_text("Comment", MARK)
    Image.new("L", (9, 9)).save(folder / "secret.png", pnginfo=information)


def ask_for_everything(house: Path, planted: Path, port: int) -> None:
    """Let manuscripts, SVG, tickets, people and a layout ask for what is not theirs."""
    web, home = f"http://127.0.0.1:{port}", house / "manuscripts"
    up = os.path.relpath(planted, home / "reviews")
    addresses = [
        f"{planted}/secret.png",
        f"{up}/secret.png",
        planted.joinpath("secret.png").as_uri(),
        f"FILE://{planted}/secret.png",
        f"{web}/a.png",
        f"//127.0.0.1:{port}/a.png",
        "link.png",
        "linked/secret.png",
        "%2e%2e/" * 12 + str(planted / "secret.png").lstrip("/"),
        "drawing.svg",
        "foreign.svg",
    ]
    pictures = "\n\n".join(f"![a picture]({address})" for address in addresses)
    general = home / "reviews" / "the-general.md"
    general.write_text(
        general.read_text(encoding="utf-8")
        + f"\n{pictures}\n\n[a link]({planted.as_uri()}/secret.txt) that leads nowhere\n\n"
        + f"""
<img src="{planted.as_uri()}/secret.png" srcset="{web}/b.png 2x" alt="x">
<picture><source srcset="{web}/c.png"><img src="{web}/d.png" alt="x"></picture>
<iframe src="{web}/e"></iframe> <object data="{planted.as_uri()}/secret.svg"></object>
<embed src="{web}/f"> <link rel="stylesheet" href="{planted.as_uri()}/secret.css">
<style>@import url({web}/g.css); p {{ background: url({web}/h.png) }}</style>
<p style="background: url({web}/i.png)" onclick="x()">styled</p> <script src="{web}/j.js"></script>
<svg><image href="{web}/k.png"/><use href="{planted.as_uri()}/secret.svg#a"/></svg>
<video src="{web}/l"></video> <audio src="{web}/m"></audio> <base href="{web}/">
{{% include "{planted}/secret.html.j2" %}} {{{{ open("{planted}/secret.txt").read() }}}}
""",
        encoding="utf-8",
    )
    (home / "reviews" / "link.png").symlink_to(planted / "secret.png")
    (home / "reviews" / "linked").symlink_to(planted, target_is_directory=True)
    (home / "reviews" / "linked.md").symlink_to(planted / "secret.md")
    (home / "reviews" / "drawing.svg").write_text(
        f"""<?xml version="1.0"?>
<?xml-stylesheet href="{web}/n.css"?>
<!DOCTYPE svg SYSTEM "{web}/o.dtd" [
<!ENTITY file SYSTEM "{planted.as_uri()}/secret.txt"> <!ENTITY web SYSTEM "{web}/p">
<!ENTITY % all SYSTEM "{web}/q"> %all; ]>
<svg xmlns="{SVG}" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">
<style>@import "{web}/r.css"; rect {{ fill: url({web}/s.svg#a) }}</style>
<image href="{planted.as_uri()}/secret.png" width="9" height="9"/>
<image xlink:href="{web}/t.png" width="9" height="9"/>
<use href="{planted.as_uri()}/secret.svg#a"/><rect width="9" height="9" fill="url({web}/u.svg#a)"/>
<text>&file;&web;</text></svg>
""",
        encoding="utf-8",
    )
    (home / "reviews" / "foreign.svg").write_text(
        f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><foreignObject>
<img xmlns="http://www.w3.org/1999/xhtml" src="{web}/v.png"/></foreignObject>
<rect width="9" height="9" style="fill: url({web}/w.svg#a)"/></svg>""",
        encoding="utf-8",
    )
    ticket = home / "anthologies" / "first.yaml"
    ticket.write_text(
        ticket.read_text(encoding="utf-8").replace(
            "reviews: reviews/*.md",
            f"reviews: [the-general, late-spring, '{up}/*.md', '../../{up}/secret.md',"
            f" 'reviews/linked/*.md', reviews/linked.md, '{planted}/secret.md']",
        )
        + f"layout: mine\ncover: {planted}/secret.png\n"
        + f"front: [title, {{foreword: '../{up}/secret.md'}}, {{preface: '{planted}/secret.md'}},"
        + " {note: reviews/linked/secret.md}, contents]\n",
        encoding="utf-8",
    )
    (home / "people.yaml").write_text(
        f"me: {{name: Robin, bio: '![x]({planted}/secret.png) ![y]({web}/x.png)'}}\n",
        encoding="utf-8",
    )
    (home / "anthologies" / "linked.yaml").symlink_to(planted / "secret.yaml")
    layout = house / "layouts" / "mine"
    (layout / "sections").mkdir(parents=True)
    (layout / "layout.yaml").write_text(
        f"extends: classic\nfonts:\n  extra: {{regular: '{planted}/secret.txt'}}\n"
        f"  other: {{regular: '{up}/secret.ttf'}}\n",
        encoding="utf-8",
    )
    css = f"""
@import "{web}/y.css"; @import url({planted.as_uri()}/secret.css); @import "{up}/secret.css";
@font-face {{ font-family: mine; src: url({web}/z.ttf), local("DejaVu Sans") }}
body {{ background: url({web}/aa.png); font-family: mine }}
p {{ background: \\75rl({web}/bb.png); list-style: url({planted.as_uri()}/secret.png) }}
h1::before {{ content: url({planted.as_uri()}/secret.svg) image-set("{web}/cc.png" 1x) }}
a::after {{ content: attr(href); background-image: URL( '{web}/dd.png' ) }}
@page {{ background: url({web}/ee.png) }}
"""
    (layout / "screen.css").write_text(css, encoding="utf-8")
    (layout / "print.css").write_text(css, encoding="utf-8")
    (layout / "sections" / "colophon.html.j2").write_text(
        f'<h1>{{{{ piece.title }}}}</h1>{{% include "{up}/secret.html.j2" ignore missing %}}'
        f'<p><img src="{web}/ff.png" alt="x"/><img src="{planted.as_uri()}/secret.png" alt="x"/>'
        f'<object data="{web}/gg"></object><embed src="{planted.as_uri()}/secret.svg"/></p>',
        encoding="utf-8",
    )


def everything_in(build: Path) -> bytes:
    """All bytes of all volumes, unpacked."""
    import pikepdf

    found = []
    for path in sorted(build.rglob("*")):
        if path.suffix == ".epub":
            with zipfile.ZipFile(path) as packed:
                found += [packed.read(name) for name in packed.namelist()]
        elif path.suffix == ".pdf":
            with pikepdf.open(path) as pdf:
                found += [
                    bytes(element.read_bytes())
                    for element in pdf.objects
                    if isinstance(element, pikepdf.Stream) and element.get("/Subtype") != "/Image"
                ]
        elif path.is_file():
            found.append(path.read_bytes())
    return b"\0".join(found)


def assert_nothing_is_opened(
    house: Path, tmp_path: Path, web: tuple[int, list[str]], *options: str
) -> None:
    """Draft and check a project that asks for everything, and see what was opened."""
    port, knocks = web
    planted, seen = tmp_path / "planted", tmp_path / "seen"
    plant(planted)
    ask_for_everything(house, planted, port)
    watch = {"WATCHED": str(planted), "SEEN": str(seen)}
    done = under("watch", tmp_path, "build", "first", "-C", house, "--draft", *options, **watch)
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr
    for code in ("I002", "I003", "I005", "M001", "M002", "M004", "B002", "B004"):
        assert f"[{code}]" in done.stdout, code
    assert seen.read_text(encoding="utf-8") == ""
    assert knocks == []
    assert MARK.encode() not in everything_in(house / "build")


def test_nothing_outside_is_opened_for_an_epub(
    house: Path, tmp_path: Path, web: tuple[int, list[str]]
) -> None:
    """Whatever a manuscript, a style sheet, an SVG, a ticket or a template asks for."""
    assert_nothing_is_opened(house, tmp_path, web, "--only", "epub")
    with zipfile.ZipFile(house / "build" / "first" / "first.epub") as packed:
        for name in packed.namelist():
            if name.endswith((".xhtml", ".css", ".svg")):
                text = packed.read(name).decode()
                for risky in ("<script", "<iframe", "<object", "<embed", "<!ENTITY", "onload="):
                    assert risky not in text, (name, risky)


@pytest.mark.checkers
def test_nothing_outside_is_opened_for_a_pdf(
    house: Path, tmp_path: Path, web: tuple[int, list[str]]
) -> None:
    """The same, with WeasyPrint at work."""
    assert_nothing_is_opened(house, tmp_path, web)
    assert (house / "build" / "first" / "first-print.pdf").is_file()


@pytest.mark.checkers
def test_a_layout_without_a_face_is_told(house: Path) -> None:
    """A finding, also for a draft: Pango itself dies where there is not one face."""
    layout = house / "layouts" / "mine"
    layout.mkdir(parents=True)
    (layout / "layout.yaml").write_text(
        "extends: classic\nfonts: {text: {regular: no.ttf}, heads: {regular: no.ttf}}\n",
        encoding="utf-8",
    )
    ticket = house / "manuscripts" / "anthologies" / "first.yaml"
    ticket.write_text(ticket.read_text("utf-8") + "layout: mine\n", encoding="utf-8")
    done = reelpress("build", "-C", house, "--draft")
    assert done.returncode == 3, done.stderr
    assert "[B004]" in done.stdout


def test_a_link_to_a_file_is_told(house: Path) -> None:
    """It leads nowhere from a book, however it is written."""
    general = house / "manuscripts" / "reviews" / "the-general.md"
    text = general.read_text("utf-8")
    general.write_text(
        text + '\n[a](file:///etc/passwd)\n\n<a href="file:///x">b</a>\n\n[c](../x.md)\n',
        encoding="utf-8",
    )
    found = json.loads(call("check", "-C", house, "--json")[1])["findings"]
    last = len(text.splitlines())
    assert [(f["code"], f["line"]) for f in found] == [
        ("L006", last + 2),
        ("L006", last + 4),
        ("L006", last + 6),
    ]


def test_the_watch_sees(house: Path, tmp_path: Path) -> None:
    """The test above can fail: a project that lies in the watched folder is noticed."""
    seen = tmp_path / "seen"
    watch = {"WATCHED": str(house), "SEEN": str(seen)}
    assert under("watch", tmp_path, "check", "-C", house, **watch).returncode == 0
    assert "people.yaml" in seen.read_text(encoding="utf-8")


def test_a_folder_that_the_owner_names_is_read(house: Path, tmp_path: Path) -> None:
    """read: in imprint.yaml opens a door, and only that one."""
    plant(tmp_path / "planted")
    plant(tmp_path / "other")
    home = house / "manuscripts"
    imprint = home / "imprint.yaml"
    imprint.write_text(imprint.read_text("utf-8") + "read: [../planted]\n", encoding="utf-8")
    (home / "reviews" / "a.png").symlink_to(tmp_path / "planted" / "secret.png")
    (home / "reviews" / "b.png").symlink_to(tmp_path / "other" / "secret.png")
    general = home / "reviews" / "the-general.md"
    text = general.read_text("utf-8") + "\n![in](a.png)\n\n![out](b.png)\n"
    general.write_text(text, encoding="utf-8")
    found = json.loads(call("check", "-C", house, "--json")[1])["findings"]
    assert [(f["code"], f["line"]) for f in found] == [("I002", len(text.splitlines()))]


# ── whole or not at all ──────────────────────────────────────────────────────────────────

STRIKES = range(1, 14)
NAMES = ("a/one.epub", "a/two.pdf", "volumes.json", "index.html")


def deliver_and_die(tmp_path: Path, strike: int) -> bool:
    """Deliver four files over older ones, and die at a moment; whether it came to that."""
    code = (
        f"{SCRIPTS['kill']}\nfrom pathlib import Path\nfrom reelpress.work import deliver\n"
        f"deliver(Path({str(tmp_path)!r}), {{name: b'new' * 10**6 for name in {NAMES!r}}})\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "STRIKE": str(strike), "PYTHONPATH": str(ROOT / "src")},
        check=False,
    )
    assert done.returncode in (0, -signal.SIGKILL)
    return done.returncode != 0


@pytest.mark.skipif(os.name == "nt", reason="signals are Unix's")
def test_a_killed_delivery_leaves_every_file_whole(tmp_path: Path) -> None:
    """At whatever moment: each file is the old one or the new one, and only whole new ones come
    into place after all are on the disk."""
    died = 0
    for strike in STRIKES:
        for name in NAMES:
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_bytes(b"old")
        died += deliver_and_die(tmp_path, strike)
        states = [(tmp_path / name).read_bytes() for name in NAMES]
        assert set(states) <= {b"old", b"new" * 10**6}, strike
        if strike <= len(NAMES):
            assert set(states) == {b"old"}
    assert 2 * len(NAMES) <= died < len(STRIKES)


@pytest.mark.skipif(os.name == "nt", reason="signals are Unix's")
def test_what_a_killed_build_leaves_is_swept_up(tmp_path: Path) -> None:
    """The next delivery leaves nothing there but what it delivers."""
    deliver_and_die(tmp_path, 3)
    assert not deliver_and_die(tmp_path, 10**6)
    assert {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()} == {
        *NAMES
    }


@pytest.mark.skipif(os.name == "nt", reason="signals are Unix's")
def test_a_killed_build_leaves_every_volume_whole(house: Path, tmp_path: Path) -> None:
    """The last good volume, or the new one; never a part."""
    options = ("build", "-C", house, "--only", "epub")
    assert call(*options)[0] == 0
    volume = house / "build" / "first" / "first.epub"
    old = volume.read_bytes()
    general = house / "manuscripts" / "reviews" / "the-general.md"
    general.write_text(general.read_text("utf-8") + "\nMore.\n", encoding="utf-8")
    assert call(*options, "--out", tmp_path / "new")[0] == 0
    new = (tmp_path / "new" / "first" / "first.epub").read_bytes()
    assert old != new
    for strike in ("2", "6"):
        done = under("kill", tmp_path, *options, STRIKE=strike)
        assert done.returncode == -signal.SIGKILL
        assert volume.read_bytes() in (old, new)


def test_the_sample_s_build_left_nothing_behind(tmp_path_factory: pytest.TempPathFactory) -> None:
    """No parts, no hidden files."""
    build = bench(tmp_path_factory, "epubs")
    assert [p for p in build.rglob("*") if p.name.startswith(".") or p.suffix == ".part"] == []
