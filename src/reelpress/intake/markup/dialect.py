"""What each element of a regular tree becomes in our Markdown: one function for each, in a table.

Each takes the element (of Beautiful Soup) and the Markdown of what is in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import Any

from reelpress.intake.markup.escapes import begun, escaped

LINK = "\x02"
"""Before a link, until all is joined: an exclamation mark before it would make it a picture."""

_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_HARD = "  \n"
_BACKTICKS = re.compile(r"`+")
_SIMPLE = re.compile(r"[^\W_]{1,12}")
_BREAKS = re.compile(r"\s*\n\s*")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_NO_FIGURE = ["li", "dd", "note"]
"""In these a picture is one in a line, which has no caption."""


def words(text: str, inside: Collection[str]) -> str:
    """Words within a line; `inside` names the elements that they stand in."""
    made = escaped(text, marked=True, linked="a" in inside)
    return made.replace("|", "\\|") if "td" in inside or "th" in inside else made


def _one_line(text: str) -> str:
    return _BREAKS.sub(" ", text).strip()


def _apart(text: str, before: str, after: str) -> str:
    """Marks around words; the white space around them stays outside."""
    bare = text.strip()
    if not bare:
        return text
    head, _, tail = text.partition(bare)
    return f"{head}{before}{bare}{after}{tail}"


# -- lines


def _paragraph(el: Any, text: str) -> str:
    lines = [line.strip(" ") for line in text.strip(" \n\t").split(_HARD)]
    made = _HARD.join(begun(_SPACE.sub(" ", line)) for line in lines if line)
    if not made:
        return ""
    if el.parent.name == "li" and _tight(el):
        return f"{made}\n"
    return f"\n\n{made}\n\n"


def _tight(paragraph: Any) -> bool:
    """Whether a paragraph is all that an item says, but for lists below it."""
    first = paragraph.find_previous_sibling() is None
    return first and all(e.name in ("ul", "ol") for e in paragraph.find_next_siblings())


def _heading(el: Any, text: str) -> str:
    said = _one_line(text)
    if said.endswith("#"):  # else it would be taken for the end of the line's own mark
        said = f"{said[:-1]}\\#"
    return f"\n\n{'#' * int(el.name[1])} {said}\n\n" if said else ""


def _break(el: Any, _text: str) -> str:
    return "<br>" if el.find_parent(["td", "th"]) else _HARD


def _emphasis(el: Any, text: str, mark: str) -> str:
    """Emphasis; as a tag where its mark would run together with another."""
    marked = ("em", "strong")
    beside = (el.previous_sibling, el.next_sibling)
    touches = any(getattr(other, "name", None) in marked for other in beside)
    bare = text.strip()
    edged = bare.startswith("*") or (bare.endswith("*") and not bare.endswith("\\*"))
    if touches or (edged and len(el.contents) > 1):
        return _apart(text, f"<{el.name}>", f"</{el.name}>")
    return _apart(text, mark, mark)


def _em(el: Any, text: str) -> str:
    language = el.get("lang") or ""
    if _TAG.fullmatch(language) and "[" not in text:
        return _apart(text, "[", f"]{{lang={language}}}")
    if el.get("cite") and _is_source(el, text):
        said = text.strip()
        return said if said.startswith(("—", "–", "-")) else f"— {said}"
    return _emphasis(el, text, "*")


def _is_source(el: Any, text: str) -> bool:
    """Whether a line at the end of a quotation says whose words it quotes."""
    line, quote = el.parent, el.parent.parent
    alone = line.name == "p" and line.get_text().strip() == el.get_text().strip()
    last = line.find_next_sibling() is None and line.find_previous_sibling() is not None
    return alone and last and quote.name == "blockquote" and "\n" not in text.strip()


def _raised(el: Any, text: str, mark: str) -> str:
    """A sub- or superscript; as a tag where its mark would not be one."""
    before, after = el.previous_sibling, el.next_sibling
    follows = isinstance(before, str) and before[-1:].strip() not in ("", "/", "(", "[", "^", "~")
    free = not isinstance(after, str) or after[:1] not in (mark, *"0123456789")
    if follows and free and _SIMPLE.fullmatch(text):
        return f"{mark}{text}{mark}"
    return _apart(text, f"<{el.name}>", f"</{el.name}>")


def _code(el: Any, text: str) -> str:
    said = _SPACE.sub(" ", text.replace(_HARD, " "))
    if getattr(el.previous_sibling, "name", None) == "code":  # their marks would run together
        return _apart(escaped(said, marked=True), "<code>", "</code>")
    mark = "`" * (1 + max((len(run) for run in _BACKTICKS.findall(said)), default=0))
    gap = " " if len(mark) > 1 else ""
    return _apart(said, f"{mark}{gap}", f"{gap}{mark}")


def _link(el: Any, text: str) -> str:
    return _apart(text, f"{LINK}[", f"]({_address(el.get('href') or '')})")


def _address(href: str) -> str:
    made = re.sub(r"\s+", "%20", href.strip())
    if re.search(r"[()\\<>]", made):
        made = f"<{made.replace('<', '%3C').replace('>', '%3E')}>"
    return made


# -- pictures


def _image(el: Any, _text: str) -> str:
    figure = el.find_parent("figure")
    if figure is not None and _captioned(figure) is el:
        return ""  # stands with its caption
    return _picture(el, "")


def _captioned(figure: Any) -> Any:
    """The picture of a figure to which its caption belongs."""
    images = figure.find_all("img")
    free = figure.find_parent(_NO_FIGURE) is None
    return images[-1] if images and free and figure.find("figcaption") else None


def _caption(el: Any, text: str) -> str:
    caption, image = _one_line(text), _captioned(el.find_parent("figure"))
    made = begun(caption) if image is None else _picture(image, caption)
    return f"\n\n{made}\n\n"


def _picture(el: Any, caption: str) -> str:
    alt = re.sub(r"([\[\]\\`$])", r"\\\1", _SPACE.sub(" ", el.get("alt") or "").strip())
    if el.find_parent(["td", "th"]):
        alt = alt.replace("|", "\\|")
    title = f' "{_quoted(caption)}"' if caption else ""
    return f"![{alt}]({_address(el.get('src') or '')}{title})"


_PARENTHESES = re.compile(r"(`+)[^`]+\1|\]\((?:<[^<>]*>|[^()<>]*)\)|[()]")


def _quoted(caption: str) -> str:
    """A caption as it may stand between quotation marks, in parentheses."""
    said = caption.replace('"', "&quot;")
    depth = [0]
    for sign in said:
        depth.append(depth[-1] + (sign == "(") - (sign == ")"))
    if depth[-1] or min(depth) < 0:
        said = _PARENTHESES.sub(lambda m: m[0] if m[0][0] in "]`" else f"\\{m[0]}", said)
    return said


# -- blocks


def _hung(text: str, mark: str, step: int) -> str:
    """Blocks below a mark: what follows the first line stands in."""
    first, *others = text.split("\n")
    return "\n".join([f"{mark}{first}", *(f"{' ' * step}{o}" if o.strip() else "" for o in others)])


def _note(el: Any, text: str) -> str:
    made = _hung(text.strip(), f"[^{el['label']}]: ", 4)
    return f"\n\n{made}\n\n"


def _details(_el: Any, text: str) -> str:
    return f"\n\n::: spoiler{text.rstrip()}\n:::\n\n" if text.strip() else ""


def _summary(_el: Any, text: str) -> str:
    label = _one_line(text).replace("\\{", "&#123;").replace(":::", "&#58;::")
    return f" {label}\n\n"


def _term(el: Any, text: str) -> str:
    after = el.find_next_sibling()
    near = after is not None and after.name in ("dd", "dt") and el.find_parent("li") is None
    return f"\n\n{begun(_one_line(text))}" + ("\n" if near else "\n\n")


def _definition(el: Any, text: str) -> str:
    if el.find_previous_sibling() is None or el.find_parent("li") is not None:
        return f"\n\n{text.strip()}\n\n"  # without a term, or where no list of terms can be
    return f"{_hung(text.strip(), ':   ', 4)}\n\n"


def _typed(el: Any, _text: str) -> str:
    code = str(el.get_text()).strip("\n").rstrip()
    mark = "`" * max(3, 1 + max(map(len, _BACKTICKS.findall(code)), default=0))
    return f"\n\n{mark}{el.get('language') or ''}\n{code}\n{mark}\n\n" if code else ""


def _quotation(_el: Any, text: str) -> str:
    lines = text.strip("\n").split("\n")
    made = "\n".join(f"> {line}" if line.strip() else ">" for line in lines)
    return f"\n\n{made}\n\n"


# -- tables


def _cell(_el: Any, text: str) -> str:
    return f" {_one_line(text)} |"


def _table(el: Any, text: str) -> str:
    lines = [line for line in text.split("\n") if line]
    rows = [line for line in lines if line.startswith("|")]
    caption = [line for line in lines if not line.startswith("|")]
    if not rows:
        return ""
    first = el.find("tr")
    width = len(first.find_all(["td", "th"]))
    if first.find("td"):
        rows.insert(0, "|" + "  |" * width)
    rows.insert(1, "|" + "---|" * width)
    return "\n\n" + "\n".join([*caption, *([""] if caption else []), *rows]) + "\n\n"


DIALECT: dict[str, Callable[[Any, str], str]] = {
    "p": _paragraph,
    **{f"h{n}": _heading for n in range(1, 7)},
    "br": _break,
    "hr": lambda _el, _text: "\n\n---\n\n",
    "em": _em,
    "strong": lambda el, text: _emphasis(el, text, "**"),
    "del": lambda _el, text: _apart(text, "<del>", "</del>"),
    "sub": lambda el, text: _raised(el, text, "~"),
    "sup": lambda el, text: _raised(el, text, "^"),
    "q": lambda _el, text: _apart(text, '"', '"'),
    "ruby": lambda _el, text: f"<ruby>{text}</ruby>",
    "rt": lambda _el, text: f"<rt>{text}</rt>",
    "rp": lambda _el, text: f"<rp>{text}</rp>",
    "code": _code,
    "a": _link,
    "img": _image,
    "notecall": lambda el, _text: f"[^{el['label']}]",
    "figcaption": _caption,
    "note": _note,
    "details": _details,
    "summary": _summary,
    "dt": _term,
    "dd": _definition,
    "pre": _typed,
    "blockquote": _quotation,
    "td": _cell,
    "th": _cell,
    "tr": lambda _el, text: f"|{text}\n",
    "caption": lambda _el, text: f"Table: {_one_line(text)}\n\n",
    "table": _table,
}
