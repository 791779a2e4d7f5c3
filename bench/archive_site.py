"""What the archive's site costs: twenty years of twelve issues with twenty articles each, and what one issue adds.

Prints a table for docs/benchmarks.md. ``python -m bench.archive_site PICTURE…`` takes pictures (PNG) for the pages;
``--issues 2000 --articles 15`` makes another archive.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import tempfile
import time
from pathlib import Path

from bench.archive import keep
from bench.articles import Press
from koho_pdf.archive.site.publishing import Made, make_site

ISSUES, ARTICLES, PAGES = 240, 20, 8
ROOT = Path(__file__).parents[1]


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("pictures", nargs="*", type=Path)
    asked.add_argument("--issues", type=int, default=ISSUES)
    asked.add_argument("--articles", type=int, default=ARTICLES)
    given = asked.parse_args()
    pictures, count = given.pictures, given.issues
    with tempfile.TemporaryDirectory() as scratch:
        archive, site = Path(scratch) / "archive", Path(scratch) / "site"
        press = Press()

        def add(number: int) -> None:
            record = press.record(number, given.articles)
            keep(archive, record)
            (archive / record.name / "data" / "pages").mkdir()
            for page in range(PAGES) if pictures else ():
                name = archive / record.name / "data" / "pages" / f"p{page + 1}.png"
                shutil.copyfile(pictures[page % len(pictures)], name)

        def run() -> tuple[float, Made]:
            start = time.perf_counter()
            made = make_site(archive, site, ROOT / "layouts", ROOT, "留萌市")
            return time.perf_counter() - start, made

        for number in range(count - 1):
            add(number)
        whole, made = run()
        again, _ = run()
        add(count - 1)  # December
        added, grown = run()
        add(count)  # the first of a year: the year before moves to the earlier ones
        opened, begun = run()
        search = sum(path.stat().st_size for path in (site / "pagefind").rglob("*") if path.is_file())
    print("| | measured |\n|---|---|")
    print(
        f"| issues, articles, page pictures | {made.issues}, {made.articles:,}, {PAGES * count if pictures else 0:,} |"
    )
    print(f"| the whole site, {made.written:,} files | {whole:.1f} s |")
    print(f"| once more, nothing changed | {again:.1f} s |")
    print(f"| one issue added, {grown.written:,} files written | {added:.1f} s |")
    print(f"| the first of a year added, {begun.written:,} files written | {opened:.1f} s |")
    ours, others = (resource.getrusage(who).ru_maxrss / 1e6 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"| memory at most: this program, Pagefind | {ours:.2f} GB, {others:.2f} GB |")
    print(f"| Pagefind's files | {search / 1e6:.0f} MB |")


if __name__ == "__main__":
    main()
