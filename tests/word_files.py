"""Word files, made by hand: the least that a .docx is."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from test_cases import png

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:{{tag}} xmlns:w="{_W}" '
    f'xmlns:r="{_R}" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    'wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
)


def p(text: str, style: str = "") -> str:
    """A paragraph of runs."""
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{look}{text}</w:p>"


def r(text: str, look: str = "") -> str:
    """A run of words."""
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


_DRAWING = (
    '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="P" descr="A wheel over roofs"/><a:graphic>'
    '<a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="rId9"/></pic:blipFill></pic:pic>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)
BODY = (
    p(r("The Third Man (1949)"), "Title")
    + p(r("He was ") + r("not", "<w:i/>") + r(" dead. ") + r("Underlined", '<w:u w:val="single"/>'))
    + p(r("Down below"), "Heading1")
    + p(r("A wheel.") + '<w:r><w:footnoteReference w:id="2"/></w:r>')
    + p(_DRAWING)
    + p(r("Nobody asks the dots."), "Quote")
    + p(
        r("It has ")
        + '<w:del w:id="1"><w:r><w:delText>taken-out </w:delText></w:r></w:del>'
        + f'<w:ins w:id="2">{r("put-in ")}</w:ins>'
        + r("words.")
        + '<w:r><w:commentReference w:id="0"/></w:r>'
    )
)
NOTES = (
    '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    f'<w:footnote w:id="2">{p(r("It is the Riesenrad."))}</w:footnote>'
)
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
    for key, name in (("Title", "Title"), ("Heading1", "heading 1"), ("Quote", "Quote"))
)


def docx(body: str = BODY, more: Mapping[str, bytes] | None = None) -> bytes:
    """A document with a note, a picture, a comment and a tracked change."""
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{_R}/{kind}" Target="{target}"/>'
        for n, (kind, target) in {
            1: ("styles", "styles.xml"),
            2: ("footnotes", "footnotes.xml"),
            3: ("comments", "comments.xml"),
            9: ("image", "media/image1.png"),
        }.items()
    )
    schema = "http://schemas.openxmlformats.org/package/2006"
    remark = f'<w:comment w:id="0" w:author="E">{p(r("Remark for the desk, not for sale."))}'
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": f'<Types xmlns="{schema}/content-types">'
        '<Default Extension="png" ContentType="image/png"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{schema}/relationships"><Relationship Id="rId1" '
        f'Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{schema}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Untitled</dc:title>'
        "<dc:creator>Odile Marchetti</dc:creator></cp:coreProperties>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{schema}/relationships">'
        f"{relations}</Relationships>",
        "word/document.xml": f"{_HEAD.format(tag='document')}<w:body>{body}</w:body></w:document>",
        "word/footnotes.xml": f"{_HEAD.format(tag='footnotes')}{NOTES}</w:footnotes>",
        "word/comments.xml": f"{_HEAD.format(tag='comments')}{remark}</w:comment></w:comments>",
        "word/styles.xml": f"{_HEAD.format(tag='styles')}{STYLES}</w:styles>",
        "word/media/image1.png": png("wheel"),
        **(more or {}),
    }
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return made.getvalue()
