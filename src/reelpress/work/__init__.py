"""Where work is done and kept. Knows names and bytes only."""

from reelpress.work.deliver import deliver

__all__ = ["deliver"]
