"""Keeping issues: whole or not at all, never twice, verified by name; and copies without what is print-only."""

from __future__ import annotations

import datetime
import json
import shutil
import zipfile
from pathlib import Path

import bagit
import pytest
from tests.conftest import Koho

from koho_pdf.archive.bags.bag import bagged, held
from koho_pdf.archive.bags.record import Article, Record, described, record_bytes
from koho_pdf.archive.bags.verifying import verified
from koho_pdf.archive.keeping import another_of
from koho_pdf.platform.folders import write_once

SECRET = b"only on paper"


def record(name: str, number: int | None = 812, title: str = "広報るもい") -> Record:
    articles = (Article("春のお知らせ", "道路工事を行います。", 2, "建設課", "haru"),)
    return Record(name, number, datetime.date(2010, 4, 1), title, "koho", articles, 2)


def files(of: Record) -> dict[str, bytes]:
    """A release of few files."""
    return {
        "release.json": json.dumps({"schema": 1, "issue": "koho-0812"}).encode(),
        "record.json": record_bytes(of),
        "screen.pdf": b"%PDF-1.7 screen",
        "pages/p2.png": b"\x89PNG",
        "print/package/koho.pdf": b"%PDF-1.6 " + SECRET,
        "print/source/content/koho-0812/issue.yaml": SECRET,
    }


