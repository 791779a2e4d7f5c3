"""Old PDFs taken into the archive: made by other tools (Chromium, Pillow, by hand), sound and hostile."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from playwright.sync_api import sync_playwright
from tests.archive.apart import FONTS, taken_in
from tests.archive.inside import run
from tests.chromium import FLAGS, FONTS_CONF, ROOT, find_chromium
from tests.conftest import Koho

from koho_pdf.archive.bags.verifying import verified
from koho_pdf.archive.ingest.entries import listed
from koho_pdf.archive.ingest.glyph_lines import lines_of
from koho_pdf.archive.ingest.glyphs import Glyph
from koho_pdf.archive.ingest.old_pdf import Entry, ingest
from koho_pdf.archive.ingest.pdf_pages import MOST_PAGES, read_pdf
from koho_pdf.content.values.dates import CalendarDate
from koho_pdf.errors import ArchiveError
from koho_pdf.geometry import Rect
from koho_pdf.workspace.workspace import Folders

DAY = CalendarDate.parse("2010-04-01").day

VERTICAL = """<meta charset=utf-8><style>@page { size: A4; margin: 15mm }
html { writing-mode: vertical-rl; font: 10pt/1.7 "BIZ UDGothic" } h2 { font-size: 18pt; margin: 0 5mm }
b { font-weight: inherit; text-combine-upright: all }</style>
<h2>春の道路工事のお知らせ</h2>
<p>市では、四月から六月にかけて、栄町三丁目の道路で工事を行います。通行止めになる時間は、午前九時から午後五時までです。ご協力をお願いします（雨の日は休みます）。</p>
<p>問い合わせは、建設課（電話<b>42</b>―1801）へ。</p>
<h2>図書館の休館日</h2><p>五月の休館日は、七日、十四日、二十一日です。PDFとWebでもお知らせしています。</p>"""
COLUMNS = """<meta charset=utf-8><style>@page { size: A4; margin: 15mm } html { font: 10pt/1.7 "BIZ UDGothic" }
h1 { font-size: 24pt } h2 { font-size: 14pt; margin: 3mm 0; break-after: avoid } p { text-indent: 1em; margin: 0 }
div { columns: 2; column-gap: 8mm }</style><h1>広報るもい</h1><div>%s</div>"""
TOPICS = {
    "ごみの分別が変わります": "四月から、プラスチックごみの分け方が変わります。" * 12,
    "保健センターから": "乳幼児健診を行います。母子手帳を持ってきてください。" * 10,
    "相談窓口": "法律相談は毎月第二水曜日です。予約が必要です。" * 9,
}


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Pages printed to PDF by headless Chromium (Skia), by name."""
    folder = tmp_path_factory.mktemp("printed")
    conf = folder / "fonts.conf"
    conf.write_text(FONTS_CONF.format(fonts=ROOT / "fonts", cache=folder / "cache"), encoding="utf-8")
    environment: dict[str, str | float | bool] = {**os.environ, "FONTCONFIG_FILE": str(conf)}
    columns = COLUMNS % "".join(f"<h2>{heading}</h2><p>{text}</p>" for heading, text in TOPICS.items())
    # Another browser of this process may be open, and Playwright takes one a thread.
    with ThreadPoolExecutor(1) as beside:
        return beside.submit(_printed, environment, columns).result()


def _printed(environment: dict[str, str | float | bool], columns: str) -> dict[str, bytes]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=[*FLAGS], env=environment)
        page = chromium.new_page()
        made = {}
        for name, html in (("vertical", VERTICAL), ("columns", columns)):
            page.set_content(html)
            made[name] = page.pdf(prefer_css_page_size=True)
        chromium.close()
    return made


