"""The editorial desk: a folder becomes an anthology.

    folder ── read ──▶ Pool ── edit each review ──▶ Contributions ── gather ──▶ Anthology

Markdown, typography, ratings, people, selection and rights are settled here. The only
door to Python-Markdown and nh3.
"""

from reelpress.desk.balance import limits, stats
from reelpress.desk.changes import changes, reordered
from reelpress.desk.choice import Choice, left_out
from reelpress.desk.exemptions import concerning, excuse
from reelpress.desk.folder import Folder
from reelpress.desk.frozen import changed, choose, recounted
from reelpress.desk.gate import clear
from reelpress.desk.gather import gather
from reelpress.desk.ledger import ledger, private
from reelpress.desk.lock import lock_of, read_locked
from reelpress.desk.manuscripts import decoded, unknown_keys
from reelpress.desk.pool import Pool, lock_path, project_folder, read, ticket_names, ticket_path
from reelpress.desk.review import edit
from reelpress.desk.shares import shares
from reelpress.desk.volumes import paged

__all__ = [
    "Choice",
    "Folder",
    "Pool",
    "changed",
    "changes",
    "choose",
    "clear",
    "concerning",
    "decoded",
    "edit",
    "excuse",
    "gather",
    "ledger",
    "left_out",
    "limits",
    "lock_of",
    "lock_path",
    "paged",
    "private",
    "project_folder",
    "read",
    "read_locked",
    "recounted",
    "reordered",
    "shares",
    "stats",
    "ticket_names",
    "ticket_path",
    "unknown_keys",
]
