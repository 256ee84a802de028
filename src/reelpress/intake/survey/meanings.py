"""Which key of a stranger's headers means which of our fields: by its name, then by its values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from reelpress.header.dialects import key_of
from reelpress.header.formats import Film, Review
from reelpress.header.synonyms import FILM, REVIEW
from reelpress.intake.survey.keys import DATE, Key


@dataclass(frozen=True, slots=True)
class Meaning:
    """A key that means one of our fields."""

    key: str
    field: str
    """As fields: in imprint.yaml calls it: film.title"""
    why: str
    """own (it is our name), synonym (reelpress knows it), name, values"""


_NAMES = {
    "film.title": "film filmtitle movie movietitle movie_name filmname title_of_film work "
    "reviewed itemreviewed filme pelicula película titre_film filmtitel 电影 映画 סרט",
    "film.original_title": "originaltitle original_name titreoriginal originaltitel "
    "titulooriginal títulooriginal titolooriginale aka",
    "film.year": "year filmyear movieyear releaseyear yearreleased released jahr année annee año "
    "ano anno jaar år 年 שנה",
    "film.directors": "director directors directedby directorname regie regisseur regisseurs "
    "réalisateur realisateur réalisateurs réalisation direction dirección direccion diretor "
    "regista regia kuvaaja ohjaaja reżyser 导演 監督 במאי",
    "film.writers": "writer writers screenplay screenwriter screenwriters written_by drehbuch "
    "scénario scenario scénariste guion guionista roteiro sceneggiatura 编剧 脚本",
    "film.cast": "cast actors starring stars_of performers darsteller besetzung acteurs "
    "distribution reparto elenco interpreti actores 主演 キャスト",
    "film.country": "country countries land länder pays país pais paese productioncountry 国家",
    "film.runtime": "runtime duration runningtime length_min minutes runtimeminutes laufzeit durée "
    "duree duración duracion durata duração 片长",
    "film.ids.imdb": "imdb imdbid imdb_id imdburl imdblink imdb_tt",
    "film.ids.tmdb": "tmdb tmdbid tmdb_id tmdburl themoviedb moviedb",
    "film.ids.letterboxd": "letterboxd letterboxdurl letterboxdslug lbxd",
    "film.ids.wikidata": "wikidata wikidataid qid",
    "reviewer": "author authors reviewer reviewers critic critics writtenby by byline creator "
    "postauthor autor autore autores autorin auteur auteurs verfasser kritiker kritik_von "
    "schrijver författare forfatter 作者 著者 筆者 מאת מחבר",
    "rating": "rating ratings stars score grade note_sur verdict myrating myscore userrating "
    "reviewrating ratingvalue bewertung wertung punkte sterne valoración valoracion puntuación "
    "puntuacion nota voto avaliação cijfer beoordeling ocena betyg 评分 評価 ציון",
    "date": "date published pubdate publishdate publisheddate publishedat datepublished "
    "publishedon publicationdate postdate created createdat datecreated datum fecha data_pubbl "
    "reviewdate dateofreview written watched datewatched start 日期 日付 תאריך",
    "title": "title headline name reviewtitle posttitle titel titre título titulo titolo 标题 "
    "タイトル כותרת",
    "language": "language lang locale langue sprache idioma lingua taal",
    "tags": "tags keywords categories category tag genre genres topics",
    "slug": "slug permalink_slug",
    "first_published.url": "originalurl canonical canonicalurl sourceurl externalurl",
    "first_published.outlet": "outlet publication publishedin source_name magazine journal",
    "spoilers": "spoiler spoilers hasspoilers containsspoilers",
}
"""Our field -> what people call it, in many languages; separators and case don't count."""

_APART = re.compile(r"[\s_.\-]+")
_CALLED = {
    _APART.sub("", word.lower()): field for field, words in _NAMES.items() for word in words.split()
}
_BUILT_IN = {"Review": Review.model_fields, "Film": Film.model_fields}


def by_name(name: str) -> Meaning | None:
    """What a key means by its name alone; None where its name says nothing."""
    above, _, last = name.rpartition(".")
    # What stands in tables of other generators is read as if it stood on top; case is no matter.
    plain = key_of((last if above in _WITHIN else name).removeprefix(":"))
    if plain in Review.model_fields:
        return Meaning(name, "film.title" if plain == "film" else plain, "own")
    if plain in REVIEW:
        field = REVIEW[plain]
        return Meaning(name, "film.title" if field == "film" else field, "synonym")
    if above in ("film", "movie") and (last in Film.model_fields or last in FILM):
        return Meaning(name, f"film.{FILM.get(last, last)}", "own")
    called = _APART.sub("", name.lower())
    field = _CALLED.get(called) or _inside(above, last)
    return Meaning(name, field, "name") if field else None


_WITHIN = ("extra", "params", "taxonomies")
"""Hugo's and Zola's, as header.customs has them."""
_FILMS = {"film", "movie", "work", "item", "itemreviewed", "meta", "params", "extra", "review",
          "taxonomies", "frontmatter", "info", "data"}  # fmt: skip
_OF_FILMS = {"title": "film.title", "name": "film.title"}


def _inside(above: str, last: str) -> str:
    """What a key in a mapping means: movie.name, params.author, taxonomies.tags."""
    outer = _APART.sub("", above.rpartition(".")[2].lower().removesuffix("[]"))
    called = _APART.sub("", last.lower())
    if outer in ("author", "authors", "reviewer") and called in ("name", "title"):
        return "reviewer"
    if outer in ("rating", "review", "reviewrating") and called in ("value", "score", "stars"):
        return "rating"
    if outer not in _FILMS:
        return ""
    if outer in ("film", "movie", "work", "item", "itemreviewed") and called in _OF_FILMS:
        return _OF_FILMS[called]
    return _CALLED.get(called, "")


