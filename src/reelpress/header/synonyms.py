"""Other words for our fields, and the short forms people write."""

from __future__ import annotations

REVIEW = {
    "author": "reviewer",
    "authors": "reviewer",
    "reviewers": "reviewer",
    "byline": "reviewer",
    "critic": "reviewer",
    "stars": "rating",
    "score": "rating",
    "grade": "rating",
    "published": "date",
    "categories": "tags",
    "category": "tags",
    "keywords": "tags",
    "lang": "language",
    "license": "rights.licence",
    "licence": "rights.licence",
    "movie": "film",
    "headline": "title",
    "spoiler": "spoilers",
    # A film's facts beside the review's: the short form `year: 1995`.
    "year": "film.year",
    "director": "film.directors",
    "directors": "film.directors",
    "directed_by": "film.directors",
    "cast": "film.cast",
    "actors": "film.cast",
    "starring": "film.cast",
    "writer": "film.writers",
    "writers": "film.writers",
    "original_title": "film.original_title",
    "country": "film.country",
    "countries": "film.country",
    "runtime": "film.runtime",
    "imdb_id": "film.ids.imdb",
    "imdb": "film.ids.imdb",
}
"""Key of a review's header -> the field it means."""
TAGS = ("tags", "categories", "category", "keywords", "tag")
"""All of these are tags, and come together in one list."""

FILM = {
    "director": "directors",
    "directed_by": "directors",
    "writer": "writers",
    "actors": "cast",
    "starring": "cast",
    "countries": "country",
    "language": "languages",
    "original": "original_title",
    "imdb": "ids.imdb",
    "imdb_id": "ids.imdb",
}
"""Key of a film -> the field it means."""

RIGHTS = {
    "license": "licence",
    "holders": "holder",
    "copyright": "holder",
    "years": "year",
    "permission": "status",
    "expires": "until",
    "credit_line": "credit",
    "granted_by": "by",
    "territories": "territory",
}
TICKET = {"editor": "editors", "contributor": "contributors", "lang": "language"}
CONTRIBUTOR = {"key": "name", "person": "name", "website": "url"}
PERSON = {"variant": "variants", "pen_name": "pen_names", "biography": "bio", "photo": "portrait"}
ORIGINAL_TITLE = {"romanized": "romanised", "lang": "language", "title": "text"}

SHORT = {
    "film": "title",
    "original_title": "text",
    "rights": "licence",
    "first_published": "outlet",
    "parts": "by",
}
"""A field written as one word -> which field of the mapping that word is."""
