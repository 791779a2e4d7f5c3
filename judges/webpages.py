"""Every kind of web page we make, as cases: issues, articles, the archive's site, and files opened from a disk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PIL import Image
from tests.archive.years import issue, keep, small_archive

from judges.verdict import ROOT, Case
from koho_pdf.archive.compare.comparison import comparison, write_page
from koho_pdf.archive.compare.two_issues import side_of
from koho_pdf.archive.site.publishing import make_site
from koho_pdf.errors import KohoError
from koho_pdf.pipeline import build
from koho_pdf.workspace.workspace import Workspace

SITE = {
    "front page": "index.html",
    "year": "2013/index.html",
    "issue": "koho-0813-r2/index.html",
    "article": "koho-0809/article-1.html",
    "replaced issue": "koho-0813/index.html",
    "search": "search.html?q=敬老の日",
    "no such page": "404.html",
}


def web_cases(
    workspace: Workspace, leaflet: str, tables: str, pictures: str, others: Sequence[str], folder: Path
) -> list[Case]:
    """The web pages of these issues (folders below the root) and of the archive, written into ``folder``/``web``."""
    served = folder / "web"
    made = _Pages(workspace, served)
    cases = [
        made.of(leaflet, "web/index.html"),
        made.of(pictures, "web/index.html"),
        *(made.of(each, "web/index.html") for each in others),
        made.of(tables, "web/articles/pillar-1-1.html"),
        made.of(pictures, "web/articles/pillar-1-3.html"),
        made.of(leaflet, f"web-single/{Path(leaflet).name}.html", visited=False),
        made.of(leaflet, "preflight/report.html", visited=False),
    ]
    archive = small_archive(folder / "archive")
    keep(archive, replace(issue(813, 2013, 12), name="koho-0813-r2"))
    for picture in sorted(archive.glob("*/data/pages/*.png")):
        with Image.open(picture) as opened:
            opened.resize((827, 1170)).save(picture)  # as large as those of real pages
    make_site(archive, served / "site", workspace.layouts, ROOT, workspace.city.municipality)
    for name, page in SITE.items():
        file = served / "site" / page.partition("?")[0]
        cases.append(Case(f"archive's site: {name}", file, 0, site=served, address=f"site/{page}"))
    old, new = (side_of(Path(name).name, folder / "none", ROOT) for name in (tables, leaflet))
    write_page(comparison(old, new), served / "compare.html", workspace.layouts, ROOT)
    cases.append(Case("comparison of two issues", served / "compare.html", 0, site=served, address="compare.html"))
    return cases


class _Pages:
    """The web editions of issues, each made once."""

    def __init__(self, workspace: Workspace, served: Path) -> None:
        self._workspace, self._served = workspace, served
        self._made: dict[str, Mapping[str, bytes] | str] = {}

    def of(self, issue: str, page: str, *, visited: bool = True) -> Case:
        """A page of an issue; ``visited`` is one that a server sends, not one that is opened from a disk."""
        edition, folder = page.split("/")[0], issue.replace("/", "-")
        case = Case(f"{edition}: `{issue}` {page.split('/', 1)[1]}", self._served / folder / page, 0, site=self._served)
        case = replace(case, address=f"{folder}/{page}", visited=visited)
        made = self._files(issue, "print" if edition == "preflight" else edition)
        if isinstance(made, str):
            return replace(case, trouble=made)
        for name, content in made.items():
            (self._served / folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self._served / folder / name).write_bytes(content)
        return case

    def _files(self, issue: str, edition: str) -> Mapping[str, bytes] | str:
        key = f"{issue} {edition}"
        if key not in self._made:
            try:
                self._made[key] = build(ROOT / issue, self._workspace, (edition,), papers=edition == "print").files
            except KohoError as fault:
                self._made[key] = ", ".join(dict.fromkeys(found.code for found in fault.findings))
        return self._made[key]