# -- by values

_GRADE = re.compile(r"[A-DF][+\-−–]?")
_STARS = re.compile(r"[★☆✭⭐✩½\ufe0f* ]{1,12}")
_OUT_OF = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?\s*(?:/|out of|von|sur)\s*\d{1,3}\b.{0,60}")
_IMDB = re.compile(r"(?:https?://(?:www\.)?imdb\.com/title/)?tt\d{7,9}/?")
_YEAR = re.compile(r"(?:18[89]|19\d|20[0-4])\d")
_NAME = re.compile(r"[^\W\d_][\w.'’\-]*(?: (?:[^\W\d_][\w.'’\-]*)){1,3}")


def _most(values: list[str], pattern: re.Pattern[str]) -> bool:
    """Whether nine in ten of at least three values are so."""
    return len(values) > 2 and sum(map(bool, map(pattern.fullmatch, values))) * 10 >= 9 * len(
        values
    )


def _is_rating(key: Key) -> bool:
    grades = _most(key.values, _GRADE) and key.distinct > 1
    stars = _most(key.values, _STARS) and any("★" in v or "⭐" in v or "*" in v for v in key.values)
    return grades or stars or _most(key.values, _OUT_OF)


def _is_reviewer(key: Key) -> bool:
    """Names of few people, most of them more than once."""
    often = sum(1 for n in Counter(key.values).values() if n > 1)
    few = key.distinct * 3 <= len(key.values) and often * 2 >= key.distinct
    capital = all(word[:1].isupper() for v in set(key.values) for word in v.split()[:1])
    return few and capital and "[]" not in key.name and _most(key.values, _NAME)


_BY_VALUES: tuple[tuple[str, Callable[[Key], bool]], ...] = (
    ("film.ids.imdb", lambda key: _most(key.values, _IMDB)),
    ("rating", _is_rating),
    ("film.year", lambda key: _most(key.values, _YEAR)),
    ("date", lambda key: _most(key.values, DATE)),
    ("reviewer", _is_reviewer),
)
_NOT_THIS = re.compile(
    r"modif|updat|lastmod|revis|birth|due|expir|death|aliases|layout|template|type|css|class|"
    r"image|img|cover|poster|toc|menu|weight|series|permalink|url$|guid|^id$",
    re.I,
)
"""Names that say that their values mean something else."""


def by_values(key: Key) -> Meaning | None:
    """What a key means by its values; None where they say nothing sure."""
    if _NOT_THIS.search(key.name):
        return None
    for field, test in _BY_VALUES:
        if test(key):
            return Meaning(key.name, field, "values")
    return None


_RANK = {"own": 0, "synonym": 1, "name": 2, "values": 3}


def meanings(keys: Mapping[str, Key], files: int) -> tuple[Meaning, ...]:
    """What the keys mean: of each field the best first, and those that serve where it is silent.

    A key that hardly a file has (one in fifty, and no five) means nothing unless reelpress reads it
    by itself.
    """
    found: dict[str, list[tuple[int, int, Meaning]]] = {}
    for key in keys.values():
        meaning = by_name(key.name) or by_values(key)
        if meaning is None or (meaning.why in ("name", "values") and _is_rare(key, files)):
            continue
        if meaning.field == "film.year" and _is_of_date(key, keys):
            meaning = Meaning(key.name, "extra.post_year", "values")
            found.setdefault(meaning.field, [(0, 0, meaning)])
            continue
        if _fits(meaning, key):
            rank = _RANK[meaning.why]
            found.setdefault(meaning.field, []).append((rank, -key.files, meaning))
    return tuple(_served(found, keys))


def _is_rare(key: Key, files: int) -> bool:
    return key.files * 50 < files and key.files < 5


def _is_of_date(year: Key, keys: Mapping[str, Key]) -> bool:
    """Whether a year only repeats that of the review's date."""
    for key in keys.values():
        if key.kinds["date"] * 2 > key.files > 0:
            days = dict(zip(key.paths, key.values, strict=True))
            both = [(y, days[p]) for y, p in zip(year.values, year.paths, strict=True) if p in days]
            if len(both) > 4 and sum(y in day for y, day in both) * 10 >= 9 * len(both):
                return True
    return False


_MANY = ("reviewer", "tags", "film.directors", "film.writers", "film.cast", "film.country")
"""Fields that take a list, be it one of mappings with names."""


def _fits(meaning: Meaning, key: Key) -> bool:
    """Whether a key's values can be what its name says."""
    kinds, values = key.kinds, key.values
    own = meaning.why in ("own", "synonym")
    scalars = kinds["text"] + kinds["number"] + kinds["date"]
    single = meaning.field == "film.title" or (not own and meaning.field not in _MANY)
    if single and (scalars <= kinds["map"] + kinds["list"] or "[]" in key.name):
        return False
    if meaning.field == "date":
        return kinds["date"] * 2 > key.files or (own and kinds["yes/no"] == 0)
    if own:
        return True
    if meaning.field == "film.year":
        return _most(values, _YEAR) or (bool(values) and all(map(_YEAR.fullmatch, values)))
    if meaning.field == "film.runtime":
        return kinds["number"] * 2 > key.files
    return kinds["map"] == 0


def _served(
    found: Mapping[str, list[tuple[int, int, Meaning]]], keys: Mapping[str, Key]
) -> Iterator[Meaning]:
    for ranked in found.values():
        have: set[str] = set()
        for _, _, meaning in sorted(ranked, key=lambda each: each[:2]):
            where = keys[meaning.key].where
            if not have or len(where - have) * 20 > len(where):
                yield meaning
            have |= where