def hand_made(operators: str, face: str = "Ryumin-Light", **xobjects: pikepdf.Object) -> bytes:
    """A page of 200 x 200 mm in a font that is not embedded, its text in UCS-2 (UniJIS-UCS2-H; ISO 32000-1, 9.7.5)."""
    with pikepdf.new() as pdf:
        descendant = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.CIDFontType0,
            BaseFont=pikepdf.Name("/" + face),
            CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="Japan1", Supplement=2),
            DW=1000,
            FontDescriptor=pikepdf.Dictionary(
                Type=pikepdf.Name.FontDescriptor, FontName=pikepdf.Name("/" + face), Flags=4,
                FontBBox=[0, -120, 1000, 880],
                ItalicAngle=0, Ascent=880, Descent=-120, CapHeight=700, StemV=80,
            ),
        )  # fmt: skip
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type0,
            BaseFont=pikepdf.Name("/" + face),
            Encoding=pikepdf.Name("/UniJIS-UCS2-H"),
            DescendantFonts=[descendant],
        )
        page = pdf.add_blank_page(page_size=(567, 567))
        page.Resources = pikepdf.Dictionary(
            Font=pikepdf.Dictionary(F=font), XObject=pikepdf.Dictionary({f"/{k}": v for k, v in xobjects.items()})
        )
        page.Contents = pdf.make_stream(operators.encode())
        target = BytesIO()
        pdf.save(target)
        return target.getvalue()


def shown(text: str, x: float, y: float, size: float = 10) -> str:
    return f"BT /F {size} Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET\n"


def letter_by_letter(lines: Iterable[str], pitch: float = 20) -> str:
    """Vertical lines from right to left, each letter an object of its own, in rows: as some programs write them."""
    placed = [
        (-row, column, shown(letter, 500 - column * pitch, 520 - row * 10.5))
        for column, line in enumerate(lines)
        for row, letter in enumerate(line)
    ]
    return "".join(operators for *_, operators in sorted(placed, reverse=True))


def scan(pdf: bytes = b"") -> bytes:
    """A page that is a picture, and nothing else."""
    target = BytesIO()
    Image.effect_noise((100, 140), 60).save(target, "PDF", resolution=18.0)  # of 400 x 560 pt
    return target.getvalue()


def ingested(content: bytes) -> tuple[dict[str, object], dict[str, object], list[str], str]:
    """Record, quality, the codes of the findings and the text of page 1."""
    made = taken_in(content, Entry(Path("old.pdf"), "koho-0812", 812, DAY, "第812号", "koho"))
    assert made.files["original.pdf"] == content
    text = made.files["text/p1.txt"].decode()
    codes = [finding.code for finding in made.findings]
    return json.loads(made.files["record.json"]), json.loads(made.files["quality.json"]), codes, text


def headings(record: dict[str, object]) -> list[tuple[str, str]]:
    articles = record["articles"]
    assert isinstance(articles, list)
    return [(article["heading"], article["text"]) for article in articles]


def test_a_vertical_page_of_chromium_is_read_from_right_to_left(printed: dict[str, bytes]) -> None:
    record, quality, codes, _ = ingested(printed["vertical"])
    road, library = headings(record)
    assert road[0] == "春の道路工事のお知らせ"
    assert road[1].endswith("ご協力をお願いします（雨の日は休みます）。\n問い合わせは、建設課（電話42―1801）へ。")
    assert library == ("図書館の休館日", "五月の休館日は、七日、十四日、二十一日です。PDFとWebでもお知らせしています。")
    assert (quality["grade"], codes) == ("good", [])


def test_columns_of_chromium_are_read_one_after_the_other(printed: dict[str, bytes]) -> None:
    record, quality, codes, _ = ingested(printed["columns"])
    assert headings(record) == [("広報るもい", ""), *TOPICS.items()]
    assert (quality["grade"], codes) == ("good", [])


def test_vertical_text_written_letter_by_letter_is_rejoined() -> None:
    lines = ["市民のみなさんへお知らせします。", "敬老の日の式典は、市民会館で", "午前十時から行います。"]
    content = hand_made(letter_by_letter(lines))
    record, quality, codes, text = ingested(content)
    assert lines[0] in text
    assert "市民会館で午前十時から行います。" in text
    assert codes == ["archive-vertical-torn"]
    assert quality["grade"] == "mended"
    assert "敬老の日の式典は、市民会館で午前十時から行います。" in headings(record)[0][1]


