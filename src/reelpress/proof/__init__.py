"""Proofing: checks on the galley, before any binder runs.

A check is a named function in a list; each takes the galley and gives findings
that point at the author's line.
"""

from reelpress.proof.galley import CHECKS, proof

__all__ = ["CHECKS", "proof"]
