"""What composition costs: composed pages against plain WeasyPrint on the same HTML and CSS, in one run.

Prints one table. Every figure is the CPU time of rendering and writing in a process of its own, the median of several
runs taken in turn; loading the libraries is not counted, caches are warm.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.ours import ROOT, specimen
from bench.texts import bases, pieces

RUNS = 5
PARAGRAPHS = 300  # of the specimen's: twelve pages of four columns

_COLUMNS = """<!doctype html><html lang="ja"><meta charset="utf-8"><title>12</title><style>
@page {{ size: 210mm 297mm; margin: 15mm }}
html {{ font-family: "BIZ UDMincho"; font-size: 13q; line-height: 21q }}
p {{ margin: 0; text-align: justify }}
main {{ columns: 4; column-gap: 8mm }}
</style><main>{}</main>"""

_RUN = """
import sys, time
from pathlib import Path
from koho_pdf.composition.engine import compose
from koho_pdf.composition.fonts.faces import font_configuration, read_faces
from koho_pdf.layout.unpaged import Galley
from koho_pdf.manuscript.reader import read
who = sys.argv[1]
root, page, folder, scratch = map(Path, sys.argv[2:])
faces = read_faces(root / "fonts", root)
html = page.read_text(encoding="utf-8")
if who == "plain":
    import os
    os.environ["FONTCONFIG_FILE"] = str(font_configuration(faces, scratch))
    import weasyprint, logging
    logging.getLogger("weasyprint").disabled = True
    def run():
        document = weasyprint.HTML(string=html, base_url=folder.as_uri() + "/").render()
        document.write_pdf()
        return len(document.pages)
else:
    galley = Galley("print", html, folder, (root,), None)
    source = read(root / "koho.yaml", root)
    def run():
        document = compose(galley, faces, source, root, scratch)
        document.write()
        return document.pages
run()
start = time.process_time()
pages = run()
print(time.process_time() - start, pages)
"""


def cpu_seconds(page: Path, folder: Path, who: str, scratch: Path) -> tuple[float, int]:
    """CPU time of one rendering, and its pages."""
    command = [sys.executable, "-c", _RUN, who, str(ROOT), str(page), str(folder), str(scratch)]
    seconds, pages = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-2:]
    return float(seconds), int(pages)


def leaflet() -> str:
    """The print galley of the leaflet."""
    from koho_pdf.content.check import check
    from koho_pdf.layout.contract import kind_of_layout, read_layout
    from koho_pdf.layout.galley import print_galley
    from koho_pdf.manuscript.reader import read
    from koho_pdf.workspace.workspace import open_workspace

    folder, workspace = ROOT / "content" / "2013-policy-leaflet", open_workspace(ROOT)
    layout = read_layout(ROOT / "layouts" / "policy-leaflet", ROOT)
    tree = read(folder / "issue.yaml", ROOT)
    issue = check(tree, kind_of_layout(layout, ROOT).model, folder=folder, layouts=[layout.name]).issue
    return print_galley(issue, layout, workspace.city, workspace.city.press, folder, ROOT).html


def columns() -> str:
    """Twelve pages of four columns made from the specimen's texts."""
    texts = [bases(pieces(text.source)) for text in specimen().texts]
    chosen = (texts[number % len(texts)] for number in range(PARAGRAPHS))
    return _COLUMNS.format("".join(f"<p>{text.replace('&', '&amp;')}</p>" for text in chosen))


def main() -> None:
    print("| pages | composed | plain WeasyPrint | ratio | bar |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as scratch:
        for name, html, folder, bar in (
            ("leaflet", leaflet(), ROOT / "layouts" / "policy-leaflet", 1.0),
            ("four columns", columns(), ROOT / "layouts" / "specimen", 0.8),
        ):
            page = Path(scratch) / "page.html"
            page.write_text(html, encoding="utf-8")
            times: dict[str, list[float]] = {"ours": [], "plain": []}
            counts = {}
            for _ in range(RUNS):
                for who, taken in times.items():
                    seconds, counts[who] = cpu_seconds(page, folder, who, Path(scratch) / "cache")
                    taken.append(seconds)
            ours, plain = (statistics.median(times[who]) for who in ("ours", "plain"))
            shown = f"{name} ({counts['ours']}, plain {counts['plain']})"
            print(f"| {shown} | {ours:.2f} s | {plain:.2f} s | {ours / plain:.2f} | {bar} |")


if __name__ == "__main__":
    main()
