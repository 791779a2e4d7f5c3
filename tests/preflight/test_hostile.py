"""A hostile PDF gets a finding, within 5 s of work and 500 MB; a heavy honest one is read within 2 s."""

from __future__ import annotations

import os
import subprocess
import sys
import zlib
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Encryption, Name, Pdf
from tests.conftest import read_at_once
from tests.preflight.drafts import Draft
from tests.preflight.faults import press

from koho_pdf.editions.papers import inspected
from koho_pdf.errors import PreflightError
from koho_pdf.findings import Finding
from koho_pdf.preflight.inspect import inspect, judge

SECONDS, BYTES = 5, 500 * 1024 * 1024


def saved(pdf: Pdf, **how: object) -> bytes:
    target = BytesIO()
    pdf.save(target, static_id=True, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none, **how)  # type: ignore[arg-type]
    return target.getvalue()


def drawing(content: bytes, **resources: Dictionary) -> bytes:
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(200, 200))
    page.Contents = pdf.make_stream(content)
    page.Resources = Dictionary({f"/{kind}": group for kind, group in resources.items()})
    return saved(pdf)


def form_in_itself() -> bytes:
    pdf = Pdf.new()
    page = pdf.add_blank_page()
    form = pdf.make_stream(b"/F Do /F Do", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    form.Resources = Dictionary(XObject=Dictionary(F=form))
    page.Resources, page.Contents = form.Resources, pdf.make_stream(b"/F Do")
    return saved(pdf)


def billion_laughs() -> bytes:
    """Thirty forms, each drawing the next twice."""
    pdf = Pdf.new()
    page = pdf.add_blank_page()
    form = pdf.make_stream(b"0 0 1 1 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    for _ in range(30):
        above = pdf.make_stream(b"/F Do /F Do", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
        above.Resources = Dictionary(XObject=Dictionary(F=form))
        form = above
    page.Resources, page.Contents = Dictionary(XObject=Dictionary(F=form)), pdf.make_stream(b"/F Do")
    return saved(pdf)


def forms_deep() -> bytes:
    pdf = Pdf.new()
    page = pdf.add_blank_page()
    form = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form)
    for _ in range(10_000):
        above = pdf.make_stream(b"/F Do", Type=Name.XObject, Subtype=Name.Form)
        above.Resources = Dictionary(XObject=Dictionary(F=form))
        form = above
    page.Resources, page.Contents = Dictionary(XObject=Dictionary(F=form)), pdf.make_stream(b"/F Do")
    return saved(pdf)


def page_tree_loop() -> bytes:
    pdf = Pdf.new()
    pdf.add_blank_page()
    pdf.Root.Pages.Kids.append(pdf.Root.Pages)
    return saved(pdf)


def page_tree_deep() -> bytes:
    """A page tree 10,000 nodes deep with no page at its foot."""
    nodes = [f"{number} 0 obj<</Type/Pages/Count 1/Kids[{number + 1} 0 R]>>endobj" for number in range(2, 10_002)]
    return raw(
        ["1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj", *nodes, "10002 0 obj<</Type/Pages/Count 0/Kids[]>>endobj"]
    )


def page_tree_bomb() -> bytes:
    """Ten levels of ten kids that are all the same: 10,000,000,000 pages in 3 KB."""
    levels = [
        f"{number} 0 obj<</Type/Pages/Count 10/Kids[{f'{number + 1} 0 R ' * 10}]>>endobj" for number in range(2, 12)
    ]
    page = "12 0 obj<</Type/Page/MediaBox[0 0 9 9]>>endobj"
    return raw(["1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj", *levels, page])


def many_pages() -> bytes:
    kids = " ".join(f"{number} 0 R" for number in range(3, 50_003))
    pages = [f"{number} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj" for number in range(3, 50_003)]
    return raw(
        ["1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj", f"2 0 obj<</Type/Pages/Count 50000/Kids[{kids}]>>endobj", *pages]
    )


def raw(objects: list[str]) -> bytes:
    """A PDF with a right cross-reference table."""
    parts, at, places = [b"%PDF-1.6\n"], 9, []
    for each in objects:
        places.append(at)
        parts.append(each.encode() + b"\n")
        at += len(parts[-1])
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        size,
        table,
        size,
        at,
    )
    return b"".join(parts) + end


@cache
def decompression_bomb() -> bytes:
    """A page whose content is 1 GB of blanks: one complete block, a thousand times (RFC 1950, 1951)."""
    blanks, times, checked = b" " * 2**20, 1024, 1
    packer = zlib.compressobj(9)
    head = packer.compress(b"") + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(blanks) + packer.flush(zlib.Z_FULL_FLUSH)
    for _ in range(times):
        checked = zlib.adler32(blanks, checked)
    pdf = Pdf.new()
    page = pdf.add_blank_page()
    page.Contents = pdf.make_stream(b"")
    end = b"\x03\x00" + checked.to_bytes(4)  # a last block with nothing in it
    page.Contents.write(head + block * times + end, filter=Name.FlateDecode)
    return saved(pdf)


def bomb_of_operators() -> bytes:
    """4 MB of the shortest operators."""
    return drawing(b"q Q " * 1_000_000)


def metadata_bomb() -> bytes:
    """XML entities that grow by the power of ten."""
    pdf = Pdf.new()
    pdf.add_blank_page()
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    packet = f'<!DOCTYPE x [<!ENTITY e0 "ha">{entities}]><x>&e11;</x>'
    pdf.Root.Metadata = pdf.make_stream(packet.encode(), Type=Name.Metadata, Subtype=Name.XML)
    return saved(pdf)


def broken_xref() -> bytes:
    return Draft().written().replace(b"startxref\n", b"startxref\n99", 1)


def cut_short() -> bytes:
    return Draft().written()[:20_000]


def locked() -> bytes:
    pdf = Pdf.new()
    pdf.add_blank_page()
    target = BytesIO()
    pdf.save(target, encryption=Encryption(owner="owner", user="user"))
    return target.getvalue()


def objects_deep() -> bytes:
    return drawing(b"[" * 10_000 + b"]" * 10_000 + b" 0 d " + b"<<" * 10_000)


def array_deep() -> bytes:
    deep = "[" * 10_000 + "]" * 10_000
    page = f"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</ColorSpace<</X {deep}>>>>>>endobj"
    return raw(["1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj", "2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj", page])


def spaces_deep() -> bytes:
    """A colour space that looks itself up."""
    pdf = Pdf.new()
    page = pdf.add_blank_page()
    space = pdf.make_indirect(Array([Name.Indexed]))
    space.append(space)
    page.Resources = Dictionary(ColorSpace=Dictionary(X=space))
    page.Contents = pdf.make_stream(b"/X cs 0 sc 0 0 9 9 re f")
    return saved(pdf)


def no_numbers() -> bytes:
    return drawing(b"NaN Infinity 1e999 -- 5 0 re f 1 0 0 1 nan nan cm (x) 2 re BT /F 1e400 Tf (a) Tj ET")


def wild_numbers() -> bytes:
    return drawing(b"99999999999999999999999999999 0 0 " + b"9" * 400 + b" 0 0 cm 0 0 1 1 re f 0 0 1 1 re S")


def saves_without_end() -> bytes:
    return drawing(b"q " * 300_000)


HOSTILE: list[Callable[[], bytes]] = [
    *(form_in_itself, billion_laughs, forms_deep, page_tree_loop, page_tree_deep, page_tree_bomb, many_pages),
    *(decompression_bomb, bomb_of_operators, metadata_bomb, broken_xref, cut_short, locked, objects_deep, array_deep),
    *(spaces_deep, no_numbers, wild_numbers, saves_without_end, lambda: b"", lambda: b"%PDF-1.7\n%%EOF"),
]


def told(pdf: bytes) -> tuple[Finding, ...]:
    try:
        return inspect(pdf, press("offset-coated")).findings
    except PreflightError as refused:
        return refused.findings


def work_of_children() -> float:
    spent = os.times()
    return spent.children_user + spent.children_system


REFUSED = {
    "billion_laughs": "pdf-too-heavy",
    "page_tree_bomb": "pdf-unreadable",
    "many_pages": "pdf-too-heavy",
    "decompression_bomb": "content-broken",
    "bomb_of_operators": "pdf-too-heavy",
    "locked": "pdf-encrypted",
    "form_in_itself": "content-broken",
    "forms_deep": "content-broken",
    "no_numbers": "content-broken",
    "broken_xref": "pdf-damaged",
    "page_tree_deep": "pdf-unreadable",
}
"""What some are told for; the others for anything."""
assert REFUSED.keys() <= {make.__name__ for make in HOSTILE}


@pytest.mark.parametrize("make", HOSTILE, ids=lambda make: make.__name__)
def test_a_hostile_file_gets_its_finding_in_time(make: Callable[[], bytes]) -> None:
    pdf = make()
    begun = work_of_children()
    found = told(pdf)
    # Two processes share the work, side by side where there are two cores.
    assert (work_of_children() - begun) / 2 < SECONDS
    assert any(str(finding.severity) == "error" for finding in found)
    assert {REFUSED.get(make.__name__, found[0].code)} <= {finding.code for finding in found}


def patterns_in_patterns() -> bytes:
    """Eight patterns of small tiles, each drawn with the next: eight streams to read, thousands of millions to draw."""
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    tiles, resources = b"0 0 0 .1 k 0 0 .3 .3 re f", Dictionary()
    for step in range(8):
        box = Array([0, 0, 600, 900])
        across, up = 1.1 + step, 1.3 + step
        pattern = pdf.make_stream(tiles, PatternType=1, PaintType=1, TilingType=1, BBox=box, XStep=across, YStep=up)
        pattern.Resources = resources
        tiles, resources = b"/Pattern cs /P scn 0 0 600 900 re f", Dictionary(Pattern=Dictionary(P=pattern))
    page.Resources, page.Contents = resources, pdf.make_stream(tiles)
    return saved(pdf)


def groups_over_groups() -> bytes:
    """Six hundred transparent groups as large as the page, multiplied."""
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    whole = pdf.make_stream(b"0 0 0 .1 k 0 0 595 842 re f", Type=Name.XObject, Subtype=Name.Form)
    whole.BBox = Array([0, 0, 595, 842])
    whole.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK, I=True)
    state = Dictionary(ca=0.5, BM=Name.Multiply)
    page.Resources = Dictionary(XObject=Dictionary(F=whole), ExtGState=Dictionary(H=state))
    page.Contents = pdf.make_stream(b"/H gs " + b"/F Do " * 600)
    return saved(pdf)


