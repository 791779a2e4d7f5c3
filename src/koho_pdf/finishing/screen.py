"""The screen PDF: PDF/UA-1 (ISO 14289-1) for screen readers and PDF/A-2a (ISO 19005-2) for keeping, in one file.

The engine can only make one standard in a run, and makes PDF/A-2a: tags, sRGB output intent, printing annotations. This
module adds what is missing: the name PDF/UA-1 in the XMP, pictures as PDF/A wants them, the list of identifiers, and
the link from the structure tree to text inside forms (opacity makes them).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

# PDF/A-2 does not know the name of PDF/UA, so the file explains it (ISO 19005-2, 6.6.2.3.3; ISO 14289-1, 5).
_PDF_UA = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


def keep_both_standards(pdf: pikepdf.Pdf) -> None:
    """Make the engine's PDF/A-2a a PDF/UA-1 file as well."""
    for each in pdf.objects:
        if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image" and "/Interpolate" in each:
            del each["/Interpolate"]  # PDF/A forbids true (ISO 19005-2, 6.2.8), and false is the default
    for page in pdf.pages:
        for form in _forms(page.obj):
            _lead_to(form, page.obj, pdf)
    _list_identifiers(pdf)
    if "/Outlines" in pdf.Root:
        pdf.Root.PageMode = pikepdf.Name.UseOutlines  # opening the file shows its headings (ISO 32000-1, 7.7.2)
    head, end, foot = pdf.Root.Metadata.read_bytes().rpartition(b"</rdf:RDF>")
    pdf.Root.Metadata.write(head + _PDF_UA + end + foot)


def _list_identifiers(pdf: pikepdf.Pdf) -> None:
    """List the elements that others refer to (the heads of a table) in a name tree (ISO 32000-1, 14.7.2), sorted
    (7.9.6).
    """
    named = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") and "/ID" in each]
    if named:
        entries = sorted(((bytes(each.ID), each) for each in named), key=lambda entry: entry[0])
        names = [part for name, each in entries for part in (pikepdf.String(name), each)]
        pdf.Root.StructTreeRoot.IDTree = pikepdf.Dictionary(Names=pikepdf.Array(names))


def _forms(content: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The form XObjects that a page or form really draws, and those inside them; its resources may list those of all
    pages.
    """
    for drawn in pikepdf.parse_content_stream(content, "Do"):
        member = content.Resources.XObject[str(drawn.operands[0])]
        if member.Subtype == "/Form":
            yield member
            yield from _forms(member)


def _lead_to(form: pikepdf.Object, page: pikepdf.Object, pdf: pikepdf.Pdf) -> None:
    """Make marked content in a form be found through the form (ISO 32000-1, 14.7.4.2 to 14.7.4.4); the engine numbers
    it as if it were in the page itself.
    """
    marks = [each.operands[1] for each in pikepdf.parse_content_stream(form, "BDC")]
    numbers = [int(mark.MCID) for mark in marks if "/MCID" in mark]
    if not numbers:
        return
    tree = pdf.Root.StructTreeRoot.ParentTree.Nums
    keys = [int(key) for key in list(tree)[::2]]
    of_page = tree[2 * keys.index(int(page.StructParents)) + 1]
    of_form = pikepdf.Array([None] * (max(numbers) + 1))
    for number in numbers:
        element = of_form[number] = of_page[number]
        of_page[number] = None
        kids = element.K if isinstance(element.K, pikepdf.Array) else [element.K]
        way = pikepdf.Dictionary(Type=pikepdf.Name.MCR, Pg=page, Stm=form, MCID=number)
        element.K = pikepdf.Array([way if _leads_to(kid, number, element, page) else kid for kid in kids])
    form.StructParents = max(keys) + 1
    tree.append(max(keys) + 1)
    tree.append(of_form)


def _leads_to(kid: Any, number: int, element: pikepdf.Object, page: pikepdf.Object) -> bool:
    """Whether a child of an element is the marked content with this number on the page."""
    if isinstance(kid, int):
        return kid == number and element.Pg.objgen == page.objgen
    way = kid.get("/Type") == "/MCR" and "/Stm" not in kid
    return bool(way and number == kid.MCID and kid.Pg.objgen == page.objgen)
