"""A document set by WeasyPrint as it comes, but for three mends, in a process of its own.

    python tests/plain.py FOLDER

reads book.html, style.css and what they ask for from the folder, and writes plain.pdf there.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path


def plain(folder: Path) -> None:
    """Set what is in the folder."""
    from weasyprint import CSS, HTML
    from weasyprint.layout import block, inline
    from weasyprint.pdf.stream import Stream
    from weasyprint.text.fonts import FontConfiguration

    # Loaded by itself: with the package come all the other ways in which things are done.
    source = Path(__file__).parent.parent / "src/reelpress/bindery/otherwise.py"
    spec = importlib.util.spec_from_file_location("otherwise", source)
    assert spec is not None
    assert spec.loader is not None
    otherwise = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(otherwise)
    otherwise.keep_notes_with_their_calls(block)
    otherwise.indent_from_the_right(inline)
    otherwise.write_no_empty_strings(Stream)
    assert "reelpress" not in sys.modules
    fonts = FontConfiguration()
    sheet = CSS(folder / "style.css", font_config=fonts)
    HTML(folder / "book.html").write_pdf(
        folder / "plain.pdf", stylesheets=[sheet], font_config=fonts
    )


if __name__ == "__main__":
    plain(Path(sys.argv[1]))
