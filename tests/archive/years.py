"""A small archive of invented issues, as bags lie there: some years, some gaps, page pictures, an old PDF."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

from PIL import Image, ImageDraw
from tests.conftest import write_files

from koho_pdf.archive.bags.bag import bagged, held
from koho_pdf.archive.bags.record import Article, Record, record_bytes

WORDS = (
    (
        "秋鮭まつりを開きます",
        "港で秋鮭まつりを開きます。鮭のつかみどり、浜鍋、千石なべ。\n雨のときは中止します。",
        "経済港湾課",
    ),
    ("敬老の日の記念品", "75歳になる方に、敬老の日の記念品をお届けします。", "健康福祉課"),
    ("ゴミの出し方が変わります", "燃やせないゴミは２５日（木）です。髙橋商店の前の集積所は移ります。", "生活環境課"),
    ("市民と歩む留萌の予算", "留萌市の予算のあらましです。市民1人あたりにすると、いくらになるでしょうか。", "総務課"),
)


def keep(archive: Path, record: Record, files: dict[str, bytes] | None = None) -> Path:
    """An issue put into the archive: its record, page pictures and whatever else."""
    held = archive / record.name / "data"
    (held / "pages").mkdir(parents=True, exist_ok=True)
    (held / "record.json").write_bytes(record_bytes(record))
    for page in range(1, min(record.pages, 8) + 1):
        picture = Image.new("RGB", (413, 584), (250 - 6 * page, 244, 232))
        pen = ImageDraw.Draw(picture)
        pen.rectangle((30, 30, 383, 150), fill=(44, 67 + 12 * page, 115))
        for line in range(24):
            pen.rectangle(
                (30, 190 + 15 * line, 383 - (line * 53 + page * 31) % 120, 195 + 15 * line), fill=(90, 90, 96)
            )
        picture.save(held / "pages" / f"p{page}.png")
    return write_files(files or {}, held)


def issue(number: int, year: int, month: int, *, articles: int = 4, pages: int = 4, keys: bool = True) -> Record:
    """第number号 of 広報るもい: its articles take their words in turn."""
    made = []
    for place in range(articles):
        heading, text, department = WORDS[(place + month) % len(WORDS)]
        key = f"article-{place + 1}" if keys else ""
        made.append(Article(heading, f"{year}年{month}月のお知らせです。{text}", place % pages + 1, department, key))
    day = datetime.date(year, month, 1)
    return Record(f"koho-{number:04}", number, day, f"広報るもい 第{number}号", "koho", tuple(made), pages)


def small_archive(folder: Path) -> Path:
    """Three years with four issues each (number 805 is missing), a leaflet, and an old PDF whose text is poor."""
    number = 800
    for year in (2011, 2012, 2013):
        for month in (3, 6, 9, 12):
            number += 2 if number == 804 else 1
            editions = {"screen.pdf": b"%PDF-1.7 screen", "text/koho.txt": "本文".encode(), "data/issue.json": b"{}"}
            keep(folder, issue(number, year, month), editions)
    leaflet = Article("健やかで思いやりのある暮らし", "健康寿命を延ばします。", 2, "政策調整課", "pillar-1")
    day = datetime.date(2013, 4, 1)
    keep(folder, Record("2013-leaflet", None, day, "市政執行リーフレット", "policy-leaflet", (leaflet,), 2))
    old = Record(
        "koho-0512", 512, datetime.date(1988, 12, 1), "第512号", "koho", (Article("（1ページ）", "緯42-1801", 1),), 1
    )
    keep(folder, old, {"original.pdf": b"%PDF-1.3 old", "quality.json": json.dumps({"grade": "doubtful"}).encode()})
    return folder


def bag_up(archive: Path) -> None:
    """Make bags of the folders of an archive."""
    for folder in archive.iterdir():
        write_files(bagged(held(folder / "data"), {}), folder)
