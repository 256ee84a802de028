"""reelpress: a press for anthologies of reviews.

Reviews come in as manuscripts, are edited into contributions, gathered into
an anthology, composed into a galley, proofed, and bound: as EPUBs, as PDFs.

    from reelpress import press
    run = press("my-book")
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"
__all__ = ["__version__", "press"]

if TYPE_CHECKING:
    from reelpress.press import press
