"""Makes the archive's site: years, issues, articles, a feed and a search, as static files from the archive's folder
alone.

Its templates are in ``layouts/_archive``. Every page is made anew but only written if it differs (``site_folder``), so
a new issue changes only the pages that mention it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from koho_pdf.archive.bags.provenance import core_of
from koho_pdf.archive.bags.withheld import covered
from koho_pdf.archive.site.browser_search import FOLDER as SEARCH
from koho_pdf.archive.site.browser_search import NARROWED, parted, variants
from koho_pdf.archive.site.originals import ORIGINAL, Originals, published_originals
from koho_pdf.archive.site.published import Published, published
from koho_pdf.archive.site.site_folder import SiteFolder, site_folder
from koho_pdf.archive.site.site_map import ArticleAt, IssueAt, SiteMap, site_map
from koho_pdf.archive.site.site_search import put_search, searched_in
from koho_pdf.errors import ArchiveError, UsageError
from koho_pdf.findings import Finding, error
from koho_pdf.kinds.known import titles_of
from koho_pdf.layout.templates import render

FOLDER = "_archive"
"""The folder of the templates, among the layouts."""

_COVER = 360  # pixels wide
_MOST_FED = 60  # entries of the feed
_EDITIONS = (
    ("screen.pdf", "紙面と同じPDF"),
    ("original.pdf", "紙面と同じPDF"),
    ("large.pdf", "拡大版PDF（大きな文字）"),
    ("web/index.html", "ウェブ版"),
    ("text/", "テキスト版（音訳・点訳に）"),
    ("data/issue.json", "データ（JSON）"),
    ("archive.pdf", "長く残すためのPDF（PDF/A）"),
)
_GRADES = {
    "mended": "この号の文章は、昔の印刷用PDFから取り出して行をつなぎ直したものです。",
    "doubtful": "この号の文章は、昔の印刷用PDFから取り出したもので、読み違いや文字化けがあるかもしれません。",
    "none": "この号は、昔の印刷用PDFから文章を取り出せませんでした。ページの絵とPDFでお読みください。",
}
_WITHHELD = "この号には、公開を取りやめたところがあります。そのところを含むファイル（PDFなど）は載せていません。"


@dataclass(frozen=True, slots=True)
class Edition:
    """A file of an issue that readers can open: what it is, its address below the issue's folder, its size in words."""

    label: str
    name: str
    size: str


@dataclass(frozen=True, slots=True)
class Made:
    """The result of a run: numbers of issues and articles, of files written and removed, and the findings."""

    issues: int
    articles: int
    written: int
    removed: int
    findings: tuple[Finding, ...]


def make_site(
    archive: Path,
    folder: Path,
    layouts: Path,
    root: Path,
    municipality: str,
    *,
    url: str = "",
    originals: Originals | None = None,
    progress: Callable[[str], None] = lambda stage: None,
) -> Made:
    """Write the site of ``archive`` to ``folder``. ``root`` is the workspace; ``url`` where the site will be, if known;
    ``originals`` says how old PDFs are published. The caller checks before that the archive is sound (``fixity``).

    Raises UsageError (``site-url``), ArchiveError (``no-archive``, ``site-folder``'s, ``site-search-failed``,
    ``site-search-memory``),
    LayoutError for templates that do not work.
    """
    base = _base(url)
    if not archive.is_dir():
        told = f"保存庫のフォルダー {archive} がありません。"
        raise ArchiveError(error("no-archive", told, hint="号をしまってから、もう一度実行してください。"))
    issues, findings = published(archive)
    site = site_map(issues)
    current = {issue.name for issue in site.current}
    issues = tuple(each for each in issues if each.record.name in current)
    searched = parted(list(searched_in(site)))
    core = {each.record.name: core_of(archive / each.record.name, municipality) for each in issues}
    pages = _Pages(
        site,
        municipality,
        base,
        (layouts / FOLDER,),
        root,
        [each for each in searched if each != SEARCH],
        core,
        {"koho": "広報紙", **titles_of(layouts, root)},
    )
    with site_folder(folder) as target:
        target.announce({*_copied(issues), *pages.names(), *_covered(issues)})
        progress("紙面の絵とPDFを写す")
        clean: set[str] = set()
        if originals:
            issues, private = published_originals(issues, originals, target)
            findings = (*findings, *private)
            clean = {f"{each.record.name}/{ORIGINAL}" for each in issues} if originals.clean else set()
        for name, source in _copied(issues).items():
            if name not in clean:
                target.copy(name, source)
        for name, content in _painted_over(issues):
            target.put(name, content)
        covers = _covers(issues, target)
        progress(f"{len(site.issues)}号のページを作る")
        for name, content in pages.made({each.record.name: each.files for each in issues}, covers):
            target.put(name, content)
        progress("探すための索引を作る")
        for part, within in searched.items():
            put_search(within, part, target)
        target.finish()
        articles = sum(len(issue.articles) for issue in site.current)
        return Made(len(site.current), articles, target.written, target.removed, findings)


