"""Layout happens once: an anthology becomes a galley.

    Anthology ── compose, with a layout's templates and style sheets ──▶ Galley

The only door to Jinja2.
"""

from reelpress.layout.compose import compose
from reelpress.layout.layouts import Layout, Layouts

__all__ = ["Layout", "Layouts", "compose"]
