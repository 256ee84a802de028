"""What editing costs, beside Python-Markdown alone with the same extensions on the same bodies.

    python tests/bench/editing.py [folder of .md files]
    python tests/bench/editing.py --desk

Without a folder, 300 reviews of some 370 words are made up, the same each time. Both are timed in
CPU seconds, in turn; the best of five rounds counts, after one to warm up. Editing is everything
from the file's text on: front matter, places, safety, notes, typographic care. Python-Markdown has
all its extensions and all of ours but the two that only save it time.

With --desk, 2,000 of them are a project, and what is timed is all that the desk does: files read,
headers understood, texts edited, the anthology gathered, rights judged, and what was finished kept;
then the same after one word of one file was changed. The start of Python and its imports is not in
it, nor is composing.
"""

from __future__ import annotations

import gc
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from markdown import Markdown
from markdown.treeprocessors import InlineProcessor

from reelpress.desk import Folder, choose, clear, edit, gather, read
from reelpress.desk.images import Pictures
from reelpress.desk.text import edit_text
from reelpress.desk.text.converter import converter
from reelpress.header import decode, read_review, split_front_matter
from reelpress.why import Reasons
from reelpress.work import Store, Work

REVIEWS = 300
ROUNDS = 5
SPECIMEN = Path(__file__).parent.parent / "specimen"
HEADER = """\
---
title: The Night Train, Again
film: {title: "Film %d", year: %d, directors: [Ada Bell]}
reviewer: Ada Bell
rating: 4/5
tags: [trains, night]
---
"""
WORDS = """the train leaves at night and nobody on the platform looks up; a lamp swings, "wait",
somebody says, and the doors close on a sentence we don't hear again until the last reel, when it
comes back in another voice, slower, with the rain behind it and all that we know by then -- which
is less than we thought, and more than she can say... he isn't the man whom we took him for in the
first scene""".split()


def review(number: int) -> str:
    """A review: paragraphs with emphasis and links, a heading, a list, a quotation, notes."""
    at = number * 7

    def words(count: int) -> str:
        nonlocal at
        taken = [WORDS[(at + i) % len(WORDS)] for i in range(count)]
        at += count
        text = " ".join(taken)
        return f"{text[0].upper()}{text[1:]}"

    blocks = [
        f"{words(28)} *{words(3)}* {words(30)}.[^1]",
        f"{words(25)} [{words(3)}](https://example.org/{number}) {words(22)} **{words(2)}**.",
        f"## {words(4)}",
        f"{words(48)} _{words(2)}_ {words(22)}.",
        "\n".join(f"- {words(7)}" for _ in range(3)),
        f"> {words(22)}.",
        f"{words(30)}, [{words(2)}](review:film-{number}), {words(24)}.[^2]",
        f"{words(26)} ({words(4)}) {words(20)}.",
        f"[^1]: {words(12)}.",
        f"[^2]: {words(9)}, *{words(3)}*.",
    ]
    return HEADER % (number, 1930 + number % 90) + "\n\n".join(blocks) + "\n"


def files(folder: Path | None) -> list[str]:
    """The texts of all files."""
    if folder is None:
        return [review(number) for number in range(REVIEWS)]
    texts = (decode(path.read_bytes(), path.name)[0] for path in sorted(folder.rglob("*.md")))
    return [text for text in texts if text]


def alone() -> Markdown:
    """Python-Markdown by itself, with each extension that the desk gives it."""
    md = converter.__wrapped__().md
    md.treeprocessors.register(InlineProcessor(md), "inline", 20)
    md.parser.blockprocessors.deregister("prose")
    return md


def best(*works: Callable[[], object]) -> list[float]:
    """CPU seconds of the best of some rounds, for each."""
    seconds = [float("inf")] * len(works)
    for number in range(ROUNDS + 1):
        for index, work in enumerate(works):
            start = time.process_time()
            work()
            taken = time.process_time() - start
            if number:
                seconds[index] = min(seconds[index], taken)
    return seconds


ALL = 2000
TICKET = "title: All\neditors: [Ada Bell]\nissued: 2026-11-30\n"


def seconds(call: Callable[[], object]) -> float:
    """CPU seconds that something takes, once."""
    start = time.process_time()
    call()
    return time.process_time() - start


def at_the_desk() -> None:
    """Time the whole desk on a project, cold and after a changed word, and print it."""
    gc.set_threshold(20_000, 20, 20)  # as the command has it
    with TemporaryDirectory() as folder:
        root = Path(folder)
        home = root / "manuscripts"
        for below in ("reviews", "anthologies"):
            (home / below).mkdir(parents=True)
        for number in range(ALL):
            (home / f"reviews/film-{number}.md").write_text(review(number), "utf-8")
        (home / "anthologies/all.yaml").write_text(TICKET, "utf-8")

        def desk() -> None:
            work = Work(Store(root / ".reelpress"))
            pool = read(root, ["all"], work)
            ticket = pool.tickets["all"]
            assert ticket is not None
            choices, _ = choose(ticket, pool)
            edited = edit([choice.manuscript for choice in choices], pool)
            contributions = {path: made for path, (made, _) in edited.items()}
            anthology, _ = gather("all", ticket, choices, contributions, pool)
            clear(anthology, pool.imprint)
            pool.texts.tell(anthology, Reasons(work))

        md, bodies = alone(), [split_front_matter(review(n), "a.md")[1] for n in range(ALL)]
        (markdown,) = best(lambda: [md.reset().convert(body) for body in bodies])
        cold, changed = [float("inf")], [float("inf")]
        for number in range(ROUNDS):
            shutil.rmtree(root / ".reelpress", ignore_errors=True)
            cold.append(seconds(desk))
            path = home / f"reviews/film-{number}.md"
            path.write_text(f"{path.read_text('utf-8')}\nOne more.\n", "utf-8")
            changed.append(seconds(desk))
    print(f"{ALL} files")
    print(f"Python-Markdown alone      {markdown:.3f} s")
    print(f"the desk, cold             {min(cold):.3f} s  {min(cold) / markdown:.2f} times")
    print(f"the desk, one word changed {min(changed):.3f} s  {min(changed) / markdown:.2f} times")


def main(folder: Path | None = None) -> None:
    """Time both, and print them."""
    texts = files(folder)
    pictures = Pictures(Folder.at(SPECIMEN))
    bodies = [split_front_matter(text, "a.md")[1] for text in texts]
    words = sum(len(body.split()) for body in bodies) / len(bodies)
    md = alone()

    def converting() -> None:
        for body in bodies:
            md.reset().convert(body)

    def editing() -> None:
        for text in texts:
            yaml, body, line, _ = split_front_matter(text, "a.md")
            read_review(yaml, "a.md")
            edit_text(body, "a.md", line, "r-a", "en", pictures)

    markdown, whole = best(converting, editing)
    print(f"{len(texts)} reviews of {words:.0f} words")
    print(f"Python-Markdown alone  {markdown:.3f} s")
    print(f"editing                {whole:.3f} s  {whole / markdown:.2f} times")


if __name__ == "__main__" and sys.argv[1:] == ["--desk"]:
    at_the_desk()
elif __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