def test_a_font_that_does_not_say_its_letters_is_told_and_its_letters_are_marked(printed: dict[str, bytes]) -> None:
    target = BytesIO()
    with pikepdf.open(BytesIO(printed["columns"])) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font" and "/ToUnicode" in thing:
                del thing.ToUnicode
        pdf.save(target)
    _, quality, codes, text = ingested(target.getvalue())
    assert codes == ["archive-unmapped"]
    assert quality["grade"] == "none"
    assert quality["fonts_without_unicode"] == ["BIZUDGothic-Bold", "BIZUDGothic-Regular"]
    assert set(text) <= {"〓", "\n", "\u3000"}


@pytest.mark.parametrize("line", ["お問い合わせは建設課　緯42－1801まで", "申し込み　緯0164-42-1801（内線201）"])
def test_a_telephone_sign_that_reads_as_a_kanji_is_told_and_left(line: str) -> None:
    _, quality, codes, text = ingested(hand_made(shown(line, 50, 400) + shown("北緯43度の東経141度", 50, 300)))
    assert codes == ["archive-misread-sign"]
    assert quality["pages"][0]["doubtful"] == [line[line.index("緯") :][:8]]  # type: ignore[index]
    assert "緯" in text


def test_an_office_before_its_number_is_no_misread_sign() -> None:
    assert ingested(hand_made(shown("建設課42－1801　電話42-1801", 50, 400)))[2] == []


def test_letters_of_a_private_use_area_are_told() -> None:
    _, quality, codes, _ = ingested(hand_made(shown("市長の\ue000田さん", 50, 400)))
    assert (codes, quality["grade"]) in ((["archive-private-use"], "doubtful"), (["archive-unmapped"], "doubtful"))


def test_a_scanned_page_has_a_picture_and_no_text() -> None:
    record, quality, codes, text = ingested(scan())
    assert (codes, quality["grade"], text, record["articles"]) == (["archive-no-text"], "none", "", [])
    assert quality["pages"][0]["state"] == "scanned"  # type: ignore[index]


def stamped_scan(letters: str) -> bytes:
    """A scanned page that a machine stamped a few letters on."""
    with pikepdf.open(BytesIO(scan())) as picture:
        xobject = next(iter(picture.pages[0].images.values()))
        with pikepdf.open(BytesIO(hand_made(""))) as pdf:
            page = pdf.pages[0]
            page.Resources.XObject.Im = pdf.copy_foreign(xobject)
            page.Contents = pdf.make_stream(b"q 567 0 0 567 0 0 cm /Im Do Q\n" + shown(letters, 60, 60).encode())
            target = BytesIO()
            pdf.save(target)
    return target.getvalue()


def bare(content: bytes) -> bool:
    return bool(taken_in(content, Entry(Path("old.pdf"), "koho-0812", 812, DAY, "第812号", "koho")).bare)


def test_most_pages_without_text_or_hardly_any_are_asked_about(printed: dict[str, bytes]) -> None:
    assert bare(scan())
    assert bare(stamped_scan("広報るもい 第812号 3"))
    assert not bare(
        stamped_scan(
            "市では、四月から六月にかけて、栄町三丁目の道路で工事を行います。通行止めの時間は午前九時からです。"
        )
    )
    assert not bare(printed["vertical"])
    assert not bare(hand_made(shown("お知らせです。", 60, 60)))  # short, but a text, and nothing is drawn beside it
    assert bare(hand_made(""))

    def joined(*contents: bytes) -> bytes:
        with pikepdf.new() as pdf:
            for content in contents:
                with pikepdf.open(BytesIO(content)) as one:
                    pdf.pages.extend(one.pages)
            target = BytesIO()
            pdf.save(target)
        return target.getvalue()

    assert not bare(joined(scan(), printed["vertical"]))
    assert not bare(joined(scan(), hand_made(""), printed["vertical"]))  # an empty page says nothing
    assert bare(joined(scan(), scan(), printed["vertical"]))


