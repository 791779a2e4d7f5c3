"""Past issues are found by their words, however these were written, and shown as they were written."""

from __future__ import annotations

import datetime
import json
import os
import sqlite3
import unicodedata
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.archive.inside import run
from tests.conftest import Koho

from koho_pdf.archive.bags.holdings import Issue, missing_numbers
from koho_pdf.archive.bags.record import Article, Record, read_record, record_bytes
from koho_pdf.archive.search import index as index_module
from koho_pdf.archive.search.asking import MOST_CHARACTERS, Piece, marked, search, snippet
from koho_pdf.archive.search.folding import fold, fold_with_places
from koho_pdf.archive.search.index import MOST_COUNTED, Index, with_index
from koho_pdf.archive.search.variants import VARIANTS
from koho_pdf.errors import ArchiveError, KohoError, UsageError


def keep(archive: Path, record: Record) -> None:
    folder = archive / record.name / "data"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "record.json").write_bytes(record_bytes(record))


def issue(name: str, day: str, *articles: Article, number: int | None = None, kind: str = "koho") -> Record:
    return Record(name, number, datetime.date.fromisoformat(day), "広報るもい", kind, articles, 8)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Three issues: two of 広報 (numbers 810 and 813), one leaflet."""
    folder = tmp_path / "archive"
    keep(
        folder,
        issue(
            "koho-0810",
            "2010-02-01",
            Article("敬老の日のつどい", "髙橋さんと山﨑さんが出席しました。\n山田　太郎さんも。", 1, "健康福祉課"),
            Article("ごみの出し方", "燃やせないゴミは２５日（木）です。㈱るもい☎42-1801", 3, "生活環境課"),
            number=810,
        ),
    )
    keep(
        folder,
        issue(
            "koho-0813",
            "2013-03-31",
            Article("辻󠄀堂の老人ホーム", "日の出に敬い、老いを語る。", 2, "健康福祉課"),
            Article("市政の方針", "市が行う市政。敬老の日の式典は中止。", 5, "総務課秘書係"),
            number=813,
        ),
    )
    keep(
        folder,
        issue("leaflet", "2013-04-01", Article("重点", "市政執行の取組", 1, key="priorities"), kind="policy-leaflet"),
    )
    (folder / "koho-0810" / "data" / "pages").mkdir()
    (folder / "koho-0810" / "data" / "pages" / "p3.png").write_bytes(b"")
    return folder


def headings(archive: Path, *words: str, year: str = "", kind: str = "", department: str = "") -> list[str]:
    found = search(archive, words, year=year, kind=kind, department=department)
    assert found.findings == ()
    assert found.count == len(found.hits)
    return [written(hit.heading) for hit in found.hits]


def written(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def hits_in(pieces: Sequence[Piece]) -> list[str]:
    return [piece.text for piece in pieces if piece.hit]


@pytest.mark.parametrize(
    ("asked", "stands"),
    [
        ("高橋", "髙橋"),
        ("10～12時", "10〜12時"),
        ("10〜12時", "10~12時"),
        ("1200円", "1,200円"),
        ("1,200円", "１，２００円"),
        ("12,345,678", "12345678"),
        ("cafe", "Café"),
        ("CAFÉ", "ｃａｆｅ"),
        ("Zürich", "Zu\u0308rich"),
        ("〇印", "○印"),
        ("◯印", "〇印"),
        ("髙橋", "高橋"),
        ("山崎", "山﨑"),
        ("山嵜", "山﨑"),
        ("吉田", "𠮷田"),
        ("辻", "辻󠄀"),
        ("渡邊", "渡邉"),
        ("渡辺", "渡邊"),
        ("神社", "\ufa19社"),
        ("国宝", "國寶"),
        ("ごみ", "ゴミ"),
        ("ゴミ", "ｺﾞﾐ"),
        ("がん", "カ\u3099ン"),
        ("がん", "か゛ん"),
        ("PDF", "ｐｄｆ"),
        ("25", "２５"),
        ("(株)", "㈱"),
        ("株", "㈱"),
        ("平成", "㍻"),
        ("霞ヶ浦", "霞ケ浦"),
        ("0164-42", "０１６４－４２"),
        ("山田太郎", "山田　太郎"),
        ("山田太郎", "山田 \u200b太郎"),
    ],
)
def test_what_is_written_otherwise_is_found_and_marked_as_written(asked: str, stands: str) -> None:
    pieces = marked(f"前{stands}後", [fold(asked)])
    assert written(pieces) == f"前{stands}後"
    assert hits_in(pieces) == [stands]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("斉藤", "斎藤"),
        ("坂", "阪"),
        ("碕", "崎"),
        ("ひ", "び"),
        ("っ", "つ"),
        ("1,2", "12"),
        ("4,20", "420"),
        ("か", "が"),
    ],
)
def test_different_characters_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_the_table_of_variants_is_of_single_kanji_and_leads_to_its_end_at_once() -> None:
    assert len(VARIANTS) > 400
    for variant, form in VARIANTS.items():
        assert unicodedata.category(variant) == "Lo"
        assert unicodedata.normalize("NFKC", variant) == variant, f"{variant} is undone by normalisation already"
        assert unicodedata.name(form).startswith("CJK UNIFIED")
        assert form not in VARIANTS
        assert len(form.encode("euc_jp")) == 2, f"{form} is not of JIS X 0208"


@given(st.text())
@example("か゛\ufe0f㌔")
@example("\ud800")
def test_folding_knows_where_everything_stood(text: str) -> None:
    folded, places = fold_with_places(text)
    assert folded == fold(text)
    assert len(places) == len(folded) + 1
    assert places == sorted(places)
    assert places[-1] == len(text)
    folded.encode()


def test_one_character_is_found(archive: Path) -> None:
    assert headings(archive, "市") == ["重点", "市政の方針"]
    assert headings(archive, "☎") == ["ごみの出し方"]
    assert headings(archive, "髙") == ["敬老の日のつどい"]
    assert headings(archive, "龘") == []


def test_a_phrase_is_found_in_its_order_alone(archive: Path) -> None:
    assert headings(archive, "敬老の日") == ["市政の方針", "敬老の日のつどい"]
    assert headings(archive, "敬老の日の式典") == ["市政の方針"]
    assert headings(archive, "日の老") == []


def test_nothing_is_found_across_paragraphs_or_from_heading_to_text(archive: Path) -> None:
    assert headings(archive, "しました。山田") == []
    assert headings(archive, "つどい髙橋") == []
    keep(archive, issue("pairs", "2014-01-01", Article("", "甲乙\n乙丙", 1)))
    assert headings(archive, "甲乙") == headings(archive, "乙丙") == [""]
    assert headings(archive, "甲乙丙") == []


def test_all_words_are_needed(archive: Path) -> None:
    assert headings(archive, "敬老の日", "髙橋") == ["敬老の日のつどい"]
    assert headings(archive, "敬老の日　式典") == ["市政の方針"]
    assert headings(archive, "市 敬老 中止 典") == ["市政の方針"]


@pytest.mark.parametrize(
    ("year", "found"),
    [
        ("2013", ["重点", "市政の方針"]),
        ("2013年", ["重点", "市政の方針"]),
        ("平成25年", ["重点", "市政の方針"]),
        ("２０１０", []),
        ("平成24年度", ["市政の方針"]),
        ("2013年度", ["重点"]),
        ("昭和64年", []),
        ("令和元年", []),
    ],
)
def test_years_and_fiscal_years(archive: Path, year: str, found: list[str]) -> None:
    assert headings(archive, "市政", year=year) == found


def test_kind_is_whole_and_department_a_part(archive: Path) -> None:
    assert headings(archive, "市政", kind="koho") == ["市政の方針"]
    assert headings(archive, "市政", kind="policy-leaflet") == ["重点"]
    assert headings(archive, "市政", kind="policy") == []
    assert headings(archive, "の", department="福祉") == ["辻󠄀堂の老人ホーム", "敬老の日のつどい"]
    assert headings(archive, "の", department="課", kind="koho", year="平成22年") == [
        "敬老の日のつどい",
        "ごみの出し方",
    ]
    assert headings(archive, "福祉") == [], "a department is no text"
    assert headings(archive, "koho") == [], "neither is a kind"


def test_a_hit_says_where_it_stands(archive: Path) -> None:
    (hit,) = search(archive, ["(株)", "25"]).hits
    assert (hit.issue.name, hit.issue.number, hit.issue.date) == ("koho-0810", 810, datetime.date(2010, 2, 1))
    assert (hit.page, hit.department, hit.picture) == (3, "生活環境課", "koho-0810/data/pages/p3.png")
    assert (archive / (hit.picture or "")).is_file()
    assert written(hit.snippet) == "燃やせないゴミは２５日（木）です。㈱るもい☎42-1801"
    assert hits_in(hit.snippet) == ["２５", "㈱"]
    (other,) = search(archive, ["髙橋"]).hits
    assert other.picture is None


def test_a_snippet_is_cut_around_the_first_hit() -> None:
    text = "前置き。" * 40 + "ここで髙橋さんが話しました。" + "後書き。" * 40
    pieces = snippet(text, ["高橋"])
    assert hits_in(pieces) == ["髙橋"]
    assert written(pieces).startswith("…")
    assert written(pieces).endswith("…")
    assert len(written(pieces)) < 100
    assert written(snippet("段落一。\n段落二の市。", ["市"])) == "…段落二の市。"


def test_the_newest_come_first_and_are_counted_to_a_limit(tmp_path: Path) -> None:
    many = [Article(f"記事{number}", "市の文", 1) for number in range(MOST_COUNTED // 2)]
    for year in (2011, 2009, 2010):
        keep(tmp_path, issue(f"koho-{year}", f"{year}-01-01", *many))
    found = search(tmp_path, ["市"], limit=3)
    assert [(hit.issue.name, written(hit.heading)) for hit in found.hits] == [
        ("koho-2011", "記事0"),
        ("koho-2011", "記事1"),
        ("koho-2011", "記事2"),
    ]
    assert (found.count, found.more) == (MOST_COUNTED, True)
    found = search(tmp_path, ["市"], year="2010")
    assert (len(found.hits), found.count, found.more) == (20, MOST_COUNTED // 2, False)


@pytest.mark.parametrize(
    "words",
    [
        '"',
        "'",
        '" OR "',
        "市 OR 敬老",
        "NOT 市",
        "市*",
        "text:市",
        "NEAR(市 政)",
        "市) OR (政",
        "^市",
        "{text}",
        "a-b",
        "%",
        "_",
        "\\",
        "市\x00政",
        "\x00市",
        "\ud800市",
        "市\ue000",
        "n",
        "市n政",
        "'; DROP TABLE article; --",
        "市　" * 30,
        "の" * MOST_CHARACTERS,
    ],
)
def test_hostile_words_are_only_words(archive: Path, words: str) -> None:
    before = headings(archive, "市")
    plain = [
        "".join(fold(f"{article.heading}\n{article.text}"))
        for name in ("leaflet", "koho-0813", "koho-0810")
        for article in read_record(archive / name).articles
    ]
    asked = [fold(word) for word in words.split()]
    expected = sum(all(word in text for word in asked) for text in plain)
    assert len(headings(archive, words)) == expected
    assert headings(archive, "市") == before


@given(st.text(alphabet="市政敬老の日髙高ゴごミみ２2\n *:^()n𠮷吉", max_size=12))
def test_any_words_find_what_holds_them(tmp_path_factory: pytest.TempPathFactory, words: str) -> None:
    texts = ["敬老の日", "市政の日\n髙橋と𠮷田", "ゴミの日２2", "日の市政(n)", 'の"市*政^"', "みごみ吉 高"]
    folder = tmp_path_factory.getbasetemp() / "any-words"
    if not folder.exists():
        keep(folder, issue("koho", "2010-01-01", *(Article("", text, 1) for text in texts)))
    asked = [word for word in map(fold, words.split()) if word]
    if asked:
        assert {written(hit.snippet) for hit in search(folder, [words]).hits} == {
            written(snippet(text, asked)) for text in texts if all(word in fold(text) for word in asked)
        }
    else:
        with pytest.raises(UsageError):
            search(folder, [words])


@pytest.mark.parametrize(
    ("words", "year", "code"),
    [
        ([], "", "no-search-words"),
        (["　", "\u200b\x00"], "", "no-search-words"),
        (["市" * 10_000], "", "search-too-long"),
        (["市 " * 10_000], "", ""),
        ([" ".join(map(chr, range(0x4E00, 0x4E00 + 10_000)))], "", "search-too-long"),
        (["市"], "去年", "year-not-understood"),
        (["市"], "0", "year-not-understood"),
        (["市"], "平成99年度", "year-not-understood"),
        (["市"], "9" * 5000, "year-not-understood"),
    ],
)
def test_what_cannot_be_asked_is_told(archive: Path, words: list[str], year: str, code: str) -> None:
    if not code:  # one word again and again is one word
        assert search(archive, words, year=year).count == 2
        return
    with pytest.raises(UsageError) as caught:
        search(archive, words, year=year)
    assert [found.code for found in caught.value.findings] == [code]


def test_an_issue_added_changed_or_taken_away_is_noticed(archive: Path) -> None:
    assert headings(archive, "除雪") == []
    keep(archive, issue("koho-0809", "2010-01-01", Article("除雪のお願い", "道の除雪", 1)))
    assert headings(archive, "除雪") == ["除雪のお願い"]
    keep(archive, issue("koho-0809", "2011-01-01", Article("別の話", "雪かきの道", 1), Article("又", "道", 1)))
    assert headings(archive, "除雪") == []
    assert headings(archive, "道") == ["別の話", "又"]
    assert headings(archive, "雪", year="2010") == []
    (archive / "koho-0809" / "data" / "record.json").unlink()
    assert headings(archive, "道") == []
    with closing(sqlite3.connect(archive / "index.sqlite")) as database:
        database.execute("INSERT INTO words (words) VALUES ('integrity-check')")
        assert database.execute("SELECT count(*) FROM article").fetchone() == (5,)


def test_two_issues_of_one_day_do_not_disturb_each_other(archive: Path) -> None:
    keep(archive, issue("extra", "2013-04-01", Article("号外", "市政の号外", 1), kind="extra"))
    assert sorted(headings(archive, "市政", year="2013年度")) == ["号外", "重点"]


def break_not_sqlite(path: Path) -> None:
    path.write_bytes(b"not a database, but some bytes" * 1000)


def break_empty(path: Path) -> None:
    path.write_bytes(b"")


def break_middle(path: Path) -> None:
    written = bytearray(path.read_bytes())
    written[16384:] = b"\xff" * (len(written) - 16384)
    path.write_bytes(written)


def break_cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:20000])


def break_older(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE made_by SET identity = '0 1.1'")
        database.execute("DELETE FROM article")


def break_other(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE shopping (item TEXT)")


def break_texts(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE article SET text = x'00'")


def break_rows(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("DELETE FROM article")


def break_table(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("DROP TABLE words")


BREAKING = [
    break_not_sqlite,
    break_empty,
    break_middle,
    break_cut,
    break_older,
    break_other,
    break_texts,
    break_rows,
    break_table,
]


@pytest.mark.parametrize("breaking", BREAKING, ids=lambda each: each.__name__)
def test_a_broken_foreign_or_older_index_is_made_anew(archive: Path, breaking: Callable[[Path], None]) -> None:
    before = headings(archive, "市")
    breaking(archive / "index.sqlite")
    assert headings(archive, "市") == before
    assert sorted(path.name for path in archive.iterdir() if path.is_file()) == ["index.sqlite"]


def test_an_index_in_use_is_told(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    headings(archive, "市")
    monkeypatch.setattr(index_module, "_PATIENCE", 0.05)
    with closing(sqlite3.connect(archive / "index.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(ArchiveError) as caught:
            search(archive, ["市"])
        other.execute("ROLLBACK")
    assert [found.code for found in caught.value.findings] == ["index-busy"]
    assert headings(archive, "市")


def test_an_archive_that_cannot_be_written_to_is_searched_all_the_same(archive: Path) -> None:
    told = headings(archive, "市")
    (archive / "index.sqlite").unlink()
    (archive / "index.sqlite").mkdir()
    assert headings(archive, "市") == told != []
    assert not list((archive / "index.sqlite").iterdir())
    with pytest.raises(ArchiveError) as caught:
        with_index(archive, Index.issues, anew=True)
    assert [found.code for found in caught.value.findings] == ["index-not-written"]


def test_a_making_that_was_killed_leaves_nothing_in_the_way(archive: Path) -> None:
    (archive / ".index.sqlite.new").write_bytes(b"half of it")
    assert headings(archive, "重点") == ["重点"]
    assert not (archive / ".index.sqlite.new").exists()


def test_no_archive_is_told(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError) as caught:
        search(tmp_path / "archive", ["市"])
    assert [found.code for found in caught.value.findings] == ["no-archive"]


def test_a_record_reads_back_as_it_was_written(archive: Path) -> None:
    record = read_record(archive / "koho-0813")
    assert record.articles[0] == Article("辻󠄀堂の老人ホーム", "日の出に敬い、老いを語る。", 2, "健康福祉課")
    assert record_bytes(record) == (archive / "koho-0813" / "data" / "record.json").read_bytes()


NO_RECORD: tuple[dict[str, object], ...] = (
    {"schema": 2},
    {"name": "other"},
    {"name": None},
    {"date": "2010-13-01"},
    {"date": 20100101},
    {"number": "810"},
    {"number": -1},
    {"number": 10**30},
    {"number": True},
    {"pages": None},
    {"articles": {}},
    {"articles": [1]},
    {"articles": [{"heading": "a", "text": "b", "page": 0}]},
    {"articles": [{"heading": "a", "text": None, "page": 1}]},
)
RECORD = json.loads(record_bytes(issue("bad", "2010-01-01", Article("見出し", "文", 1))))


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b"[" * 100_000,
        *(json.dumps({**RECORD, **change}).encode() for change in NO_RECORD),
    ],
)
def test_an_issue_that_cannot_be_read_is_told_and_stops_no_other(archive: Path, text: bytes) -> None:
    (archive / "bad" / "data").mkdir(parents=True)
    (archive / "bad" / "data" / "record.json").write_bytes(text)
    found = search(archive, ["市"])
    assert found.count == 2
    (finding,) = found.findings
    assert (finding.code, finding.where.file) == ("record-broken", "archive/bad/data/record.json")


def test_half_a_surrogate_pair_in_a_record_is_no_traceback(archive: Path) -> None:
    broken = {**RECORD, "articles": [{"heading": "\ud842", "text": "市\udfb7田", "page": 1}]}
    (archive / "bad" / "data").mkdir(parents=True)
    (archive / "bad" / "data" / "record.json").write_text(json.dumps(broken), encoding="ascii")
    assert headings(archive, "市?田") == ["?"]


def test_missing_numbers_are_told_by_kind() -> None:
    def held(kind: str, *numbers: int | None) -> list[Issue]:
        day = datetime.date(2010, 1, 1)
        return [Issue(f"{kind}-{number}", number, day, "", kind, 1, 1) for number in numbers]

    issues = [*held("koho", 7, 1, 2, 7, None), *held("extra", 1, 2), *held("leaflet", 1, 2_000_000_000)]
    assert missing_numbers(issues) == {"koho": [(3, 6)], "leaflet": [(2, 1_999_999_999)]}
    assert missing_numbers([]) == {}


@pytest.fixture
def city(archive: Path) -> Path:
    """A workspace around the archive."""
    root = archive.parent
    repository = Path(__file__).parents[2]
    (root / "koho.yaml").write_bytes((repository / "koho.yaml").read_bytes())
    (root / "press").symlink_to(repository / "press")
    return root


def test_the_commands_tell_what_they_find(city: Path, koho: Koho) -> None:
    done = koho("archive", "search", "２５日", "ごみ", folder=city)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "1件。",
        "",
        "【ごみ】の出し方",
        "  広報るもい\t第810号\t2010年2月1日\t3ページ\t生活環境課",
        "  燃やせない【ゴミ】は【２５日】（木）です。㈱るもい☎42-1801",
        "  archive/koho-0810/data/pages/p3.png",
    ]
    done = koho("archive", "search", "市", "--limit", "1", folder=city)
    assert done.stdout.startswith("2件。新しい1件を並べます。\n")
    done = koho("archive", "list", folder=city)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "koho-0810\t広報るもい\t第810号\t2010年2月1日\tkoho\t8ページ\t2記事",
        "koho-0813\t広報るもい\t第813号\t2013年3月31日\tkoho\t8ページ\t2記事",
        "leaflet\t広報るもい\t2013年4月1日\tpolicy-leaflet\t8ページ\t1記事",
        "欠号\tkoho\t811〜812号",
    ]
    done = koho("archive", "index", folder=city)
    assert (done.returncode, done.stdout, done.stderr) == (0, "3号、5記事を索引に入れました。\n", "")


def test_a_replaced_revision_is_found_and_named_as_such(city: Path, koho: Koho) -> None:
    for name in ("koho-0813-r2", "koho-0813-r10"):
        article = Article("市政の方針", "式典は、秋に延期。", 5)
        keep(city / "archive", issue(name, "2013-03-31", article, number=813))
    hits = search(city / "archive", ["式典"]).hits
    assert {hit.issue.name: hit.newer for hit in hits} == {
        "koho-0813": "koho-0813-r10",
        "koho-0813-r2": "koho-0813-r10",
        "koho-0813-r10": "",
    }
    told = koho("archive", "search", "式典", folder=city).stdout
    assert told.count("\tkoho-0813-r10 に差し替え\n") == 2
    listed = {
        line.split("\t")[0]: line.split("\t")[-1] for line in koho("archive", "list", folder=city).stdout.splitlines()
    }
    assert listed["koho-0813"] == listed["koho-0813-r2"] == "koho-0813-r10 に差し替え"
    assert listed["koho-0813-r10"] == listed["leaflet"] == "1記事"


def test_json_is_for_programs(city: Path, koho: Koho) -> None:
    done = koho("archive", "search", "㈱", "--department", "環境", "--json", folder=city)
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert set(found) == {"hits", "count", "more", "findings"}
    (hit,) = found["hits"]
    assert set(hit) == {"issue", "heading", "snippet", "page", "department", "picture", "newer"}
    assert hit["issue"]["date"] == "2010-02-01"
    assert {"text": "㈱", "hit": True} in hit["snippet"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["search"], "usage"),
        (["serch", "市"], "usage"),
        ([], "usage"),
        (["search", "市", "--limit", "0"], "usage"),
        (["search", "市", "--limit", "たくさん"], "usage"),
        (["search", "市", "--year", "H25"], "year-not-understood"),
        (["search", " "], "no-search-words"),
    ],
)
def test_a_wrong_call_is_told_in_japanese(city: Path, koho: Koho, arguments: list[str], code: str) -> None:
    done = koho("archive", *arguments, folder=city)
    assert done.returncode == 64
    assert f"({code})" in done.stderr
    assert "Traceback" not in done.stderr


def test_words_in_no_encoding_are_no_traceback(city: Path) -> None:
    argument = os.fsdecode(b"\xff\xfe")
    with pytest.raises(KohoError):
        search(city / "archive", [argument])


def test_reading_goes_on_while_the_index_is_made_anew(archive: Path) -> None:
    headings(archive, "市")

    def while_open(opened: Index) -> int:
        with_index(archive, lambda other: None, anew=True)
        return len(opened.issues())

    assert with_index(archive, while_open)[0] == 3


def test_the_index_is_the_only_door_of_sqlite() -> None:
    source = Path(index_module.__file__).parents[1]
    doors = [path.name for path in source.rglob("*.py") if "import sqlite3" in path.read_text(encoding="utf-8")]
    assert doors == ["index.py"]


@pytest.fixture
def words_of_ceremonies(tmp_path: Path) -> Path:
    """Three articles about ceremonies."""
    day = datetime.date(2013, 4, 1)
    articles = (
        Article("敬老の日の式典", "市民会館で敬老 の日の式典を行います。参加費は1,200円です。", 1),
        Article(
            "成人の式典", "カフェCaféで成人の日の集い。10〜12時。敬老席があります。", 2, readings="るもい こうみんかん"
        ),
        Article("日の出", "敬老会と、日の出を見る会。費用は13,000円。", 3),
    )
    of = Record("koho-0001", 1, day, "広報", "koho", articles, 3)
    folder = tmp_path / "archive" / of.name / "data"
    folder.mkdir(parents=True)
    (folder / "record.json").write_bytes(record_bytes(of))
    return tmp_path / "archive"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (["敬老", "日"], ["敬老の日の式典", "成人の式典", "日の出"]),
        (['"敬老 の日"'], ["敬老の日の式典"]),
        (["“敬老の日”"], ["敬老の日の式典"]),
        (["敬老", "-成人"], ["敬老の日の式典", "日の出"]),
        (["敬老", "−成人", "－出"], ["敬老の日の式典"]),
        (["敬老", '-"日の 出"'], ["敬老の日の式典", "成人の式典"]),
        (["るもい"], ["成人の式典"]),
        (["もいこう"], []),
        (["公民館"], []),
        (["1200"], ["敬老の日の式典"]),
        (["10～12"], ["成人の式典"]),
        (["cafe"], ["成人の式典"]),
        (["PC-98"], []),
        (["敬老", '"'], ["敬老の日の式典", "成人の式典", "日の出"]),
    ],
)
def test_phrases_words_left_out_and_readings(words_of_ceremonies: Path, typed: list[str], found: list[str]) -> None:
    assert headings(words_of_ceremonies, *typed) == found


def test_words_left_out_alone_find_nothing_and_say_so(words_of_ceremonies: Path) -> None:
    with pytest.raises(UsageError) as told:
        search(words_of_ceremonies, ["-式典"])
    assert [finding.code for finding in told.value.findings] == ["no-search-words"]


def test_a_hyphen_before_a_word_is_no_option_of_the_command(words_of_ceremonies: Path) -> None:
    done = run("archive", "search", "敬老", "-成人", folder=words_of_ceremonies.parent)
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "2件。")


def test_marks_stand_where_a_number_was_written_with_commas() -> None:
    pieces = marked("費用は1,200円、12,345,678円。", ["1200円", "345"])
    assert [piece.text for piece in pieces if piece.hit] == ["1,200円", "345"]


def test_readings_leave_no_trace_in_a_record_without_them() -> None:
    of = Record("x", 1, datetime.date(2013, 4, 1), "広報", "koho", (Article("見出し", "文", 1),), 1)
    assert b"readings" not in record_bytes(of)
