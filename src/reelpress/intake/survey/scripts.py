"""In which language a text is: by its script, and where many share that, by its small words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_SCRIPTS = {
    "he": "\u0590-\u05ff\ufb1d-\ufb4f",
    "ar": "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff",
    "ru": "\u0400-\u04ff",
    "el": "\u0370-\u03ff\u1f00-\u1fff",
    "hy": "\u0530-\u058f",
    "ka": "\u10a0-\u10ff",
    "hi": "\u0900-\u097f",
    "bn": "\u0980-\u09ff",
    "ta": "\u0b80-\u0bff",
    "te": "\u0c00-\u0c7f",
    "th": "\u0e00-\u0e7f",
    "ja": "\u3040-\u30ff",
    "ko": "\u1100-\u11ff\uac00-\ud7af",
    "zh": "\u3400-\u9fff\U00020000-\U0003ffff",
}
"""The language that is most written in a script -> the script (Unicode Standard, chapters 7 on)."""
_RUNS = {tag: re.compile(f"[{ranges}]+") for tag, ranges in _SCRIPTS.items()}
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]+")
_OWN = (
    ("ar", "fa", re.compile("[پچژگ]")),
    ("ar", "ur", re.compile("[ٹڈڑے]")),
    ("ru", "uk", re.compile("[їєі]")),
)
"""Letters that only another language of the same script has."""
_TRADITIONAL = re.compile("[這們國來說為個時對會學過還後電點裡樣與發]")
_SIMPLIFIED = re.compile("[这们国来说为个时对会学过还后电点里样与发]")
_SMALL = {
    "en": "the and of to is that it was with for",
    "de": "der die und das ist nicht ein mit den sich",
    "fr": "le les des et est une dans qui pas du",
    "es": "el los las y una que del por con es",
    "it": "il che di è un una per gli della non",
    "pt": "os uma não que do da em com para mas",
    "nl": "de het een van en is dat niet op zijn",
    "sv": "och att det som är en på inte av för",
    "da": "og at det er en på ikke af til den",
    "nb": "og det er en på ikke av til som jeg",
    "pl": "nie się na jest do to że jak przez film",
    "cs": "se na je že to jako není ale pro jeho",
    "tr": "bir ve bu da için çok ile gibi ama film",
    "fi": "ja on ei se että oli hän kun mutta myös",
}
"""Ten words each that hardly a page is without."""
_WORDS: dict[str, tuple[str, ...]] = {}
for _tag, _words in _SMALL.items():
    for _word in _words.split():
        _WORDS[_word] = (*_WORDS.get(_word, ()), _tag)
_LOOKED_AT = 1500
"""Characters: enough to know a language by."""
_MARKUP = re.compile(r"<[^>]{0,300}>|\]\([^)\s]{0,300}\)|https?://\S{1,300}")
_ENOUGH = 12
"""Letters below which nothing is said."""


def language_of(text: str) -> str:
    """A BCP 47 tag of the language that most of `text` is in; empty where it can't be told."""
    text = _MARKUP.sub(" ", text[: 4 * _LOOKED_AT])[:_LOOKED_AT]
    latin = sum(map(len, _LATIN.findall(text)))
    if text.isascii():
        return _by_words(text) if latin >= _ENOUGH else ""
    letters = {tag: sum(map(len, run.findall(text))) for tag, run in _RUNS.items()}
    # A kana among Han says Japanese; a Han character says as much as three letters.
    if letters["ja"] * 10 > letters["zh"]:
        letters["ja"], letters["zh"] = letters["ja"] + letters["zh"], 0
    tag, most = max(letters.items(), key=lambda item: item[1])
    weight = 3 if tag in ("zh", "ja", "ko") else 1
    if most < _ENOUGH or most * weight < latin:
        return _by_words(text) if latin >= _ENOUGH else ""
    if tag == "zh":
        old, new = len(_TRADITIONAL.findall(text)), len(_SIMPLIFIED.findall(text))
        return "zh-Hant" if old > new else "zh-Hans" if new else "zh"
    for script, other, own in _OWN:
        if tag == script and len(own.findall(text)) * 50 > most:
            return other
    return tag


def _by_words(text: str) -> str:
    found: Counter[str] = Counter()
    for word in _LATIN.findall(text.lower()):
        for tag in _WORDS.get(word, ()):
            found[tag] += 1
    ranked = found.most_common(2)
    if not ranked or ranked[0][1] < 4:
        return ""
    clear = len(ranked) == 1 or ranked[0][1] > ranked[1][1]
    return ranked[0][0] if clear else ""


def most_common(tags: Iterable[str]) -> dict[str, int]:
    """How often each language is there, the most frequent first; what says nothing is passed."""
    counted = Counter(tag for tag in tags if tag)
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))
