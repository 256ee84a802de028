"""The editorial desk: a folder becomes an anthology.

    folder ── read ──▶ Pool ── edit each review ──▶ Contributions ── gather ──▶ Anthology

Markdown, typography, ratings, people and selection are settled here. The only
door to Python-Markdown and nh3.
"""

from reelpress.desk.folder import Folder
from reelpress.desk.gather import choose, gather
from reelpress.desk.pool import Pool, read, ticket_names, unknown_keys
from reelpress.desk.review import edit

__all__ = ["Folder", "Pool", "choose", "edit", "gather", "read", "ticket_names", "unknown_keys"]
