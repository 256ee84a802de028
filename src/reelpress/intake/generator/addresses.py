"""Pictures in somebody's Markdown: their addresses, changed where they are, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable

_PICTURES = re.compile(
    r"^ {0,3}(?P<fence>`{3,}|~{3,}).*?(?:^ {0,3}(?P=fence)|\Z)"  # what only shows Markdown
    r"|(?P<code>(?<!`)(`+)(?!`)(?:[^\n]|\n(?!\s*\n)){1,2000}?(?<!`)\3(?!`))"
    r"|!\[(?:[^\[\]\n]|\[[^\[\]\n]{0,99}\]){0,300}\]\([ \t]{0,9}"  # ![…](…)
    r"(?:<(?P<angled>[^<>\n]{1,2000})>|(?P<plain>(?:\{\{[^{}\n]{1,200}\}\})?"
    r"(?:[^\s()<>]|\([^\s()]{0,200}\)){0,2000}))"
    r"|!\[\[(?P<embed>[^\]\n|#]{1,300})"  # ![[…]]
    r"|<img\b[^<>]{0,2000}?\bsrc[ \t]*=[ \t]*"
    r"(?:\"(?P<double>[^\"\n<>]{1,2000})|'(?P<single>[^'\n<>]{1,2000})|(?P<bare>[^\"'\s<>]{1,2000}))"
    r"|\{\{[<%][^{}\n]{0,300}?\bsrc=[\"']?(?P<tag>[^\"'\s{}<>]{1,2000})"  # {{< figure src="…" >}}
    r"|^ {0,3}\[[^\]\n]{1,300}\]:[ \t]*<?(?P<label>[^\s<>]{1,2000})",  # [label]: …
    re.I | re.M | re.S,
)
_FORMS = ("angled", "plain", "embed", "double", "single", "bare", "tag", "label")
_KNOWN = re.compile(r"\.(?:jpe?g|png|gif|webp|svg)(?:[?#].*)?", re.I)


def rewritten(markdown: str, place: Callable[[str], str]) -> str:
    """The text, with `place(address)` for each picture's address; where that is empty the address
    stays. Code stays as it is, and what a label leads to is a picture by its ending."""

    def one(match: re.Match[str]) -> str:
        form = next((form for form in _FORMS if match[form] is not None), "")
        if not form or (form == "label" and not _KNOWN.search(match[form])):
            return match[0]
        new = place(match[form].strip())
        start, end = match.start(form) - match.start(), match.end(form) - match.start()
        return match[0][:start] + new + match[0][end:] if new else match[0]

    signs = ("![", "<img", "<IMG", "src=", "]:")
    return _PICTURES.sub(one, markdown) if any(sign in markdown for sign in signs) else markdown
