"""What a PDF says of itself: the information dictionary, and the same as XMP.

PDF 32000-1, 14.3; XMP (ISO 16684-1); PDF/UA-1 (ISO 14289-1, 5).
"""

from __future__ import annotations

from xml.sax.saxutils import escape

from reelpress.bindery.bind import title
from reelpress.bindery.package import EPOCH
from reelpress.bindery.sewing import About
from reelpress.galley import Galley

PRODUCER = "reelpress, with WeasyPrint"
_HEAD = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
_SPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
}


def about(galley: Galley) -> About:
    """What the volume of a galley says of itself; it claims PDF/UA-1 where every glyph is there."""
    edition = galley.edition
    authors = tuple(dict.fromkeys(c.person.name for c in galley.contributors))
    created = edition.issued or EPOCH
    modified = edition.revised or edition.issued or EPOCH
    keywords = ", ".join(edition.subjects)
    said = {
        "Title": title(galley),
        "Author": ", ".join(authors),
        "Subject": edition.description,
        "Keywords": keywords,
        "Creator": "reelpress",
        "Producer": PRODUCER,
        "CreationDate": f"D:{created.replace('-', '')}",
        "ModDate": f"D:{modified.replace('-', '')}",
    }
    fields = [
        _alternatives("dc:title", title(galley)),
        _sequence("dc:creator", authors),
        _alternatives("dc:description", edition.description),
        _plain("pdf:Keywords", keywords),
        _plain("pdf:Producer", PRODUCER),
        _plain("xmp:CreatorTool", "reelpress"),
        _plain("xmp:CreateDate", created),
        _plain("xmp:ModifyDate", modified),
        "<pdfuaid:part>1</pdfuaid:part>" if galley.glyphs_whole else "",
    ]
    spaces = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in _SPACES.items())
    body = "".join(fields)
    metadata = (
        f'{_HEAD}<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF{spaces}>'
        f'<rdf:Description rdf:about="">{body}</rdf:Description></rdf:RDF></x:xmpmeta>'
        '\n<?xpacket end="r"?>'
    )
    return About(
        {key: text for key, text in said.items() if text},
        metadata.encode(),
        edition.language,
        galley.direction,
    )


def _plain(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>" if text else ""


def _alternatives(name: str, text: str) -> str:
    inner = f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(text)}</rdf:li></rdf:Alt>'
    return f"<{name}>{inner}</{name}>" if text else ""


def _sequence(name: str, texts: tuple[str, ...]) -> str:
    inner = "".join(f"<rdf:li>{escape(text)}</rdf:li>" for text in texts)
    return f"<{name}><rdf:Seq>{inner}</rdf:Seq></{name}>" if texts else ""
