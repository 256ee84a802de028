"""Plain words as Markdown: what would be read as markup is escaped, and nothing else.

A backslash where Python-Markdown knows one, a reference (`&#58;`) where it does not. What is
typed every day (a single asterisk, a price, a bracketed remark, a snake_case word) stays as it is.
"""

from __future__ import annotations

import re

_SIGNS = (
    r"\\(?=[\\`*_{}\[\]()>#+.!|$~^-]|\s*$)"  # which would be taken for an escape
    r"|<(?=[a-zA-Z/!?]|[^<>]{0,200}@)|&(?=#?\w+;)|==(?==*[^\s=])"
    r"|`|\{+[%:]?|%(?=%)|(?<![^\W_])_|_(?![^\W_])|\*"
    r"|\[(?=\[|\^)|\](?=[(\[{:]|[ ]\[)"
    r"|\^(?=\[)|~(?=~)|(?<=~)~"
)
_MANY = 50
_INLINE = re.compile(_SIGNS)
_LINKED = re.compile(rf"{_SIGNS}|[\[\]]")
_REFERENCES = {
    "<": "&lt;",
    "&": "&amp;",
    "==": "&#61;=",
    "%": "&#37;",
}
_PAIRED = frozenset("*`^~$")
"""What means something only if it stands twice in a block."""
_SCRIPTS = re.compile(r"(?<!\\)[~^](?!\[)")
_PRICE = re.compile(r"\$(?!\d)|(?<=[^\s(—–/-])\$")
_DOLLAR = re.compile(r"(?<!\\)\$")
_START = re.compile(
    r"(?P<mark>[-+*](?=[ ]|$)|\*(?=\[)|\[(?=[^\[\]]*\]:)|(?=(?:-[ ]*){3,}$)-|-(?=[-:| ]*\|)|#|>|\|)"
    r"|(?P<number>\d{1,9})(?=[.)](?:[ ]|$))"
    r"|(?P<sign>:(?=::|[ ]{1,3}\S)|=(?==*\s*$)|~(?=~~))"
    r"|(?P<caption>Table)(?=:)"
)
"""What a line of prose must not begin with."""


def escaped(text: str, *, marked: bool = False, linked: bool = False) -> str:
    """Words within a block as Markdown that is read as these words.

    `marked` says that the block has markup of its own beside them, to which a single sign of a
    pair would add itself; without it a sign that stands alone is left. `linked` says that they are
    the words of a link, where a bracket is never prose.
    """
    alone = {sign for sign in _PAIRED if not marked and text.count(sign) == 1}

    def one(match: re.Match[str]) -> str:
        sign = match[0]
        if sign in alone or (sign == "*" and _spaced(text, match.start())):
            return sign
        if sign[0] == "{" and len(sign) > 1:  # template code: looked for before any backslash is
            return sign.replace("{", "&#123;")
        return _REFERENCES.get(sign) or f"\\{sign}"

    # So many would be looked at as links, one within the other.
    linked = linked or text.count("[") > _MANY
    made = (_LINKED if linked else _INLINE).sub(one, text)
    if (marked or text.count("~") + text.count("^") > 1) and ("~" in text or "^" in text):
        made = _SCRIPTS.sub(lambda match: f"\\{match[0]}", made)
    if "$" not in alone and _PRICE.search(text):
        made = _DOLLAR.sub(r"\\$", made)
    return made


def _spaced(text: str, at: int) -> bool:
    """Whether a sign stands by itself among words: no Markdown takes it for emphasis."""
    around = text[at - 1 : at] == " " and text[at + 1 : at + 2] == " "
    return around and bool(text[:at].strip()) and bool(text[at + 1 :].strip())


def begun(line: str) -> str:
    """A line whose beginning is read as prose, whatever it looks like; `line` is escaped within."""
    match = _START.match(line)
    if match is None:
        return line
    if match["mark"]:
        return f"\\{line}"
    if match["number"]:
        return f"{match[0]}\\{line[match.end() :]}"
    if match["caption"]:
        return line.replace(":", "&#58;", 1)
    return f"&#{ord(line[0])};{line[1:]}"