def test_a_scan_goes_in_only_when_somebody_says_so(workspace: Path, koho: Koho) -> None:
    (workspace / "scan.pdf").write_bytes(scan())
    facts = ("archive", "ingest", "scan.pdf", "--number", "812", "--date", "2010-04-01")
    done = koho(*facts, folder=workspace)
    assert (done.returncode, done.stdout) == (5, "")
    assert [line.rsplit("(", 1)[1] for line in done.stderr.splitlines() if line.startswith("[")] == [
        "archive-no-text)", "archive-without-text)",
    ]  # fmt: skip
    assert not (workspace / "archive" / "koho-0812").exists()
    for answer in ("いいえ\n", "\n", ""):
        asked = run(*facts, folder=workspace, answer=answer)
        assert "入れますか？ [はい/いいえ]" in asked.stderr
        assert (asked.returncode, (workspace / "archive" / "koho-0812").exists()) == (5, False), answer
    said, code = at_a_terminal(facts, "はい\n", workspace)
    assert "入れますか？ [はい/いいえ]" in said
    assert (code, (workspace / "archive" / "koho-0812").exists()) == (0, True)
    again = koho(*facts, folder=workspace)
    assert (again.returncode, again.stdout) == (0, "koho-0812\tもう入っています\tscan.pdf\n")
    agreed = koho("archive", "ingest", "scan.pdf", "--number", "813", "--date", "2010-05-01", "--without-text",
                  folder=workspace)  # fmt: skip
    assert (agreed.returncode, "入れました" in agreed.stdout) == (0, True)


def at_a_terminal(arguments: Iterable[str], answer: str, folder: Path) -> tuple[str, int]:
    """What a command says on a terminal to whoever types the answer, and its exit."""
    master, slave = os.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", "from koho_pdf.cli.main import main; main()", *arguments],
        stdin=slave, stdout=subprocess.PIPE, stderr=slave, cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    ) as process:  # fmt: skip
        os.close(slave)
        said = b""
        while "いいえ]".encode() not in said:
            said += os.read(master, 4096)
        os.write(master, answer.encode())
        try:
            while chunk := os.read(master, 4096):
                said += chunk
        except OSError:  # the other side is closed
            pass
        os.close(master)
    return said.decode(), process.returncode


def test_a_folder_with_scans_goes_on_with_the_others(workspace: Path, koho: Koho, printed: dict[str, bytes]) -> None:
    old = workspace / "old"
    old.mkdir()
    for name, content in {"a": scan(), "b": printed["vertical"], "c": stamped_scan("第3号")}.items():
        (old / f"{name}.pdf").write_bytes(content)
    rows = ["file,number,date", "a.pdf,1,2010-04-01", "b.pdf,2,2010-05-01", "c.pdf,3,2010-06-01"]
    (workspace / "list.csv").write_text("\n".join(rows), encoding="utf-8")
    done = koho("archive", "ingest", "old", "--csv", "list.csv", folder=workspace)
    assert (done.returncode, done.stderr.count("(archive-without-text)")) == (5, 2)
    assert [path.name for path in (workspace / "archive").glob("[!_]*") if path.is_dir()] == ["koho-0002"]
    done = koho("archive", "ingest", "old", "--csv", "list.csv", "--without-text", folder=workspace)
    assert done.returncode == 0
    assert [line.split("\t")[1] for line in done.stdout.splitlines()] == [
        "入れました",
        "もう入っています",
        "入れました",
    ]


def test_a_locked_pdf_is_refused_and_a_restricted_one_read(printed: dict[str, bytes]) -> None:
    def encrypted(user: str) -> bytes:
        target = BytesIO()
        with pikepdf.open(BytesIO(printed["vertical"])) as pdf:
            pdf.save(target, encryption=pikepdf.Encryption(owner="owner", user=user))
        return target.getvalue()

    with pytest.raises(ArchiveError) as refused:
        ingested(encrypted("user"))
    assert [finding.code for finding in refused.value.findings] == ["archive-locked"]
    assert ingested(encrypted(""))[2] == ["archive-restricted"]


