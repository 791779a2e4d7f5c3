"""Decisions after an issue was kept: removed, put back, withheld, lifted. Withheld parts are seen nowhere, and no bag
changes.
"""

from __future__ import annotations

import gzip
import io
import json
import shutil
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageChops
from tests.archive.apart import taken_in
from tests.archive.conftest import MIHON
from tests.archive.test_ingest import DAY, hand_made
from tests.archive.test_ingest import shown as typed
from tests.archive.test_keeping import record, released
from tests.archive.years import issue, keep
from tests.conftest import Koho

from koho_pdf.archive.bags.bag import bagged, held
from koho_pdf.archive.bags.record import described, read_record
from koho_pdf.archive.bags.register import Act, Register, next_place, read_register, register_bytes, register_path
from koho_pdf.archive.bags.verifying import verified
from koho_pdf.archive.bags.withheld import covered, shown_of
from koho_pdf.archive.compare.two_issues import side_of
from koho_pdf.archive.ingest.old_pdf import Entry
from koho_pdf.archive.search.asking import search
from koho_pdf.archive.site.publishing import make_site
from koho_pdf.errors import ArchiveError, KohoError
from koho_pdf.platform.folders import write_file, write_once

REPOSITORY = Path(__file__).parents[2]
LAYOUTS = REPOSITORY / "layouts"
CAPTION = "朝の港"


@pytest.fixture
def ours(mihon: Path, tmp_path: Path) -> Path:
    """A workspace with a copy of that archive."""
    shutil.copy(REPOSITORY / "koho.yaml", tmp_path)
    for name in ("layouts", "press"):
        (tmp_path / name).symlink_to(REPOSITORY / name)
    shutil.copytree(mihon, tmp_path / "archive")
    return tmp_path


def site_of(root: Path) -> dict[str, bytes]:
    """Every file of the archive's site, unpacked where it is packed."""
    make_site(root / "archive", root / "site", LAYOUTS, root, "留萌市")
    files = held(root / "site")
    return {
        name: gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content for name, content in files.items()
    }


def holding(files: dict[str, bytes], *words: str) -> list[str]:
    return sorted(name for name, content in files.items() if any(word.encode() in content for word in words))