def _base(url: str) -> str:
    """The site's address with a slash at its end; "" where there is none."""
    parts = urlsplit(url)
    if url and (parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment):
        hint = "https://www.example.lg.jp/koho/ のように書いてください。"
        raise UsageError(error("site-url", f"「{url[:60]}」はサイトのアドレスとして読めません。", hint=hint))
    return url.rstrip("/") + "/" if url else ""


def _copied(issues: Sequence[Published]) -> dict[str, Path]:
    """The files that are on the site as they are in the archive."""
    return {
        f"{each.record.name}/{name}": path
        for each in issues
        for name, path in each.files.items()
        if name not in each.covered
    }


def _covered(issues: Sequence[Published]) -> set[str]:
    return {f"{each.record.name}/{name}" for each in issues for name in each.covered}


def _painted_over(issues: Sequence[Published]) -> Iterator[tuple[str, bytes]]:
    """The page pictures with withheld parts painted over; a picture that cannot be read is not on the site."""
    for issue in issues:
        for name, boxes in issue.covered.items():
            if picture := covered(issue.files[name].read_bytes(), boxes):
                yield f"{issue.record.name}/{name}", picture


def _covers(issues: Sequence[Published], target: SiteFolder) -> dict[str, str]:
    """Small pictures of the first pages, by issue; made again if the page's picture changed."""
    from PIL import Image

    found = {}
    for issue in issues:
        source, name = issue.files.get("pages/p1.png"), f"{issue.record.name}/cover.webp"
        if source is None or 1 not in issue.pictures or "pages/p1.png" in issue.covered:
            continue  # an earlier cover that shows the whole page is removed
        if target.follows(name, source):
            target.keep(name)
        else:
            try:
                with Image.open(source, formats=["PNG"]) as opened:
                    picture = opened.convert("RGB")
            except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
                continue  # a broken picture: the pages show none
            picture.thumbnail((_COVER, 2 * _COVER))
            content = BytesIO()
            picture.save(content, "WEBP", quality=80)
            target.put_made(name, content.getvalue(), source)
        found[issue.record.name] = name
    return found