def test_a_file_cut_off_is_mended_for_reading(printed: dict[str, bytes]) -> None:
    whole = printed["columns"]
    _, quality, codes, _ = ingested(whole[: whole.rindex(b"xref")])
    assert (codes, quality["grade"], quality["damaged"]) == (["archive-damaged"], "mended", True)


@given(cut=st.floats(0, 1), noise=st.binary(min_size=1, max_size=40), at=st.floats(0, 1))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_pdf_is_read_or_refused_and_nothing_else(
    printed: dict[str, bytes], cut: float, noise: bytes, at: float
) -> None:
    whole = printed["vertical"]
    place = int(at * len(whole))
    damaged = (whole[:place] + noise + whole[place + len(noise) :])[: 8 + int(cut * len(whole))]
    try:
        ingested(damaged)
    except ArchiveError as refused:
        assert refused.findings


def refused(content: bytes, folder: Path) -> list[str]:
    """Why a PDF is not taken in, in the process that every PDF is read in."""
    path = folder / "old.pdf"
    path.write_bytes(content)
    with pytest.raises(ArchiveError) as told:
        ingest(Entry(path, "koho-0812", 812, DAY, "第812号", "koho"), folder / "archive", FONTS)
    assert not (folder / "archive").exists()
    return [finding.code for finding in told.value.findings]


def test_more_pages_than_an_issue_has_are_refused_and_more_letters_than_a_page_has_are_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pikepdf.new() as pdf:
        for _ in range(MOST_PAGES + 1):
            pdf.add_blank_page(page_size=(10, 10))
        pdf.save(tmp_path / "long.pdf")
    assert refused((tmp_path / "long.pdf").read_bytes(), tmp_path) == ["archive-too-long"]
    monkeypatch.setattr("koho_pdf.archive.ingest.pdf_pages.MOST_GLYPHS", most := 1000)
    lines = [shown(letter * 250, 0, 20 * line, 2) for line, letter in enumerate("市民広報課")]
    page = read_pdf(hand_made("".join(lines)), "old.pdf").pages[0]
    assert page.cut
    assert most * 0.99 < len(page.glyphs) <= most
    assert not read_pdf(hand_made(lines[0]), "old.pdf").pages[0].cut


@pytest.mark.parametrize("limit", ["_MOST_SECONDS", "_MOST_MEMORY"])
def test_what_takes_too_much_time_or_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    content = hand_made("0 0 m 500 5 l 3 500 l 500 500 l 7 0 l f*\n" * 400_000)
    monkeypatch.setattr(
        f"koho_pdf.archive.ingest.old_pdf.{limit}", {"_MOST_SECONDS": 1, "_MOST_MEMORY": 150 << 20}[limit]
    )
    assert refused(content, tmp_path) == ["archive-too-heavy"]


cells = st.builds(
    lambda text, x, y, size: Glyph(text, Rect(x, y, size, size), size, "A", False, True),
    st.sampled_from("市民広報あいう12AB"), st.floats(0, 200), st.floats(0, 290), st.sampled_from([2.0, 3.5, 8.0]),
)  # fmt: skip


@given(st.lists(cells, max_size=60))
def test_no_letter_is_lost_or_made_wherever_it_stands(glyphs: list[Glyph]) -> None:
    alone = [g for g in glyphs if sum(o.text == g.text for o in glyphs) == 1]
    text = "".join(line.text for line in lines_of(glyphs))
    assert all(text.count(glyph.text) == 1 for glyph in alone)
    assert set(text) - {" "} == {glyph.text for glyph in glyphs}


def test_a_turned_page_is_read_as_it_is_shown(printed: dict[str, bytes]) -> None:
    target = BytesIO()
    with pikepdf.open(BytesIO(printed["vertical"])) as pdf:
        pdf.pages[0].Rotate = 90
        pdf.save(target)
    page = read_pdf(target.getvalue(), "turned.pdf").pages[0]
    assert page.width > page.height
    assert all(0 <= g.box.x <= page.width and 0 <= g.box.y <= page.height for g in page.glyphs)


