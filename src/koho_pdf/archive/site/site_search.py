"""The search of the archive's site: what is searched of each article; indexes are made only if that changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from koho_pdf.archive.site.browser_search import Searched, identity, search_files
from koho_pdf.archive.site.site_folder import SiteFolder
from koho_pdf.archive.site.site_map import SiteMap


def searched_in(site: SiteMap) -> Iterator[Searched]:
    """Every article to be found, those of the newest issue first."""
    for issue in site.current:
        for place, article in enumerate(issue.articles):
            department = {"department": article.department} if article.department else {}
            facts = {"issue": issue.called, "day": issue.day, "page": str(article.page), **department}
            picture = issue.pictures.get(article.page)
            if picture:
                facts["image"] = picture[0]
            narrowed = {"year": str(issue.year), "kind": issue.kind, "department": article.department}
            order = issue.date.toordinal() * 10_000 + max(0, 9_999 - place)
            yield Searched(
                article.name, article.heading, "\n".join(article.text), narrowed, facts, order, article.readings
            )


def put_search(articles: Sequence[Searched], folder: str, target: SiteFolder) -> None:
    """Write a search index if anything that is searched in it changed; its entry file comes last."""
    told = identity(articles)
    stamp = f"{folder}/made-of.txt"
    known, *names = target.text(stamp).split() or [""]
    if known == told and all(map(target.has, names)):
        for name in (*names, stamp):
            target.keep(name)
        return
    made = search_files(articles, folder)
    target.announce({*made, stamp})
    for name, content in made.items():
        target.put(name, content)
    target.put(stamp, "\n".join([told, *sorted(made), ""]).encode())