class _Pages:
    """Makes the pages of a site from its templates."""

    def __init__(
        self,
        site: SiteMap,
        municipality: str,
        base: str,
        folders: Sequence[Path],
        root: Path,
        earlier: Sequence[str],
        core: Mapping[str, Mapping[str, str]],
        kinds: Mapping[str, str],
    ) -> None:
        self._site, self._base, self._folders, self._root, self._earlier = site, base, folders, root, earlier
        self._core = core
        self._shared = {"city": municipality, "base": base, "kinds": kinds, "site": site}

    def names(self) -> set[str]:
        """Every file that will be there, except copies and the search index."""
        fixed = {"index.html", "search.html", "404.html", "feed.xml", "assets/style.css", "assets/search.js"}
        years = {f"{year.year}/index.html" for year in self._site.years}
        of_issues = {f"{issue.name}/index.html" for issue in self._site.issues}
        of_issues |= {f"{issue.name}/cover.webp" for issue in self._site.current}
        articles = {name for issue in self._site.issues for name in (*(a.name for a in issue.articles), *issue.gone)}
        return fixed | years | of_issues | articles | ({"sitemap.xml"} if self._base else set())

    def made(self, files: Mapping[str, Mapping[str, Path]], covers: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
        """Every page by name; ``files`` published and ``covers`` by issue."""
        site = self._site
        yield self._page("assets/style.css", "style.css", "")
        yield self._page(
            "assets/search.js", "search.js", "", variants=variants(), narrowed=NARROWED, earlier=self._earlier
        )
        for issue in site.current:
            yield from self._issue(issue, files[issue.name], covers)
        for issue in site.issues:
            yield from self._replaced(issue) if issue.newer else ()
        for year in site.years:
            yield self._page(f"{year.year}/index.html", "year.html", "../", year=year, covers=covers)
        yield self._page("feed.xml", "feed.xml", "", entries=_fed(site), identity=self._identity)
        if self._base:
            yield self._page("sitemap.xml", "sitemap.xml", "")
        yield self._page("404.html", "404.html", self._base or "/")
        kinds = sorted({issue.kind for issue in site.current})
        departments = sorted({article.department for issue in site.current for article in issue.articles} - {""})
        yield self._page("search.html", "search.html", "", held_kinds=kinds, departments=departments)
        yield self._page("index.html", "index.html", "", covers=covers)

    def _issue(
        self, issue: IssueAt, files: Mapping[str, Path], covers: Mapping[str, str]
    ) -> Iterator[tuple[str, bytes]]:
        here = {"issue": issue, "around": self._site.around[issue.name], "note": _GRADES.get(issue.grade, "")}
        here["core"] = self._core[issue.name]
        front = {**here, "note": f"{here['note']}{_WITHHELD if issue.withheld else ''}"}
        yield self._page(
            f"{issue.name}/index.html", "issue.html", "../", **front, editions=_editions(files), covers=covers
        )
        for name in issue.gone:
            yield self._page(name, "withheld.html", "../", issue=issue)
        for place, article in enumerate(issue.articles):
            before = issue.articles[place - 1] if place else None
            after = issue.articles[place + 1] if place + 1 < len(issue.articles) else None
            yield self._page(article.name, "article.html", "../", **here, article=article, before=before, after=after)

    def _replaced(self, issue: IssueAt) -> Iterator[tuple[str, bytes]]:
        """The pages of a replaced issue: its addresses lead to the newer revision, nothing else is there."""
        held = {article.name for newer in self._site.current if newer.name == issue.newer for article in newer.articles}
        front = f"{issue.newer}/index.html"
        yield self._page(f"{issue.name}/index.html", "replaced.html", "../", issue=issue, leads_to=front)
        for name in (*(article.name for article in issue.articles), *issue.gone):
            same = issue.newer + name.removeprefix(issue.name)
            leads_to = same if same in held else front
            yield self._page(name, "replaced.html", "../", issue=issue, leads_to=leads_to)

    def _page(self, name: str, template: str, up: str, **more: object) -> tuple[str, bytes]:
        context = {**self._shared, "name": name, "up": up, **more}
        return name, str(render(self._folders, template, self._root, context)).encode("utf-8", "replace")

    def _identity(self, name: str) -> str:
        """A page's permanent id: the same for ever, even if the site moves (RFC 9562, 5.5)."""
        return uuid5(NAMESPACE_URL, f"koho-pdf:{self._shared['city']}:{name}").urn


def _editions(files: Mapping[str, Path]) -> tuple[Edition, ...]:
    return tuple(
        Edition(label, name, _in_words(files[name].stat().st_size))
        for start, label in _EDITIONS
        for name in sorted(files)
        if name == start or (start.endswith("/") and name.startswith(start))
    )


def _in_words(size: int) -> str:
    return f"{size / 1_000_000:.1f}MB" if size >= 100_000 else f"{-(-size // 1000)}KB"


def _fed(site: SiteMap) -> list[tuple[IssueAt, ArticleAt | None]]:
    """The newest issues, each followed by its articles."""
    entries: list[tuple[IssueAt, ArticleAt | None]] = []
    for issue in site.current:
        entries += [(issue, None), *((issue, article) for article in issue.articles)]
        if len(entries) >= _MOST_FED:
            break
    return entries[:_MOST_FED]
