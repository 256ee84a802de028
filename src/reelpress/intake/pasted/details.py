"""The block of details: `Release Year: 1949`, line by line, and which field each line fills."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from reelpress.header.formats import Review
from reelpress.intake.pasted.blocks import Block
from reelpress.intake.pasted.names import is_name, listed, names_in, players

_HEAD = re.compile(
    r"(?:(?:movie|film|review|production|key|quick|the)\s+)?(?:details|info(?:rmation)?|facts|credits"
    r"|data|stats|fact ?sheet)|about the (?:movie|film)|cast (?:and|&) crew"
    r"|film-?(?:daten|infos?|angaben)|fiche technique|ficha t[ée]cnica|scheda(?: (?:del )?film)?"
    r"|פרטי הסרט|פרטים",
    re.I,
)
_LINE = re.compile(r"(?P<key>[^\W\d_][\w()/'’ .&-]{0,32}?)\s*(?:[:：]\s*|\t\s*)(?P<value>.*)")
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d|21\d\d)\b")
_HOURS = re.compile(
    r"(\d{1,2})\s*(?:hours?|heures?|horas?|hrs?|stunden?|std|ore|h)(?![^\W\d_])\.?", re.I
)
_MINUTES = re.compile(r"(\d{1,3})\s*(?:m|mins?|minutes?|minuten|minutos?|minuti|דקות|['′])", re.I)
_DATED = re.compile(r"(.+?)\s*\((1[89]\d\d|2[01]\d\d)\)")
_IMDB = re.compile(r"\btt\d{7,9}\b")
_OF = re.compile(
    r"(\d{1,3}(?:[.,]\d+)?)\s*(?:/|out of|von|sur|de|su)\s*(\d{1,3})(?:\s+stars?)?", re.I
)
_RATING = re.compile(r"[★☆⭐½✮✩\s]+|\d|[A-F][+-]?$")

_KEYS = {
    "title": "title, film, movie, movie title, film title, name, filmtitel, titel, titre, título, "
    "titolo, שם הסרט",
    "original_title": "original title, originaltitel, titre original, título original, "
    "titolo originale, שם מקורי",
    "year": "release year, year, released, year of release, release date, release, jahr, "
    "erscheinungsjahr, kinostart, année, année de sortie, sortie, date de sortie, año, estreno, "
    "anno, uscita, שנה, שנת יציאה",
    "directors": "director, directors, directed by, direction, regie, réalisation, réalisateur, "
    "réalisatrice, dirección, director/a, directora, regia, regista, regi, במאי, במאית, בימוי",
    "writers": "writer, writers, written by, screenplay, screenplay by, screenwriter, "
    "screenwriters, script, drehbuch, scénario, scénariste, guion, guión, sceneggiatura, תסריט",
    "cast": "actors, actor, cast, starring, main cast, with, darsteller, besetzung, mit, avec, "
    "acteurs, distribution, reparto, interpreti, cast principale, actores, שחקנים",
    "tags": "genre, genres, género, genere, ז'אנר, tags, keywords, schlagwörter",
    "runtime": "runtime, running time, run time, length, duration, laufzeit, länge, spieldauer, "
    "durée, duración, durata, אורך",
    "country": "country, countries, country of origin, land, länder, produktionsland, pays, país, "
    "paese, nazione, ארץ, מדינה",
    "languages": "language, languages, sprache, sprachen, langue, langues, idioma, lingua, שפה",
    "rating": "rating, my rating, our rating, final rating, score, my score, final score, verdict, "
    "grade, bewertung, wertung, note, ma note, puntuación, nota, voto, valutazione, ציון",
    "stars": "stars",
    "imdb": "imdb, imdb id, imdb link",
}
"""What a field is called."""
FIELDS = {name: key for key, names in _KEYS.items() for name in names.split(", ")}
_ALONE = frozenset("directors writers cast runtime rating stars tags year imdb".split())
"""Fields of which a line by itself is taken."""
_MOST = 200
_ENOUGH = 3
"""Lines of known fields that make a block without a head."""


@dataclass(slots=True)
class Details:
    """What the lines of such a block say."""

    film: dict[str, object] = field(default_factory=dict)
    """Fields of a film, as front matter has them."""
    rating: str = ""
    tags: list[str] = field(default_factory=list)
    unknown: list[tuple[str, str, str, int]] = field(default_factory=list)
    """Key as it would be kept, key as it stands, value, line."""
    filled: dict[int, str] = field(default_factory=dict)
    """Block -> which field it went to."""


def details_of(blocks: Sequence[Block], passed: Sequence[bool]) -> Details:
    """What the block of details says, wherever in the text it stands; `passed` blocks are not
    looked at."""
    found = Details()
    at = 0
    while at < len(blocks):
        end = _end(blocks, at + 1, passed) if _is_head(blocks[at]) and not passed[at] else at
        if end > at + 1:
            found.filled[at] = "the head of the details"
            _take(blocks, at + 1, end, found)
            at = end
            continue
        end = _end(blocks, at, passed)
        if end > at and _known(blocks[at:end]) >= _ENOUGH:
            _take(blocks, at, end, found)
        elif not passed[at] and end == at + 1:
            _single(blocks[at], at, found)
        at = max(end, at + 1)
    return found


def _single(block: Block, at: int, found: Details) -> None:
    """A line of a known field that stands alone, where its value can be nothing else."""
    match = _LINE.fullmatch(block.text)
    name = _field(match["key"]) if match else ""
    if not match or name not in _ALONE or len(block.text) > _MOST:
        return
    if name in ("directors", "writers", "cast") and not names_in(
        ", ".join(players(match["value"])), least=2
    ):
        return
    if where := _fill(name, match["value"].strip(), found):
        found.filled[at] = where


def is_detail(line: str) -> bool:
    """Whether a line is one of such a block: a known field, or its head."""
    match = _LINE.fullmatch(line)
    known = match is not None and _field(match["key"]) != ""
    return known or _HEAD.fullmatch(line.strip(" :#*")) is not None


def _is_head(block: Block) -> bool:
    return _HEAD.fullmatch(block.text.strip(" :#*")) is not None


def _field(key: str) -> str:
    plain = " ".join(key.strip(" *").lower().split())
    for form in (plain, plain.replace("(s)", ""), re.sub(r"[(/].*$", "", plain).strip()):
        if form in FIELDS:
            return FIELDS[form]
    return ""


def _known(blocks: Sequence[Block]) -> int:
    lines = (_LINE.fullmatch(block.text) for block in blocks)
    return len({_field(match["key"]) for match in lines if match} - {""})


def _end(blocks: Sequence[Block], at: int, passed: Sequence[bool]) -> int:
    """Where the lines of details that begin at `at` end."""
    hanging = False
    while at < len(blocks) and not passed[at]:
        match = _LINE.fullmatch(blocks[at].text)
        if match and (_field(match["key"]) or not blocks[at].apart) and len(match["value"]) < 200:
            hanging = not match["value"] or match["value"].endswith(",")
        elif hanging and len(blocks[at].text) < 120:
            hanging = blocks[at].text.endswith(",")
        else:
            break
        at += 1
    return at


def _take(blocks: Sequence[Block], at: int, end: int, found: Details) -> None:
    """The lines from `at` to `end`, each with those that belong to it."""
    lines: list[tuple[str, list[str], list[int]]] = []
    for number in range(at, end):
        match = _LINE.fullmatch(blocks[number].text)
        open_ = lines and (not lines[-1][1][-1] or lines[-1][1][-1].endswith(","))
        if match and not (open_ and not _field(match["key"])):
            lines.append((match["key"].strip(" *"), [match["value"].strip(" *")], [number]))
        elif lines:
            lines[-1][1].append(blocks[number].text)
            lines[-1][2].append(number)
    for key, values, numbers in lines:
        value = " ".join(v for v in values if v)
        name = _fill(_field(key), value, found) if value else "nothing: it is empty"
        if not name:
            kept = "_".join(re.findall(r"\w+", key.lower()))
            # "Rights: with the studio" is not said of the review, whose field would have it
            kept = f"details_{kept}" if kept in Review.model_fields else kept
            found.unknown.append((kept, key, value, blocks[numbers[0]].line))
            name = kept
        found.filled |= dict.fromkeys(numbers, name)


def _fill(name: str, value: str, found: Details) -> str:
    """Which field a value went to; none where it does not fit."""
    if name == "stars":
        name = "rating" if _RATING.match(value) else "cast"
    if name == "tags":
        found.tags += listed(value.replace("/", ",").replace("|", ","))
        return "tags"
    if name == "rating":
        found.rating = rating_of(value)
        return "rating" if found.rating else ""
    if name == "imdb":
        match = _IMDB.search(value)
        if match:
            found.film["ids"] = {"imdb": match[0]}
        return "film.ids" if match else ""
    if name == "title" and (dated := _DATED.fullmatch(value)):
        value = dated[1]
        found.film.setdefault("year", int(dated[2]))
    read = _READ.get(name)
    made = read(value) if read else None
    if made is None:
        return ""
    found.film.setdefault(name, made)
    return f"film.{name}"


def rating_of(text: str) -> str:
    """A rating as it is written in front matter; empty where a text is more than one."""
    value = text.strip(" .*")
    if match := _OF.fullmatch(value):
        return f"{match[1].replace(',', '.')}/{match[2]}"
    if re.fullmatch(r"[★⭐☆½✮✩ ]{1,12}", value):
        return value.replace(" ", "").replace("⭐", "★")
    short = re.fullmatch(r"[A-F][+-]?|\d{1,3}(?:[.,]\d)?\s?%?|\d(?:[.,]\d)? stars?", value)
    return value if short else ""


def _year(text: str) -> int | None:
    match = _YEAR.search(text)
    return int(match[1]) if match else None


def _minutes(text: str) -> int | None:
    hours, minutes = _HOURS.search(text), _MINUTES.search(text)
    if hours:
        rest = re.match(r"\s*(\d{1,2})", text[hours.end() :])
        more = int(minutes[1]) if minutes else int(rest[1]) if rest else 0
        return int(hours[1]) * 60 + more
    if minutes:
        return int(minutes[1])
    return int(text) if text.strip().isdecimal() and len(text.strip()) < 4 else None


def _people(text: str) -> list[str] | None:
    names = players(text)
    return list(names) if names and all(is_name(n.replace(",", "")) for n in names) else None


def _cast(text: str) -> list[str] | None:
    return list(players(text)) or None


def _places(text: str) -> list[str] | None:
    return list(listed(text.replace("/", ",").replace("|", ","))) or None


def _title(text: str) -> str | None:
    return text.strip("\"'“”‘’„«» ") or None


_READ: dict[str, Callable[[str], object]] = {
    "title": _title,
    "original_title": _title,
    "year": _year,
    "directors": _people,
    "writers": _people,
    "cast": _cast,
    "runtime": _minutes,
    "country": _places,
    "languages": _places,
}
