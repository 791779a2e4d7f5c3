"""One word changed, from the saved manuscript to the picture of its page: a warm session against plain WeasyPrint.

Two processes take turns. In one a session (``koho_pdf.proofs``) reads the manuscript, composes the page that has
changed, looks at it and draws it at 100 ppi; in the other plain WeasyPrint makes that page's HTML a PDF, and the same
PDFium draws it. CPU time, both warm; medians. Below: how the first round grows with the number of pages.
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[1]
RUNS = 15
BAR = 0.7
_KANJI = "市民港町海山川里森林花鳥魚船橋道駅"


def leaflet(root: Path) -> tuple[Path, Path, str, int]:
    """The leaflet; words of its densest page."""
    for name in ("layouts", "fonts", "press", "koho.yaml", "content/2013-policy-leaflet"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile
        (root / name).parent.mkdir(exist_ok=True)
        copy(ROOT / name, root / name)
    folder = root / "content" / "2013-policy-leaflet"
    return folder, folder / "issue.yaml", "経済界との連携を強め", 2


def notices(root: Path, pages: int = 2, each: int = 14) -> tuple[Path, Path, str, int]:
    """So many pages of notices in three columns."""
    from tests.plan.paper import make, notice

    ids = [f"n{number}" for number in range(1, each * pages + 1)]
    plan = [f"notices: {{main: [{', '.join(ids[at : at + each])}]}}" for at in range(0, len(ids), each)]
    written = {id_: notice(number, 10 + 11 * number % 40) for number, id_ in enumerate(ids, 1)}
    folder = make(root, written, plan, columns=3, depth=250)
    return folder, folder / "articles" / "n5.yaml", "港で祭り", 1


MAKERS = {"leaflet": leaflet, "notices": notices}


def ours(who: str, root: Path) -> None:
    """The session: a line in, a change and a round, the CPU time out."""
    from koho_pdf.proofs.session import Proofs

    folder, file, words, number = MAKERS[who](root)
    text = file.read_text(encoding="utf-8")
    proofs = Proofs(folder, root)
    proofs.pull()
    proofs.rest()
    for change in sys.stdin:
        file.write_text(text.replace(words, change.strip() + words, 1), encoding="utf-8")
        start = time.process_time()
        proof = proofs.pull()
        taken = time.process_time() - start
        assert proof.composed == (number,), proof.composed
        proofs.rest()  # between two rounds, as ``koho watch`` does
        print(taken, flush=True)


def plain(who: str, root: Path) -> None:
    """Plain WeasyPrint and PDFium on the same page's HTML."""
    import os

    html, base, words, configuration = _page(who, root)
    os.environ["FONTCONFIG_FILE"] = configuration
    import logging

    import weasyprint

    from koho_pdf.editions.page_pictures import page_pictures

    logging.getLogger("weasyprint").disabled = True
    for change in sys.stdin:
        page = html.replace(words, change.strip() + words, 1)
        start = time.process_time()
        pdf = weasyprint.HTML(string=page, base_url=base).write_pdf()
        assert len(page_pictures(pdf)) == 1
        print(time.process_time() - start, flush=True)


def _page(who: str, root: Path) -> tuple[str, str, str, str]:
    """The HTML of the page alone as our session composes it, made in a process of its own so that none of our changes
    to the engine are in this one."""
    made = subprocess.run(
        [sys.executable, "-m", "bench.page_alone", "--html", who, str(root)], check=True, capture_output=True, text=True
    )
    html, base, words, configuration = made.stdout.split("\0")
    return html, base, words, configuration


def show(who: str, root: Path) -> None:
    from koho_pdf.composition.fonts.faces import font_configuration
    from koho_pdf.proofs import session

    folder, _, words, _ = MAKERS[who](root)
    seen: list[object] = []
    original = session.Proofs._compose

    def noted(self: session.Proofs, of: object, galley: object) -> object:
        seen.append((of, galley))
        return original(self, of, galley)  # type: ignore[arg-type]

    session.Proofs._compose = noted  # type: ignore[method-assign, assignment]
    session.Proofs(folder, root).pull()
    of, galley = next(each for each in seen if words in each[1].html and 'data-here="page"' in each[1].html)  # type: ignore[index]
    configuration = font_configuration(of.faces, of.workspace.cache)  # type: ignore[attr-defined]
    html = re.sub(r'<(\w+)[^>]*data-elsewhere="page"[^>]*></\1>', "", galley.html)  # type: ignore[attr-defined]
    sys.stdout.write("\0".join([html, galley.folder.as_uri() + "/", words, str(configuration)]))  # type: ignore[attr-defined]


def compared(who: str) -> tuple[float, float]:
    """The medians of both, in seconds."""
    random = Random(1)
    times: dict[str, list[float]] = {"ours": [], "plain": []}
    with tempfile.TemporaryDirectory() as scratch:
        workers = {}
        for side in times:
            folder = Path(scratch) / side
            folder.mkdir()
            command = [sys.executable, "-m", "bench.page_alone", f"--{side}", who, str(folder)]
            workers[side] = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for run in range(RUNS + 3):
            change = "".join(random.choice(_KANJI) for _ in range(1 + run % 4))
            for side, worker in workers.items():
                assert worker.stdin
                assert worker.stdout
                worker.stdin.write(f"{change}\n")
                worker.stdin.flush()
                times[side].append(float(worker.stdout.readline()))
        for worker in workers.values():
            worker.communicate()
    mine, others = (statistics.median(times[side][3:]) for side in times)
    return mine, others


def growth() -> list[tuple[int, float, float]]:
    """The first round of so many pages, and the next ones after one word was changed (median), in seconds of CPU."""
    rows = []
    for pages in (24, 48, 96):
        with tempfile.TemporaryDirectory() as scratch:
            code = f"from bench.page_alone import grown; grown({pages}, {scratch!r})"
            made = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
            first, changed = map(float, made.stdout.split())
            rows.append((pages, first, changed))
    return rows


def grown(pages: int, scratch: str) -> None:
    from koho_pdf.proofs.session import Proofs

    folder, file, words, _ = notices(Path(scratch), pages, 7)
    proofs = Proofs(folder, Path(scratch))
    start = time.process_time()
    assert len(proofs.pull().composed) == pages
    first = time.process_time() - start
    proofs.rest()
    text, times = file.read_text(encoding="utf-8"), []
    for change in _KANJI[:5]:
        file.write_text(text.replace(words, change + words, 1), encoding="utf-8")
        again = time.process_time()
        assert len(proofs.pull().composed) == 1
        times.append(time.process_time() - again)
        proofs.rest()
    print(first, statistics.median(times))


def main() -> None:
    options = argparse.ArgumentParser()
    for side in ("ours", "plain", "html"):
        options.add_argument(f"--{side}", nargs=2)
    said = options.parse_args()
    for side, work in (("ours", ours), ("plain", plain), ("html", show)):
        if wanted := getattr(said, side):
            work(wanted[0], Path(wanted[1]))
            return
    print("| page | session | plain WeasyPrint | ratio | bar |\n|---|---|---|---|---|")
    for who, name in (("leaflet", "the leaflet's page 2"), ("notices", "a page of 14 notices")):
        mine, others = compared(who)
        print(f"| {name} | {1000 * mine:.0f} ms | {1000 * others:.0f} ms | {mine / others:.2f} | {BAR} |")
    print("\n| pages of 7 notices | first round | a page | one word changed |\n|---|---|---|---|")
    for pages, first, changed in growth():
        print(f"| {pages} | {first:.1f} s | {1000 * first / pages:.0f} ms | {1000 * changed:.0f} ms |")


if __name__ == "__main__":
    main()