def pixels(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("RGB")


def test_a_withheld_article_shows_nowhere_and_its_bag_is_as_it_was(ours: Path, koho: Koho) -> None:
    folder, words = ours / "archive" / MIHON, ("毎月はじめの日曜日に", "港の広場で")
    bag, before = held(folder), site_of(ours)
    assert holding(before, *words)
    made = koho(
        "archive", "withhold", MIHON, "chapter-1-1", "--why", "個人情報があったため", "--by", "広報課",
        "--date", "令和8年4月1日", folder=ours,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    assert "2ページの絵\t2か所を塗りつぶします" in made.stdout  # the list at the head of the page, and the article
    assert (held(folder), verified(folder)) == (bag, ())
    (act,) = read_register(ours / "archive", MIHON).withheld.values()
    assert (act.why, act.by, act.day) == ("個人情報があったため", "広報課", "2026-04-01")

    assert search(ours / "archive", ["毎月はじめの日曜日に"]).hits == ()
    (other,) = search(ours / "archive", ["学校へ届けます"]).hits
    assert other.picture is None  # it would show the page whole
    after = site_of(ours)
    assert holding(after, *words, "朝市を開く") == []
    assert not [name for name in after.keys() - before.keys() if not name.startswith("pagefind")]
    gone = before.keys() - after.keys()
    assert {name.removeprefix(f"{MIHON}/") for name in gone if not name.startswith("pagefind")} >= {
        "screen.pdf", "archive.pdf", "large.pdf", "web/index.html", "data/issue.json",
    }  # fmt: skip
    assert "公開していません" in after[f"{MIHON}/chapter-1-1.html"].decode()
    assert "公開を取りやめたところがあります" in after[f"{MIHON}/index.html"].decode()
    for name in ("chapter-1-2", "chapter-3-2", "ask"):
        assert f"{MIHON}/{name}.html" in after

    one, other_page = (pixels(files[f"{MIHON}/pages/p2.png"]) for files in (before, after))
    changed = ImageChops.difference(one, other_page).getbbox()
    assert changed is not None
    assert one.size == other_page.size
    for left, up, right, low in act.pages[2]:
        inside = other_page.crop(
            (int(left * one.width) + 3, int(up * one.height) + 3, int(right * one.width) - 3, int(low * one.height) - 3)
        )
        assert inside.getcolors(1) is not None, "something is to be seen in what was painted over"
    for page in (1, 3, 4):
        name = f"{MIHON}/pages/p{page}.png"
        assert before[name] == after[name]

    assert koho("archive", "export", MIHON, "given", folder=ours).returncode == 0
    given = held(ours / "given" / MIHON)
    assert verified(ours / "given" / MIHON) == ()
    assert holding(given, *words, "朝市を開く") == []
    assert {name for name in given if name.startswith("data/")} == {
        "data/record.json", "data/release.json", "data/withheld.txt",
        *(f"data/pages/p{page}.png" for page in range(1, 5)),
    }  # fmt: skip
    assert given["data/pages/p2.png"] == after[f"{MIHON}/pages/p2.png"]
    whole = koho("archive", "export", MIHON, "whole", "--print", folder=ours)
    assert "(archive-withheld-inside)" in whole.stderr
    assert "毎月はじめの日曜日に" not in str(side_of(MIHON, ours / "archive", ours))

    told = koho("archive", "list", folder=ours).stdout + koho("archive", "verify", folder=ours).stdout
    assert "公開しない\tmihon\tchapter-1-1（朝市を開く）\t理由: 個人情報があったため、2026-04-01、広報課" in told
    assert "mihon\t無事です（公開しないもの: chapter-1-1）" in told
    lifted = koho("archive", "withhold", MIHON, "朝市を開く", "--undo", "--why", "本人の希望", folder=ours)
    assert lifted.returncode == 0, lifted.stderr
    assert {name: len(content) for name, content in site_of(ours).items()} == {
        name: len(content) for name, content in before.items()
    }
    assert site_of(ours) == before
    assert [each.act for each in read_register(ours / "archive", MIHON).acts] == ["withheld", "lifted"]


def test_a_withheld_picture_is_painted_over_and_its_caption_is_gone(ours: Path, koho: Koho) -> None:
    before = site_of(ours)
    shown_in = f"{MIHON}/chapter-1-2.html"  # other photographs have the same caption, and keep it
    assert shown_in in holding(before, CAPTION)
    done = koho("archive", "withhold", MIHON, "photos/mihon-1.jpg", "--why", "本人の申し出", folder=ours)
    assert done.returncode == 0, done.stderr
    after = site_of(ours)
    assert shown_in not in holding(after, CAPTION)
    assert shown_in in holding(after, "学校へ届けます")
    one, other = (pixels(files[f"{MIHON}/pages/p2.png"]) for files in (before, after))
    changed = ImageChops.difference(one, other).getbbox()
    assert changed is not None
    left, top, right, bottom = changed
    assert (right - left) * (bottom - top) > one.width * one.height * 0.08  # a photograph, not a line


def test_the_issues_own_title_takes_no_page_along(ours: Path) -> None:
    from koho_pdf.archive.locating import withholding

    act = withholding(ours / "archive" / MIHON, "introduction", "x")
    assert set(act.pages) == {1}
    assert act.pages[1]


def test_what_is_not_there_is_told_with_the_nearest(ours: Path, koho: Koho) -> None:
    for asked, near in (("chapter-1-9", "chapter-1-1（朝市を開く）"), ("photos/mihon-9.jpg", "photos/mihon-1.jpg"),
                        ("都市の水", "chapter-2-2（都市の水を守る）"), ("p9", "p1 から p4 まで")):  # fmt: skip
        done = koho("archive", "withhold", MIHON, asked, "--why", "x", folder=ours)
        assert (done.returncode, "(archive-no-article)" in done.stderr, near in done.stderr) == (5, True, True), asked
    assert not register_path(ours / "archive", MIHON).exists()
    done = koho("archive", "withhold", MIHON, "closing", "--undo", "--why", "x", folder=ours)
    assert (done.returncode, "(archive-not-withheld)" in done.stderr) == (5, True)
    done = koho("archive", "withhold", MIHON, "closing", "--why", " \n ", folder=ours)
    assert (done.returncode, "(usage)" in done.stderr) == (64, True)
    done = koho("archive", "withhold", MIHON, "closing", "--why", "x", "--date", "きのう", folder=ours)
    assert (done.returncode, "(usage)" in done.stderr) == (64, True)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A workspace whose archive holds one old PDF: contents on page 1, an article on page 2, one on page 3."""
    shutil.copy(REPOSITORY / "koho.yaml", tmp_path)
    for name in ("layouts", "press"):
        (tmp_path / name).symlink_to(REPOSITORY / name)
    body = "市では、四月から栄町の道路で工事を行います。通行止めの時間は午前九時からです。"
    pages = (
        typed("今月の内容をお知らせします", 60, 500, 18) + typed("二ページ 春の道路工事のお知らせ", 60, 460),
        typed("春の道路工事のお知らせ", 60, 500, 18) + typed(body, 60, 460),
        typed("図書館の休館日の変更", 60, 500, 18) + typed("五月の休館日は七日と十四日です。", 60, 460),
    )
    with pikepdf.new() as pdf:
        for page in pages:
            with pikepdf.open(io.BytesIO(hand_made(page))) as one:
                pdf.pages.extend(one.pages)
        target = io.BytesIO()
        pdf.save(target)
    entry = Entry(Path("old.pdf"), "koho-0812", 812, DAY, "第812号", "koho")
    bag = bagged(taken_in(target.getvalue(), entry).files, described("koho-0812", "第812号", "2010-04-01"))
    write_once(bag, tmp_path / "archive" / "koho-0812")
    assert [article.heading for article in read_record(tmp_path / "archive" / "koho-0812").articles][1:] == [
        "春の道路工事のお知らせ", "図書館の休館日の変更",
    ]  # fmt: skip
    return tmp_path


def test_of_an_old_pdf_every_page_that_shows_the_article_goes_whole(old: Path, koho: Koho) -> None:
    before = site_of(old)
    done = koho("archive", "withhold", "koho-0812", "春の道路工事のお知らせ", "--why", "誤り", folder=old)
    assert done.returncode == 0, done.stderr
    assert "ほかの記事（a1）にもあり" in done.stderr
    assert "(archive-words-elsewhere)" in done.stderr
    after = site_of(old)
    assert {name for name in after if "/pages/" in name} == {"koho-0812/pages/p3.png"}
    assert "koho-0812/cover.webp" not in after
    assert before["koho-0812/a3.html"] != after["koho-0812/a3.html"]  # it no longer has a link to the page before
    assert "図書館の休館日" in after["koho-0812/a3.html"].decode()
    assert "公開していません" in after["koho-0812/a2.html"].decode()
    assert holding(after, "通行止め", "栄町") == []
    assert "koho-0812/original.pdf" not in after
    assert koho("archive", "export", "koho-0812", "given.zip", folder=old).returncode == 0
    assert koho("archive", "export", "koho-0812", "given", folder=old).returncode == 0
    assert holding(held(old / "given"), "通行止め") == []
    assert koho("archive", "withhold", "koho-0812", "a1", "--why", "目次", folder=old).returncode == 0
    assert holding(site_of(old), "春の道路工事") == []


def test_a_page_is_withheld_with_all_that_begins_on_it(old: Path, koho: Koho) -> None:
    assert koho("archive", "withhold", "koho-0812", "p3", "--why", "写真", folder=old).returncode == 0
    after = site_of(old)
    assert {name for name in after if "/pages/" in name} == {"koho-0812/pages/p1.png", "koho-0812/pages/p2.png"}
    assert holding(after, "休館日") == []
    assert search(old / "archive", ["休館日"]).hits == ()


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A workspace whose archive holds the numbers 811 to 813."""
    for number in (811, 812, 813):
        of = record(f"koho-0{number}", number)
        payload = {"record.json": (released(tmp_path, of) / "record.json").read_bytes()}
        write_once(bagged(payload, described(of.name, of.title, "2010-04-01")), tmp_path / "archive" / of.name)
    shutil.copy(REPOSITORY / "koho.yaml", tmp_path)
    (tmp_path / "press").symlink_to(REPOSITORY / "press")
    return tmp_path


def test_a_removed_issue_stays_whole_explained_and_can_be_put_back(city: Path, koho: Koho) -> None:
    archive = city / "archive"
    bag = held(archive / "koho-0812")
    done = koho("archive", "remove", "koho-0812", "--why", "別の号の PDFだったため", "--by", "広報課", folder=city)
    assert done.returncode == 0, done.stderr
    assert held(archive / "_closed" / "1" / "koho-0812") == bag
    assert not (archive / "koho-0812").exists()
    listed = koho("archive", "list", folder=city).stdout.splitlines()
    assert "閉じた書庫\tkoho-0812\t広報るもい\t第812号\t2010-04-01\t理由: 別の号の PDFだったため、広報課" in listed
    assert not [line for line in listed if line.startswith("欠号")]
    assert [hit.issue.name for hit in search(archive, ["道路工事"]).hits] == ["koho-0813", "koho-0811"]
    checked = koho("archive", "verify", folder=city)
    assert checked.returncode == 0
    assert checked.stderr.count("[") == checked.stderr.count("(archive-unregistered)")  # bags that a test put there
    assert "koho-0812\t無事です（閉じた書庫、理由: 別の号の PDFだったため、広報課）" in checked.stdout
    for command in (("show",), ("export", "given"), ("withhold", "haru", "--why", "x")):
        done = koho("archive", command[0], "koho-0812", *command[1:], folder=city)
        assert (done.returncode, "閉じた書庫に移してあります（理由: 別の号の" in done.stderr) == (5, True), command

    again = koho("archive", "add", "koho-0812", folder=city)  # the right one, under the same name
    assert (again.returncode, "(archive-decided-before)" in again.stderr) == (0, True)
    back = koho("archive", "remove", "koho-0812", "--undo", "--why", "x", folder=city)
    assert (back.returncode, "(archive-number-taken)" in back.stderr) == (5, True)
    assert held(archive / "_closed" / "1" / "koho-0812") == bag
    assert koho("archive", "remove", "koho-0812", "--why", "これも違った", folder=city).returncode == 0
    assert sorted(path.name for path in (archive / "_closed").iterdir()) == ["1", "2"]
    for _ in range(2):  # the last one first
        back = koho("archive", "remove", "koho-0812", "--undo", "--why", "正しかった", folder=city)
        assert back.returncode == 0, back.stderr
        if _ == 0:
            shutil.rmtree(archive / "koho-0812")
    assert held(archive / "koho-0812") == bag
    back = koho("archive", "remove", "koho-0812", "--undo", "--why", "x", folder=city)
    assert (back.returncode, "(archive-not-closed)" in back.stderr) == (5, True)
    assert "閉じた書庫" not in koho("archive", "list", folder=city).stdout


def test_a_damaged_or_lost_or_unknown_bag_in_the_closed_folder_is_told(city: Path, koho: Koho) -> None:
    closed = city / "archive" / "_closed"
    assert koho("archive", "remove", "koho-0812", "--why", "x", folder=city).returncode == 0
    (closed / "1" / "koho-0812" / "data" / "record.json").write_bytes(b"{}")
    done = koho("archive", "verify", folder=city)
    assert (done.returncode, "(bag-file-changed)" in done.stderr) == (5, True)
    shutil.rmtree(closed / "1" / "koho-0812")
    done = koho("archive", "verify", "koho-0812", folder=city)
    assert (done.returncode, "(archive-closed-missing)" in done.stderr) == (5, True)
    (closed / "7" / "koho-0700").mkdir(parents=True)
    done = koho("archive", "verify", folder=city)
    assert "(archive-closed-unexplained)" in done.stderr
    assert koho("archive", "remove", "koho-0811", "--why", "x", folder=city).returncode == 0
    assert (closed / "8" / "koho-0811").is_dir()


def test_a_removal_stopped_halfway_shows_nothing_and_is_finished_by_the_next(city: Path, koho: Koho) -> None:
    archive = city / "archive"
    write_file(register_bytes("koho-0812", [Act("removed", "x", place=1)]), register_path(archive, "koho-0812"))
    found = search(archive, ["道路工事"])
    assert [hit.issue.name for hit in found.hits] == ["koho-0813", "koho-0811"]
    assert [finding.code for finding in found.findings] == ["removal-unfinished"]
    with pytest.raises(ArchiveError, match="まだ保存庫に残っています"):
        shown_of(archive / "koho-0812")
    done = koho("archive", "export", "koho-0812", "given", folder=city)
    assert (done.returncode, (city / "given").exists()) == (5, False)
    assert koho("archive", "remove", "koho-0812", "--why", "x", folder=city).returncode == 0
    assert [act.act for act in read_register(archive, "koho-0812").acts] == ["removed"]
    assert (archive / "_closed" / "1" / "koho-0812").is_dir()
    (archive / "_closed" / "1" / "koho-0812").rename(archive / "koho-0812")  # putting back, stopped halfway
    assert koho("archive", "remove", "koho-0812", "--undo", "--why", "x", folder=city).returncode == 0
    assert koho("archive", "verify", folder=city).returncode == 0


@pytest.mark.parametrize(
    "written",
    [b"", b"{", b"[]", b"\xff", b'{"schema": 2}', b'{"schema": 1, "issue": "koho-0812", "acts": [{"act": "withheld"}]}',
     b'{"schema": 1, "issue": "koho-0812", "acts": [{"act": "withheld", "why": "x", "articles": [-1]}]}',
     b'{"schema": 1, "issue": "koho-0812", "acts": [{"act": "withheld", "why": "x", "pages": {"x": []}}]}',
     b'{"schema": 1, "issue": "koho-0812", "acts": [{"act": "withheld", "why": "x", "other": 1}]}',
     b'{"schema": 1, "issue": "koho-0813", "acts": []}', b"[" * 100_000],
)  # fmt: skip
def test_a_register_nobody_can_read_shows_nothing_of_its_issue(city: Path, written: bytes) -> None:
    path = register_path(city / "archive", "koho-0812")
    path.parent.mkdir()
    path.write_bytes(written)
    found = search(city / "archive", ["道路工事"])
    assert [hit.issue.name for hit in found.hits] == ["koho-0813", "koho-0811"]
    assert [finding.code for finding in found.findings] == ["register-broken"]
    made = make_site(city / "archive", city / "site", LAYOUTS, city, "留萌市")
    assert [finding.code for finding in made.findings] == ["register-broken"]
    assert not (city / "site" / "koho-0812").exists()
    with pytest.raises(KohoError):
        side_of("koho-0812", city / "archive", city)


def test_a_revision_and_what_it_replaced(tmp_path: Path, koho: Koho) -> None:
    first = issue(812, 2010, 4, articles=2)
    keep(tmp_path / "archive", first)
    keep(tmp_path / "archive", type(first)(f"{first.name}-r2", *(getattr(first, each) for each in
         ("number", "date", "title", "kind", "articles", "pages"))))  # fmt: skip
    done = koho("archive", "withhold", "koho-0812-r2", "article-1", "--why", "x", folder=tmp_path)
    assert (done.returncode, "(archive-other-revision)" in done.stderr) == (0, True)
    assert "koho archive withhold koho-0812 article-1" in done.stderr
    after = site_of(tmp_path)
    for name in ("koho-0812/article-1.html", "koho-0812/article-2.html"):
        assert "新しい版があります" in after[name].decode()
    assert 'href="../koho-0812-r2/index.html"' in after["koho-0812/article-1.html"].decode()
    assert 'href="../koho-0812-r2/article-2.html"' in after["koho-0812/article-2.html"].decode()
    assert holding(after, first.articles[0].heading) == []
    done = koho("archive", "remove", "koho-0812-r2", "--why", "x", folder=tmp_path)
    assert (done.returncode, "(archive-older-shown)" in done.stderr) == (0, True)


def test_withholdings_go_with_their_bag_and_come_back_with_it() -> None:
    out, back = Act("removed", "x", place=3), Act("put-back", "x", place=3)
    one, two = Act("withheld", "x", what="a1"), Act("withheld", "x", what="a2")
    assert [*Register((one, two, Act("lifted", "x", what="a1"))).withheld] == ["a2"]
    assert [*Register((one, out)).withheld] == []
    assert [*Register((one, out)).removed] == [3]
    assert [*Register((one, out, two, back)).withheld] == ["a1"]
    assert Register((one, out, back)).removed == {}
    assert next_place(Path("/nowhere"), (out,)) == 4


def test_what_is_painted_over_is_not_in_the_picture() -> None:
    target = io.BytesIO()
    Image.effect_noise((101, 57), 90).convert("RGB").save(target, "PNG")
    made = covered(target.getvalue(), [(0.25, 0.25, 0.5, 0.75)])
    assert made is not None
    picture = pixels(made)
    assert picture.crop((26, 15, 50, 42)).getcolors(2) is not None
    assert picture.getpixel((24, 30)) == pixels(target.getvalue()).getpixel((24, 30))
    assert covered(b"no picture", [(0, 0, 1, 1)]) is None
    assert covered(target.getvalue(), [(0.25, 0.25, 0.5, 0.75)]) == made


def test_the_invented_year_is_a_sample_and_goes_into_an_archive_of_its_own(tmp_path: Path, koho: Koho) -> None:
    manuscript = (REPOSITORY / "content" / "2012-policy-leaflet" / "issue.yaml").read_text(encoding="utf-8")
    assert "\nsample: true" in manuscript
    shutil.copy(REPOSITORY / "koho.yaml", tmp_path)
    (tmp_path / "press").symlink_to(REPOSITORY / "press")
    folder = released(tmp_path, record("koho-0812"))
    told = json.loads((folder / "release.json").read_bytes())
    (folder / "release.json").write_text(json.dumps({**told, "sample": True}), encoding="utf-8")
    done = koho("archive", "add", "koho-0812", folder=tmp_path)
    assert (done.returncode, "見本の保存庫（archive-samples）に" in done.stdout) == (0, True)
    assert not (tmp_path / "archive").exists()
    assert verified(tmp_path / "archive-samples" / "koho-0812") == ()
    assert koho("archive", "verify", "--samples", folder=tmp_path).stdout.startswith("koho-0812\t無事です\n1袋\t")
    assert "koho-0812" in koho("archive", "list", "--samples", folder=tmp_path).stdout
    assert "(no-archive)" in koho("archive", "verify", folder=tmp_path).stderr
