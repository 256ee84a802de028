"""Where work is done and kept. Knows names, keys and bytes only.

Task ──▶ Work.do ──▶ kept already (`Store`), or done in an executor and kept
"""

from reelpress.work.deliver import deliver
from reelpress.work.store import Store
from reelpress.work.tasks import InProcess, Shared, Task, Work, digest

__all__ = ["InProcess", "Shared", "Store", "Task", "Work", "deliver", "digest"]
