"""The archive's site on disk: every link leads somewhere, nothing print-only is in it, only what changed is written."""

from __future__ import annotations

import datetime
import gzip
import os
import re
import shutil
import signal
import time
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from tests.archive.years import bag_up, issue, keep, small_archive
from tests.conftest import Koho

from koho_pdf.archive.bags.record import Article, Record
from koho_pdf.archive.site.publishing import Made, make_site
from koho_pdf.archive.site.site_map import site_map, wareki
from koho_pdf.errors import ArchiveError, KohoError, UsageError

REPOSITORY = Path(__file__).parents[2]
LINK = re.compile(r'(?:href|src)="([^"]*)"')
ATOM = "{http://www.w3.org/2005/Atom}"


def made(archive: Path, site: Path, url: str = "") -> Made:
    return make_site(archive, site, REPOSITORY / "layouts", REPOSITORY, "留萌市", url=url)


def files_of(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def traces_of(site: Path) -> dict[str, tuple[int, int]]:
    """What changes when a file is written: its time and its inode."""
    found = {path.relative_to(site).as_posix(): path.stat() for path in site.rglob("*") if path.is_file()}
    return {name: (stat.st_mtime_ns, stat.st_ino) for name, stat in found.items()}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive and its site beside it; both stay as they are."""
    folder = tmp_path_factory.mktemp("first")
    assert made(small_archive(folder / "archive"), folder / "site").findings == ()
    return folder


@pytest.fixture
def archive(first: Path, tmp_path: Path) -> Path:
    """A copy of it that may be edited."""
    return Path(shutil.copytree(first / "archive", tmp_path / "archive"))


@pytest.fixture
def site(first: Path, tmp_path: Path) -> Path:
    """A copy of it that may be made again from ``archive``."""
    return Path(shutil.copytree(first / "site", tmp_path / "site"))


def test_every_link_of_every_page_leads_to_a_file_of_the_site(site: Path) -> None:
    seen = set()
    for page in site.rglob("*.html"):
        if page.name == "404.html":
            continue
        for link in LINK.findall(page.read_text(encoding="utf-8")):
            parts = urlsplit(link)
            if link == "data:,":
                continue
            assert not parts.scheme, link
            assert not parts.netloc, link
            target = (page.parent / unquote(parts.path)) if parts.path else page
            assert target.is_file(), f"{page}: {link}"
            assert target.resolve().is_relative_to(site.resolve())
            if parts.fragment and target.suffix == ".html":
                assert f'id="{parts.fragment}"' in target.read_text(encoding="utf-8")
            seen.add(target.resolve())
    unlinked = {path for path in site.rglob("*.html") if path.resolve() not in seen}
    assert {path.name for path in unlinked} == {"404.html"}


def test_issues_are_found_by_year_by_neighbour_and_by_the_same_month(site: Path) -> None:
    front = (site / "index.html").read_text(encoding="utf-8")
    assert re.findall(r"<b>(\d+)年</b> <span>(.*?)</span> <span>(\d+)号", front) == [
        ("2013", "平成25年", "5"),
        ("2012", "平成24年", "4"),
        ("2011", "平成23年", "4"),
        ("1988", "昭和63年", "1"),
    ]
    assert "第513号から第800号、第805号" in front
    page = (site / "koho-0807" / "index.html").read_text(encoding="utf-8")
    assert re.findall(r'rel="(prev|next)" href="([^"]+)"', page) == [
        ("prev", "../koho-0806/index.html"),
        ("next", "../koho-0808/index.html"),
    ]
    assert re.findall(r'<span>(.の年の同じ月)</span> <a href="([^"]+)"', page) == [
        ("前の年の同じ月", "../koho-0802/index.html"),
        ("次の年の同じ月", "../koho-0811/index.html"),
    ]
    article = (site / "koho-0807" / "article-2.html").read_text(encoding="utf-8")
    assert re.findall(r'rel="(prev|next)" href="([^"]+)"', article) == [
        ("prev", "../koho-0807/article-1.html"),
        ("next", "../koho-0807/article-3.html"),
    ]


def test_an_old_pdf_stands_with_its_original_and_a_word_about_its_text(site: Path) -> None:
    page = (site / "koho-0512" / "index.html").read_text(encoding="utf-8")
    assert 'href="original.pdf"' in page
    assert "読み違いや文字化けがあるかもしれません" in page
    assert (site / "koho-0512" / "original.pdf").read_bytes() == b"%PDF-1.3 old"
    assert (site / "koho-0512" / "a1.html").is_file()


def test_a_year_of_two_eras_is_called_by_both() -> None:
    assert [wareki(year) for year in (2013, 2019, 1926, 1850)] == [
        "平成25年",
        "平成31年・令和元年",
        "大正15年・昭和元年",
        "",
    ]


def test_what_is_print_only_or_unknown_is_not_published(archive: Path, tmp_path: Path) -> None:
    held = archive / "koho-0801" / "data"
    secret = b"OKUYAMI-0164"
    outside = tmp_path / "outside.txt"
    outside.write_bytes(secret)
    for name in ("print/package/a.pdf", "release.json", "web/print.pdf/../../print/x", "source.yaml", "quality.txt"):
        path = held / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(secret)
    (held / "web").mkdir(exist_ok=True)
    (held / "web" / "link.html").symlink_to(held / "print" / "package" / "a.pdf")
    (held / "text" / "link.txt").symlink_to(outside)
    (held / "web" / "index.html").write_text("<p>web", encoding="utf-8")
    made(archive, tmp_path / "site")
    files = files_of(tmp_path / "site")
    assert "koho-0801/web/index.html" in files
    assert not [name for name, content in files.items() if secret in content]


def test_the_same_archive_gives_the_same_bytes_and_a_second_run_writes_nothing(
    archive: Path, site: Path, tmp_path: Path
) -> None:
    before = traces_of(site)
    again = made(archive, site)
    assert (again.written, again.removed) == (0, 0)
    assert {name: trace for name, trace in traces_of(site).items() if name != ".koho-site"} == {
        name: trace for name, trace in before.items() if name != ".koho-site"
    }
    made(archive, tmp_path / "other")
    assert files_of(tmp_path / "other") == files_of(site)


def test_an_added_issue_writes_only_what_tells_of_it(archive: Path, site: Path) -> None:
    before = traces_of(site)
    assert len([name for name in before if name.startswith("pagefind/from-1988/fragment/")]) == 4 * 8 + 2  # and _LAST
    keep(archive, replace(issue(814, 2013, 12), date=datetime.date(2013, 12, 15)))
    made(archive, site)
    after = traces_of(site)
    changed = {name for name in before if after.get(name) != before[name]}
    searched = {name for name in changed if name.startswith("pagefind/")}
    assert not [name for name in searched if name.startswith(("pagefind/from-1988/", "pagefind/fragment/"))]
    expected = {".koho-site", "index.html", "feed.xml", "2013/index.html", "koho-0813/index.html"}
    beside = {page.relative_to(site).as_posix() for page in (site / "koho-0809").glob("*.html")}  # December a year ago
    assert changed - searched == expected | beside
    assert {name.split("/")[0] for name in after.keys() - before.keys()} == {"koho-0814", "pagefind"}


def test_the_first_issue_of_a_year_is_searched_beside_all_others(archive: Path, site: Path, tmp_path: Path) -> None:
    keep(archive, issue(814, 2014, 3))
    made(archive, site)
    assert len(list((site / "pagefind" / "fragment").iterdir())) == 4 + 1  # and _LAST
    assert len(list((site / "pagefind" / "from-1988" / "fragment").iterdir())) == 4 * 12 + 2 + 1
    made(archive, tmp_path / "fresh")
    assert files_of(site) == files_of(tmp_path / "fresh")


def test_a_removed_issue_goes_and_what_is_not_ours_stays(archive: Path, site: Path, tmp_path: Path) -> None:
    assert "/koho-0801/" in everything(site)
    (site / "CNAME").write_text("koho.example\n", encoding="utf-8")
    (site / "koho-0801" / "ours.txt").write_text("by hand", encoding="utf-8")
    shutil.rmtree(archive / "koho-0801")
    shutil.rmtree(archive / "koho-0512")
    assert made(archive, site).removed > 0
    assert [path.name for path in (site / "koho-0801").iterdir()] == ["ours.txt"]
    assert not (site / "koho-0512").exists()
    assert not (site / "1988").exists()
    assert not re.search("koho-0801/|koho-0512/", everything(site))
    assert (site / "CNAME").is_file()
    made(archive, tmp_path / "fresh")
    ours = {name: content for name, content in files_of(site).items() if name not in ("CNAME", "koho-0801/ours.txt")}
    assert ours == files_of(tmp_path / "fresh")


def test_a_changed_page_picture_is_taken_over(archive: Path, site: Path) -> None:
    source = archive / "koho-0801" / "data" / "pages"
    cover = (site / "koho-0801" / "cover.webp").read_bytes()
    shutil.copy(source / "p4.png", source / "p1.png")
    os.utime(source / "p1.png", ns=(10**18, 10**18))
    made(archive, site)
    assert (site / "koho-0801" / "pages" / "p1.png").read_bytes() == (source / "p4.png").read_bytes()
    assert (site / "koho-0801" / "cover.webp").read_bytes() != cover


def test_a_revision_replaces_the_issue_and_its_old_addresses_lead_on(archive: Path, tmp_path: Path) -> None:
    old = issue(813, 2013, 12)
    keep(archive, replace(old, articles=(*old.articles, Article("取り消した記事", STALE, 1))), {"screen.pdf": b"old"})
    made(archive, tmp_path / "site", "https://www.example.lg.jp/koho")
    assert STALE in everything(tmp_path / "site")
    keep(archive, replace(old, name="koho-0813-r2"))
    keep(archive, replace(old, name="koho-0813-r10"))
    site = tmp_path / "site"
    made(archive, site, "https://www.example.lg.jp/koho")
    year = (site / "2013" / "index.html").read_text(encoding="utf-8")
    assert re.findall(r"koho-0813[^/]*", year) == ["koho-0813-r10", "koho-0813-r10"]  # its link and its cover
    assert {path.name for path in (site / "koho-0813").rglob("*")} == {
        *("index.html", "a5.html", *(f"article-{place}.html" for place in range(1, 5))),
    }
    leads = re.compile(r'note">.*href="([^"]*)"')
    for name, target in (("index", "index"), ("article-1", "article-1"), ("a5", "index")):
        text = (site / "koho-0813" / f"{name}.html").read_text(encoding="utf-8")
        assert leads.findall(text) == [f"../koho-0813-r10/{target}.html"]
    assert STALE not in everything(site)
    for name in ("feed.xml", "sitemap.xml"):
        assert set(re.findall(r"koho-0813[^/]*", (site / name).read_text(encoding="utf-8"))) == {"koho-0813-r10"}


STALE = "取り消された言葉"


def everything(site: Path) -> str:
    """All a visitor could read of a site, the texts beside its search index (Pagefind's, gzip) too."""
    texts = []
    for path in site.rglob("*"):
        if path.suffix in (".html", ".xml", ".js"):
            texts.append(path.read_text(encoding="utf-8"))
        elif path.suffix == ".pf_fragment":
            texts.append(gzip.decompress(path.read_bytes()).decode())
    return "\n".join(texts)


HOSTILE = '"><script>alert(1)</script>{{ 7*7 }}\x00\x1b\ud800]]>'
KEYS = ("../../outside", "javascript:alert(1)", "index", "same", "same", "", "a6", "good-key")


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    archive = tmp_path / "archive"
    articles = tuple(Article(HOSTILE, HOSTILE, 1, HOSTILE, key) for key in KEYS)
    day = datetime.date(2012, 2, 29)
    keep(archive, Record("koho-1", 2**31 - 1, day, HOSTILE, HOSTILE, articles, 2**31 - 1))
    keep(archive, Record("koho-2", 0, datetime.date.min, "", "", (Article("", "", 2**31 - 1),), 0))
    keep(archive, Record("2013", 3, day, "年", "koho", articles, 1))
    keep(archive, Record("pagefind", 3, day, "年", "koho", articles, 1))
    (archive / "koho-3" / "data").mkdir(parents=True)
    (archive / "koho-3" / "data" / "record.json").write_text("{", encoding="utf-8")
    (archive / "koho-1" / "data" / "pages" / "p1.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\xff" * 40)
    return archive


def test_hostile_records_are_words_and_nothing_else(hostile: Path, tmp_path: Path) -> None:
    told = made(hostile, tmp_path / "site", "https://www.example.lg.jp/koho").findings
    assert sorted(finding.code for finding in told) == ["record-broken", "site-name", "site-name"]
    site = tmp_path / "site"
    assert sorted(path.name for path in (site / "koho-1").glob("*.html")) == sorted(
        ["index.html", "good-key.html", "a6.html", *(f"a{place}.html" for place in (1, 2, 3, 4, 5)), "a6x.html"]
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["archive", "site"]
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert "<script>" not in text
        assert "49" not in text
        assert not [
            link for link in LINK.findall(text) if ":" in link and not link.startswith(("https://www", "data:,"))
        ]
    for name in ("feed.xml", "sitemap.xml"):
        ET.parse(site / name)


def test_the_feed_and_the_sitemap_tell_of_the_newest(archive: Path, tmp_path: Path) -> None:
    made(archive, tmp_path / "site", "https://www.example.lg.jp/koho")
    feed = ET.parse(tmp_path / "site" / "feed.xml").getroot()
    entries = feed.findall(f"{ATOM}entry")
    titles = [entry.findtext(f"{ATOM}title") for entry in entries]
    assert titles[:2] == ["広報るもい 第813号（2013年12月1日）", "秋鮭まつりを開きます"]
    assert feed.findtext(f"{ATOM}updated") == "2013-12-01T00:00:00+09:00"
    ids = [entry.findtext(f"{ATOM}id") or "" for entry in entries]
    assert len(set(ids)) == len(ids)
    assert all(identity.startswith("urn:uuid:") for identity in ids)
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    places = [place.text or "" for place in ET.parse(tmp_path / "site" / "sitemap.xml").getroot().iter(f"{space}loc")]
    assert "https://www.example.lg.jp/koho/koho-0807/article-2.html" in places
    base = "https://www.example.lg.jp/koho/"
    assert all((tmp_path / "site" / place.removeprefix(base)).is_file() for place in places)


def test_a_run_stopped_at_any_write_leaves_whole_files_and_the_next_run_heals(
    archive: Path, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = files_of(site)
    keep(archive, issue(814, 2014, 3, articles=2, pages=1))
    shutil.rmtree(archive / "koho-0801")
    made(archive, tmp_path / "fresh")
    new = files_of(tmp_path / "fresh")
    put = Path.replace
    stop, finished = -11, False
    while not finished:
        stop += 11
        work = tmp_path / f"stopped-{stop}"
        shutil.copytree(site, work)
        left = iter(range(stop))

        def until(self: Path, target: Any, left: Any = left) -> Path:
            if next(left, None) is None:
                raise KeyboardInterrupt
            return put(self, target)

        monkeypatch.setattr(Path, "replace", until)
        try:
            made(archive, work)
            finished = True
        except KeyboardInterrupt:
            pass
        monkeypatch.setattr(Path, "replace", put)
        for name, content in files_of(work).items():
            if not name.endswith(".koho-part") and name != ".koho-site":
                assert content in (old.get(name), new.get(name)), name
        made(archive, work)
        assert files_of(work) == new
    assert stop > 20


def test_a_killed_run_is_healed(archive: Path, tmp_path: Path) -> None:
    made(archive, tmp_path / "fresh")
    for wait in (0.0, 0.05, 0.1, 0.2, 0.4):
        child = os.fork()
        if child == 0:
            try:
                made(archive, tmp_path / "killed")
            finally:
                os._exit(0)
        time.sleep(wait)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    made(archive, tmp_path / "killed")
    assert files_of(tmp_path / "killed") == files_of(tmp_path / "fresh")


def test_a_folder_with_other_files_is_left_alone(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ArchiveError) as refused:
        made(archive, tmp_path / "home")
    assert [finding.code for finding in refused.value.findings] == ["site-folder-taken"]
    assert [path.name for path in (tmp_path / "home").iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "koho", "https://", "https://a.example/?q", "ftp://a.example/"])
def test_a_base_address_is_one_of_the_web(archive: Path, tmp_path: Path, url: str) -> None:
    with pytest.raises(UsageError) as refused:
        made(archive, tmp_path / "site", url)
    assert [finding.code for finding in refused.value.findings] == ["site-url"]


def test_what_cannot_be_done_is_told(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def code(archive: Path, site: Path) -> str:
        with pytest.raises(KohoError) as refused:
            made(archive, site)
        return refused.value.findings[0].code

    assert code(tmp_path / "nothing", tmp_path / "site") == "no-archive"
    (tmp_path / "file").write_bytes(b"")
    assert code(archive, tmp_path / "file") == "site-not-written"
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", "/bin/false")
    assert code(archive, tmp_path / "site") == "site-search-failed"


def test_an_archive_without_articles_has_a_site(tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    made(tmp_path / "archive", tmp_path / "site")
    assert "公開している号はまだありません" in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")


def test_the_map_of_no_issues_is_empty() -> None:
    empty = site_map(())
    assert (empty.issues, empty.years, empty.current) == ((), (), ())


def test_the_command_writes_the_site_below_out(koho: Koho, workspace: Path) -> None:
    bag_up(small_archive(workspace / "archive"))
    done = koho("-C", str(workspace), "archive", "site")
    assert (done.returncode, done.stderr) == (0, "")
    assert "14号、50記事" in done.stdout
    assert (workspace / "out" / "archive-site" / "pagefind" / "pagefind.js").is_file()


def test_a_corrected_article_leads_to_its_correction(archive: Path, tmp_path: Path) -> None:
    """お詫びと訂正: the old article's page says so, in whichever revision it stands; nobody else's does."""
    before = issue(813, 2014, 1)
    keep(archive, replace(before, name="koho-0813-r2"))
    said = ("koho-0813/article-2", "koho-0999/nothing")
    words = Article("おわびと訂正", "誤 25日\n正 26日", 1, "総務課", "correction", corrects=said)
    keep(archive, replace(issue(814, 2014, 2), articles=(words,)))
    assert made(archive, tmp_path / "site").findings == ()
    pages = {path: path.read_text(encoding="utf-8") for path in (tmp_path / "site").rglob("*.html")}
    told = [path for path, page in pages.items() if "訂正があります" in page]
    assert [path.relative_to(tmp_path / "site").as_posix() for path in told] == ["koho-0813-r2/article-2.html"]
    note = re.search(r'class="note">(.*?)</p>', pages[told[0]])
    assert note is not None
    assert 'href="../koho-0814/correction.html"' in note[1]
    assert "第814号（2014年2月1日）" in note[1]