def released(root: Path, of: Record) -> Path:
    folder = root / "out" / "releases" / of.name
    write_once(files(of), folder)
    return folder


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A workspace in which nothing is left but a release."""
    released(tmp_path, record("koho-0812"))
    return tmp_path


def test_a_release_is_kept_as_it_is_and_only_once(city: Path, koho: Koho) -> None:
    bare = koho("archive", "add", "koho-0812", folder=city)
    assert "(archive-no-organization)" in bare.stderr
    shutil.rmtree(city / "archive")
    (city / "koho.yaml").write_text("municipality: 留萌市\n", encoding="utf-8")
    first = koho("archive", "add", "koho-0812", folder=city)
    assert (first.returncode, first.stdout, first.stderr) == (0, "koho-0812\tしまいました\n", "")
    folder = city / "archive" / "koho-0812"
    assert held(folder / "data") == files(record("koho-0812"))
    assert verified(folder) == ()
    before = held(folder)
    again = koho("archive", "add", "koho-0812", folder=city)
    assert (again.returncode, again.stdout) == (0, "koho-0812\tもうしまってあります\n")
    (city / "out/releases/koho-0812/screen.pdf").write_bytes(b"another")
    other = koho("archive", "add", "koho-0812", folder=city)
    assert (other.returncode, "(archive-number-taken)" in other.stderr) == (5, True)
    assert held(folder) == before
    released(city, record("koho-0812-r2"))
    assert koho("archive", "add", "koho-0812", "--revision", "2", folder=city).returncode == 0
    assert sorted(path.name for path in (city / "archive").glob("[!_]*") if path.is_dir()) == [
        "koho-0812",
        "koho-0812-r2",
    ]


def test_what_is_not_released_or_not_plain_is_not_kept(city: Path, koho: Koho) -> None:
    for issue in ("koho-0813", "..", "../releases/koho-0812/pages", ".koho"):
        done = koho("archive", "add", issue, folder=city)
        assert (done.returncode, "(not-released)" in done.stderr) == (5, True), issue
    assert "koho release koho-0813 " in koho("archive", "add", "koho-0813", folder=city).stderr
    (city / "secret.txt").write_bytes(SECRET)
    (city / "out/releases/koho-0812/link.txt").symlink_to(city / "secret.txt")
    done = koho("archive", "add", "koho-0812", folder=city)
    assert (done.returncode, "(bag-not-plain)" in done.stderr) == (5, True)
    assert not (city / "archive").exists() or not list((city / "archive").glob("koho*"))


def test_a_number_is_kept_under_one_name(city: Path, koho: Koho) -> None:
    koho("archive", "add", "koho-0812", folder=city)
    released(city, record("april"))
    done = koho("archive", "add", "april", folder=city)
    assert (done.returncode, "(archive-number-taken)" in done.stderr, "koho-0812" in done.stderr) == (5, True, True)
    archive = city / "archive"
    assert another_of(archive, "koho-0812-r2", 812, "koho") is None
    assert another_of(archive, "april", 812, "koho-extra") is None
    assert another_of(archive, "april", None, "koho") is None
    found = another_of(archive, "april", 812, "koho")
    assert found is not None
    assert found.name == "koho-0812"


def test_verify_names_the_file_of_a_flipped_bit_and_goes_on(city: Path, koho: Koho) -> None:
    for name, number in (("koho-0813", 813), ("koho-0814", 814)):
        released(city, record(name, number))
    for name in ("koho-0812", "koho-0813", "koho-0814"):
        assert koho("archive", "add", name, folder=city).returncode == 0
    sound = koho("archive", "verify", folder=city)
    *each, whole = sound.stdout.splitlines()
    assert (sound.returncode, each, sound.stderr) == (0, [f"koho-081{number}\t無事です" for number in (2, 3, 4)], "")
    assert whole.startswith("3袋\tすべて無事です\t次に確かめる日 ")
    path = city / "archive/koho-0813/data/pages/p2.png"
    path.write_bytes(bytes([path.read_bytes()[0] ^ 1]) + path.read_bytes()[1:])
    done = koho("archive", "verify", folder=city)
    assert (done.returncode, [line.split("\t")[1] for line in done.stdout.splitlines()]) == (
        5, ["無事です", "無事ではありません", "無事です", "間違いが1つあります"],
    )  # fmt: skip
    assert done.stderr.count("(bag-file-changed)") == done.stderr.count("[") == 1
    assert "archive/koho-0813/data/pages/p2.png" in done.stderr
    assert koho("archive", "verify", "koho-0812", "koho-0814", folder=city).returncode == 0
    missing = koho("archive", "verify", "koho-0900", "koho-0812", folder=city)
    assert (missing.returncode, "(archive-no-issue)" in missing.stderr) == (5, True)
    assert "koho-0812\t無事です" in missing.stdout


def test_verify_reads_the_record_too(city: Path, koho: Koho) -> None:
    broken = {**files(record("koho-0812")), "record.json": b"{}"}
    write_once(bagged(broken, {"Bagging-Date": "2010-04-01"}), city / "archive" / "koho-0812")
    done = koho("archive", "verify", folder=city)
    assert (done.returncode, "(record-broken)" in done.stderr) == (5, True)
    shutil.rmtree(city / "archive")
    done = koho("archive", "verify", folder=city)
    assert (done.returncode, "(no-archive)" in done.stderr) == (5, True)


def test_show_says_what_the_issue_is(city: Path, koho: Koho) -> None:
    koho("archive", "add", "koho-0812", folder=city)
    done = koho("archive", "show", "koho-0812", folder=city)
    assert (done.returncode, done.stderr) == (0, "")
    told = done.stdout.splitlines()
    begin = told.index("記録（2）")
    assert [line.split("\t")[1] for line in told[begin + 1 : begin + 3]] == ["しまった", "確かめた"]
    del told[begin : begin + 4]
    assert told == [
        "広報るもい\t第812号\t2010年4月1日\tkoho\t2ページ",
        "",
        "記事（1）",
        "  2ページ\tharu\t春のお知らせ\t建設課",
        "",
        "ファイル（6）",
        "             4バイト\tpages/p2.png",
        "            22バイト\tprint/package/koho.pdf",
        "            13バイト\tprint/source/content/koho-0812/issue.yaml",
        f"{len(record_bytes(record('koho-0812'))):>14}バイト\trecord.json",
        "            35バイト\trelease.json",
        "            15バイト\tscreen.pdf",
        "",
        "開き方",
        "  archive/koho-0812/data/screen.pdf\t紙面を見る（PDFを読むどのソフトでも）",
        "  archive/koho-0812/data/print/package\t印刷所に渡したもの（公開しません）",
        "  archive/koho-0812/data/print/source/content\t原稿（文字だけのファイル。公開しません）",
    ]


def test_an_export_is_a_bag_of_its_own_without_what_is_print_only(city: Path, koho: Koho) -> None:
    koho("archive", "add", "koho-0812", folder=city)
    assert koho("archive", "export", "koho-0812", "given", folder=city).returncode == 0
    given = city / "given" / "koho-0812"
    assert bagit.Bag(str(given)).is_valid()
    assert held(given / "data").keys() == {"release.json", "record.json", "screen.pdf", "pages/p2.png"}
    assert not [name for name, content in held(given).items() if SECRET in content or b"print/" in content]
    assert koho("archive", "export", "koho-0812", "whole", "--print", folder=city).returncode == 0
    assert held(city / "whole" / "koho-0812") == held(city / "archive" / "koho-0812")
    packed = []
    for _ in range(2):
        assert koho("archive", "export", "koho-0812", "given.zip", folder=city).returncode == 0
        packed.append((city / "given.zip").read_bytes())
    assert packed[0] == packed[1]
    assert SECRET not in packed[0]
    with zipfile.ZipFile(city / "given.zip") as opened:
        opened.extractall(city / "opened")
        assert {entry.date_time[:3] for entry in opened.infolist()} == {(2010, 4, 1)}
    assert held(city / "opened" / "koho-0812") == held(given)


def test_a_damaged_bag_is_not_given_out(city: Path, koho: Koho) -> None:
    koho("archive", "add", "koho-0812", folder=city)
    (city / "archive/koho-0812/data/screen.pdf").write_bytes(b"")
    done = koho("archive", "export", "koho-0812", "given.zip", folder=city)
    assert (done.returncode, "(bag-file-changed)" in done.stderr) == (5, True)
    assert not (city / "given.zip").exists()


def test_what_was_taken_in_as_a_pdf_cannot_be_made_again(city: Path, koho: Koho) -> None:
    of = record("koho-0001", 1)
    old = {"record.json": record_bytes(of), "original.pdf": b"%PDF-1.4"}
    write_once(bagged(old, described(of.name, of.title, "2010-04-01")), city / "archive" / of.name)
    done = koho("archive", "rebuild", of.name, folder=city)
    assert (done.returncode, "(archive-no-source)" in done.stderr) == (5, True)
