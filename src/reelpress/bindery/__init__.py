"""Binders: a galley becomes volumes.

    Galley ──▶ epub: a file for each section, navigation, metadata  (ebooklib: `container`)
           ──▶ pdf:  pages with heads, folios, notes at their foot   (weasyprint: `setter`)

Each binder resolves what the galley leaves open (notes, page slots) by its own
short list of steps.
"""

from reelpress.bindery.bind import bind

__all__ = ["bind"]