def a_page_of_five_metres() -> bytes:
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(14_400, 14_400))
    page.Contents = pdf.make_stream(b"1 0 0 0 k 0 0 14400 14400 re f")
    return saved(pdf)


@pytest.mark.parametrize("make", [patterns_in_patterns, groups_over_groups, a_page_of_five_metres])
def test_what_is_cheap_to_read_and_dear_to_draw_is_told_in_time(make: Callable[[], bytes]) -> None:
    pdf = make()
    assert told(pdf), "its facts are read"
    begun = work_of_children()
    report = inspected(pdf, press("offset-coated"))
    assert work_of_children() - begun < SECONDS
    assert report.plates is None
    assert {"plates-not-made", "trim-missing"} <= {finding.code for finding in report.findings}


MEASURE = """
import resource, sys
from koho_pdf.errors import PreflightError
from koho_pdf.preflight.pdf.reading import read_facts
try:
    read_facts(sys.stdin.buffer.read())
except PreflightError:
    pass
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@pytest.mark.parametrize("make", [bomb_of_operators, decompression_bomb, saves_without_end])
def test_two_readers_stay_within_the_memory(make: Callable[[], bytes]) -> None:
    """Each has its limit from the system, and no file can change that."""
    said = subprocess.run([sys.executable, "-c", MEASURE], input=make(), capture_output=True, check=True).stdout
    assert 2 * int(said) * 1024 <= BYTES


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_damaged_byte_never_ends_in_a_traceback(data: st.DataObject) -> None:
    pdf = bytearray(CLEAN)
    for _ in range(data.draw(st.integers(1, 20))):
        pdf[data.draw(st.integers(0, len(pdf) - 1))] = data.draw(st.integers(0, 255))
    with suppress(PreflightError):
        judge(read_at_once(bytes(pdf)), press("offset-coated"))  # here: another process would die in silence


CLEAN = Draft().written()


def test_sixteen_pages_are_read_each(brochure_made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By two processes that share them: a brochure's pages four times over."""
    monkeypatch.setattr("koho_pdf.preflight.pdf.reading._SMALL", 0)
    with pikepdf.open(brochure_made / "print.pdf") as pdf:
        pages = list(pdf.pages)
        for _ in range(3):
            for page in pages:
                pdf.pages.append(page)
        sixteen = saved(pdf)
    report = inspect(sixteen, press("offset-coated"))
    assert [page.number for page in report.facts.pages] == [*range(1, 17)]
