"""Receiving: what a source delivers becomes files of the project, and nothing is lost on the way.

    Delivery ── who is known ── where each goes ── what is there already ── count ──▶ Receipt

Nothing is written here: the receipt holds what is to be, and what is to be said.
"""

from reelpress.receiving.receive import Receipt, Received, Status, receive

__all__ = ["Receipt", "Received", "Status", "receive"]
