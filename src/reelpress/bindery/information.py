"""What a PDF says of itself: the information dictionary, and the same as XMP.

PDF 32000-1, 14.3; XMP (ISO 16684-1: Dublin Core in 8.3, rights management in 8.5); PDF/UA-1
(ISO 14289-1, 5); a licence as Creative Commons has it in XMP (wiki.creativecommons.org/wiki/XMP).
"""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from reelpress.bindery.bind import title
from reelpress.bindery.package import EPOCH, identifier, terms
from reelpress.bindery.sewing import About
from reelpress.galley import Galley
from reelpress.model import VolumeSpec

PRODUCER = "reelpress, with WeasyPrint"
_HEAD = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
_SPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "cc": "http://creativecommons.org/ns#",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
}


def about(galley: Galley, spec: VolumeSpec) -> About:
    """What a volume of a galley says of itself; it claims PDF/UA-1 where every glyph is there.

    Editors and authors are its creators, all others contributors, under the names that are printed.
    """
    edition = galley.edition
    made = [c.name for c in galley.contributors if c in edition.editors or c.role == "aut"]
    authors = tuple(dict.fromkeys(made))
    others = tuple(dict.fromkeys(c.name for c in galley.contributors if c.name not in authors))
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
        _several("dc:creator", authors, "Seq"),
        _several("dc:contributor", others),
        _several("dc:publisher", (galley.imprint.name,)),
        _several("dc:date", (edition.issued,), "Seq"),
        _several("dc:language", (edition.language,)),
        _plain("dc:identifier", identifier(galley, spec)),
        _alternatives("dc:description", edition.description),
        *_rights(galley),
        _plain("dc:source", galley.citation),
        _plain("pdf:Keywords", keywords),
        _plain("pdf:Producer", PRODUCER),
        _plain("xmp:CreatorTool", "reelpress"),
        _plain("xmp:CreateDate", created),
        _plain("xmp:ModifyDate", modified),
        "<pdfuaid:part>1</pdfuaid:part>" if galley.glyphs_whole else "",
    ]
    spaces = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in _SPACES.items())
    body = "\n".join(field for field in fields if field)
    metadata = (
        f'{_HEAD}<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF{spaces}>'
        f'<rdf:Description rdf:about="">\n{body}\n</rdf:Description></rdf:RDF></x:xmpmeta>'
        '\n<?xpacket end="r"?>'
    )
    return About(
        {key: text for key, text in said.items() if text},
        metadata.encode(),
        edition.language,
        galley.direction,
    )


def _rights(galley: Galley) -> list[str]:
    """On what terms the edition is given.

    It is marked as a work with rights where it says whose they are. It is never marked as free of
    them: its pieces may not be.
    """
    rights, statement = galley.edition.rights, galley.imprint.statement
    licence, deed = (rights.licence.name, rights.licence.url) if rights.licence else ("", "")
    return [
        _alternatives("dc:rights", terms(galley)),
        _plain("xmpRights:Marked", "True" if rights.holders else ""),
        _several("xmpRights:Owner", rights.holders),
        _alternatives("xmpRights:UsageTerms", licence or statement),
        _plain("xmpRights:WebStatement", deed or galley.imprint.url),
        f"<cc:license rdf:resource={quoteattr(deed)}/>" if deed else "",
    ]


def _plain(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>" if text else ""


def _alternatives(name: str, text: str) -> str:
    inner = f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(text)}</rdf:li></rdf:Alt>'
    return f"<{name}>{inner}</{name}>" if text else ""


def _several(name: str, texts: tuple[str, ...], kind: str = "Bag") -> str:
    """Values in their order (Seq), or in any (Bag)."""
    inner = "".join(f"<rdf:li>{escape(text)}</rdf:li>" for text in texts if text)
    return f"<{name}><rdf:{kind}>{inner}</rdf:{kind}></{name}>" if inner else ""
