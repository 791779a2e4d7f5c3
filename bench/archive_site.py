"""What the archive's site costs: twenty years of twelve issues with twenty articles each, and what one issue adds.

Prints a table for docs/benchmarks.md. ``python -m bench.archive_site PICTURE…`` takes pictures (PNG) for the pages.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path

from bench.archive import keep
from bench.articles import Press
from koho_pdf.archive.site import Made, make_site

ISSUES, ARTICLES, PAGES = 240, 20, 8
ROOT = Path(__file__).parents[1]


def main() -> None:
    pictures = [Path(name) for name in sys.argv[1:]]
    with tempfile.TemporaryDirectory() as scratch:
        archive, site = Path(scratch) / "archive", Path(scratch) / "site"
        press = Press()

        def add(number: int) -> None:
            record = press.record(number, ARTICLES)
            keep(archive, record)
            (archive / record.name / "data" / "pages").mkdir()
            for page in range(PAGES) if pictures else ():
                name = archive / record.name / "data" / "pages" / f"p{page + 1}.png"
                shutil.copyfile(pictures[page % len(pictures)], name)

        def run() -> tuple[float, Made]:
            start = time.perf_counter()
            made = make_site(archive, site, ROOT / "layouts", ROOT, "留萌市")
            return time.perf_counter() - start, made

        for number in range(ISSUES - 1):
            add(number)
        whole, made = run()
        again, _ = run()
        add(ISSUES - 1)  # December
        added, grown = run()
        add(ISSUES)  # the first of a year: the one before goes to the earlier ones
        opened, begun = run()
        search = sum(path.stat().st_size for path in (site / "pagefind").rglob("*") if path.is_file())
    print("| | measured |\n|---|---|")
    print(
        f"| issues, articles, page pictures | {made.issues}, {made.articles:,}, {PAGES * ISSUES if pictures else 0:,} |"
    )
    print(f"| the whole site, {made.written:,} files | {whole:.1f} s |")
    print(f"| once more, nothing changed | {again:.1f} s |")
    print(f"| one issue added, {grown.written:,} files written | {added:.1f} s |")
    print(f"| the first of a year added, {begun.written:,} files written | {opened:.1f} s |")
    print(f"| Pagefind's files | {search / 1e6:.0f} MB |")


if __name__ == "__main__":
    main()
