"""What the index of an archive costs: 100,000 invented articles taken in, searched, and one issue added.

Prints a table for docs/benchmarks.md. A search is everything ``koho archive search`` does after Python has started:
the index opened, the archive's folders looked at, the articles found and their snippets marked.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from bench.articles import Press
from koho_pdf.archive.bags.record import Record, record_bytes
from koho_pdf.archive.search.asking import search
from koho_pdf.archive.search.index import Index, with_index

ARTICLES = 100_000
RUNS = 3
ADDED = 20
# Words, and where to look: words of nearly every article, of few, of none; short, long, put together at random.
_SEARCHES: tuple[tuple[str, dict[str, str]], ...] = (
    ("市", {}),
    ("の", {}),
    ("1", {}),
    ("。", {}),
    ("鑿", {}),
    ("龘", {}),
    ("市民", {}),
    ("ごみ", {}),
    ("敬老の日", {}),
    ("敬老の日の運動会", {}),
    ("平成25年", {}),
    ("髙橋", {}),
    ("山﨑", {}),
    ("ﾎｰﾑﾍﾟｰｼﾞ", {}),
    ("市の市", {}),
    ("の市の市の", {}),
    ("です。市民の", {}),
    ("市の市民の市の年度", {}),
    ("市民について市民について", {}),
    ("について市における市", {}),
    ("お問い合わせください。市の", {}),
    ("市に市に市に市に市に市に", {}),
    ("市 市民 年度 事業", {}),
    ("鑿 市", {}),
    ("の市の市の です。市民の について市", {}),
    ("市 の に を は が で と も か ら 1 2 3 4 5 6 7 8 9 0 年 月 日 人 民 す し 、 。", {}),
    ("市の" * 25, {}),
    ("お知らせ施設利用担当" * 5, {}),
    ("市", {"year": "昭和50年"}),
    ("市", {"year": "平成25年度"}),
    ("市", {"kind": "koho-extra"}),
    ("市", {"department": "消防"}),
    ("市の市", {"kind": "koho-extra", "department": "消防本部"}),
    ("市民について市民について", {"year": "平成10年"}),
    ("市民", {"kind": "koho", "department": "なし"}),
    ("鑿", {"kind": "koho-extra", "year": "平成3年度", "department": "総務課"}),
)


def keep(archive: Path, record: Record) -> None:
    folder = archive / record.name / "data"
    folder.mkdir(parents=True)
    (folder / "record.json").write_bytes(record_bytes(record))


def main() -> None:
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    with tempfile.TemporaryDirectory() as scratch:
        archive = Path(scratch)
        press = Press()
        text = 0
        for record in press.records(articles):
            keep(archive, record)
            text += sum(len(f"{article.heading}{article.text}".encode()) for article in record.articles)
        start = time.perf_counter()
        issues, _ = with_index(archive, Index.issues)
        made = time.perf_counter() - start
        size = (archive / "index.sqlite").stat().st_size

        times: list[tuple[float, str, int, bool]] = []
        for words, filters in _SEARCHES:
            runs = []
            for _ in range(RUNS):
                start = time.perf_counter()
                found = search(archive, [words], **filters)  # type: ignore[arg-type]
                runs.append((time.perf_counter() - start) * 1000)
            name = " ".join([words if len(words) < 30 else f"{words[:12]}… ({len(words)})", *filters.values()])
            times += [(run, name, found.count, found.more) for run in runs]

        adding = []
        for number in range(len(issues), len(issues) + ADDED):
            keep(archive, press.record(number, 160))
            start = time.perf_counter()
            with_index(archive, lambda index: None)
            adding.append(time.perf_counter() - start)
        assert len(with_index(archive, Index.issues)[0]) == len(issues) + ADDED
        grown = (archive / "index.sqlite").stat().st_size / size

    worst = sorted(times, reverse=True)
    print("| | measured | bar |\n|---|---|---|")
    print(f"| articles, their text | {articles:,}, {text / 1e6:.0f} MB | |")
    print(f"| index, as a multiple of the text | {size / text:.2f} | 3 |")
    print(f"| making it anew | {made:.0f} s | |")
    print(f"| a search, median of {len(_SEARCHES)} kinds | {statistics.median(t[0] for t in times):.1f} ms | 50 ms |")
    print(f"| the slowest search: {worst[0][1]} | {worst[0][0]:.0f} ms | 200 ms |")
    print(f"| adding an issue of 160 articles, median of {ADDED} | {statistics.median(adding):.2f} s | |")
    print(f"| the slowest adding (the index then {grown:.2f} as large) | {max(adding):.2f} s | 1 s |")
    print("\n| search (each the slowest of its runs) | articles | time |\n|---|---|---|")
    told: set[str] = set()
    for run, name, count, more in worst:
        if name not in told:
            told.add(name)
            print(f"| {name} | {count:,}{' and more' if more else ''} | {run:.1f} ms |")


if __name__ == "__main__":
    main()