def test_the_same_again_is_no_error_and_another_asks_for_a_revision(
    workspace: Path, koho: Koho, printed: dict[str, bytes]
) -> None:
    for name, content in printed.items():
        (workspace / f"{name}.pdf").write_bytes(content)
    facts = ("--number", "812", "--date", "平成22年4月1日")
    first = koho("archive", "ingest", "vertical.pdf", *facts, folder=workspace)
    assert (first.returncode, first.stderr) == (0, "")
    folder = workspace / "archive" / "koho-0812"
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert verified(folder) == ()
    assert before[folder / "data" / "original.pdf"] == printed["vertical"]
    assert {path.relative_to(folder).as_posix() for path in before} == {
        "bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt", "events.json", "dublin-core.xml",
        "data/original.pdf", "data/record.json", "data/quality.json", "data/pages/p1.png", "data/text/p1.txt",
    }  # fmt: skip
    assert koho("archive", "ingest", "vertical.pdf", *facts, folder=workspace).returncode == 0
    other = koho("archive", "ingest", "columns.pdf", *facts, folder=workspace)
    assert other.returncode == 5
    assert "(archive-number-taken)" in other.stderr
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    assert koho("archive", "ingest", "columns.pdf", *facts, "--revision", "2", folder=workspace).returncode == 0
    assert (workspace / "archive" / "koho-0812-r2" / "data" / "original.pdf").read_bytes() == printed["columns"]


def test_a_folder_is_taken_in_and_bad_ones_stop_nothing(workspace: Path, koho: Koho, printed: dict[str, bytes]) -> None:
    old = workspace / "old"
    old.mkdir()
    for name, content in {**printed, "noise": b"%PDF-1.4\n" + bytes(range(256)), "page": b"<html>"}.items():
        (old / f"{name}.pdf").write_bytes(content)
    (old / "unlisted.pdf").write_bytes(printed["columns"])
    rows = [
        "ファイル,号,日付,題名",
        "noise.pdf,1,2010-04-01,",
        "page.pdf,2,2010-05-01,",
        "vertical.pdf,3,平成22年6月1日,広報るもい６月号",
        "gone.pdf,4,2010-07-01,",
        "../koho.yaml,5,2010-08-01,",
        "columns.pdf,六,きのう,",
    ]
    (workspace / "list.csv").write_bytes("\r\n".join(rows).encode("cp932"))
    of_excel = list(listed(old, workspace / "list.csv"))
    (workspace / "list.csv").write_bytes("\r\n".join(rows).encode("utf-8-sig"))
    assert list(listed(old, workspace / "list.csv")) == of_excel
    done = koho("archive", "ingest", "old", "--csv", "list.csv", folder=workspace)
    assert done.returncode == 5
    assert "Traceback" not in done.stderr
    told = [line for line in done.stderr.splitlines() if line.startswith("[")]
    codes = ["broken", "no-pdf", "no-file", "facts", "facts", "facts", "not-listed"]
    assert [line.rsplit("(archive-", 1)[1].rstrip(")") for line in told] == codes
    assert [path.name for path in (workspace / "archive").glob("[!_]*") if path.is_dir()] == ["koho-0003"]
    record = json.loads((workspace / "archive" / "koho-0003" / "data" / "record.json").read_bytes())
    assert (record["title"], record["date"]) == ("広報るもい６月号", "2010-06-01")


def test_without_faces_that_stand_in_nothing_is_taken_in_and_a_bare_workspace_has_the_programs(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "old.pdf").write_bytes(b"%PDF-1.4")
    entry = Entry(tmp_path / "old.pdf", "koho-0812", 812, DAY, "第812号", "koho")
    with pytest.raises(ArchiveError) as told:
        ingest(entry, tmp_path / "archive", tmp_path / "fonts")
    assert [finding.code for finding in told.value.findings] == ["archive-no-faces"]
    (tmp_path / "koho.yaml").write_text("municipality: 留萌市\n", encoding="utf-8")
    assert Folders(tmp_path).stand_ins == FONTS
    assert (Folders(tmp_path).archive_layouts / "_archive" / "style.css").is_file()
