"""Every edition (版) there is, as a value: how it is composed and finished, and what its files are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from koho_pdf.composition.pictures.drawn import size_of_file
from koho_pdf.content.public import every_picture
from koho_pdf.editions.edition import Edition, Made, Of, Paged, Pages, Words
from koho_pdf.editions.folding_dummy import Folding, folding_of
from koho_pdf.editions.freed import MANY
from koho_pdf.editions.inspecting import inspected_once
from koho_pdf.editions.page_pictures import page_pictures
from koho_pdf.editions.web import single_page, web_edition
from koho_pdf.editions.web_crop import cut_on_web
from koho_pdf.findings import Finding
from koho_pdf.finishing.finish import Job, finish_print, finish_screen, sheets_of
from koho_pdf.finishing.imposition import Laying, Misfit, PageFolds
from koho_pdf.finishing.sheets import Side, standing
from koho_pdf.layout.galley import print_galley, web_page
from koho_pdf.layout.planned import types_of_pages, vertical_articles
from koho_pdf.layout.reflowed import ARTICLE, article_pages, large_galley
from koho_pdf.layout.slips import colours, drawings
from koho_pdf.layout.unclosed import unclosed
from koho_pdf.layout.unpaged import Galley
from koho_pdf.press.profile import Press
from koho_pdf.workspace.workspace import Workspace


def _print_galley(of: Of) -> Galley:
    placing = of.placed(of.whole).placing
    return print_galley(of.whole, of.tight_layout, of.workspace.city, of.press, of.folder, of.root, placing)


def _job(of: Of) -> Job:
    layout = of.layout
    sheet = (layout.name, layout.trim, layout.bleed, layout.binding)
    folds = tuple(PageFolds(each.folds, each.folds_across) for each in types_of_pages(of.whole, layout))
    return Job(of.sent_as, of.whole.date.day, *sheet, of.press, of.faces, of.state, folds, layout.fold)


def folding(of: Of) -> Folding | None:
    """How the print file that was made is folded; None if it is not."""
    job, sizes = _job(of), of.composed["print"].sizes
    how = Laying(of.press.sheets, job.binding, of.press.creep, job.fold)
    return folding_of(sheets_of(sizes, job), sizes, how, (of.whole.printing.fold if of.whole.printing else "") or "")


def _print_files(of: Of, made: Paged) -> Made:
    sizes, job = made.document.sizes, _job(of)
    laid = sheets_of(sizes, job)
    ordered = [each.trim for each in types_of_pages(of.whole, of.layout)] or (of.layout.trim, *sizes[1:])
    trims = [side.cut_to for side in _laid_as_ordered(ordered, job) or laid]
    placed = standing(made.document.placed, laid)
    cache = None if of.papers else of.workspace.cache
    inks = [[*dict.fromkeys(ink for page in side.pages for ink in _inks(made, of, page.page))] for side in laid]
    inspect = partial(inspected_once, made.pdf, of.press, trims, placed, cache, inks)
    inspection = inspect if len(sizes) > MANY else of.beside.submit(inspect).result
    return Made({f"{print_folder(of.press, of.workspace)}print.pdf": made.pdf}, inspection=inspection)


def _laid_as_ordered(ordered: Sequence[tuple[float, float]], job: Job) -> tuple[Side, ...]:
    """The sides of sheets as the layout says the sizes of its pages; none if these do not go together."""
    try:
        return sheets_of(ordered, job)
    except Misfit:
        return ()


def _inks(made: Paged, of: Of, page: int) -> tuple[str, ...]:
    """The plates that a page may print on."""
    own = made.galley.page_inks.get(page)
    return (own.press if own else of.press).inks.plates


def _screen_files(of: Of, made: Paged) -> Made:
    pictures = {f"pages/p{number}.png": each for number, each in enumerate(page_pictures(made.pdf), 1)}
    return Made({"screen.pdf": made.pdf, **pictures})


def _large_galley(of: Of) -> Galley:
    return large_galley(of.public, of.layout, of.workspace.city, of.folder, of.root)


def _web(of: Of) -> Made:
    city, profile = of.workspace.city, of.workspace.city.press.condition.profile
    page = web_page(of.public, of.layout, city, of.root)
    articles = article_pages(of.name, of.public, of.layout, city, of.root)
    slips = (
        *unclosed(page, of.layout, of.root, web=True),
        *colours(page, of.layout, of.root),
        *drawings(page, of.layout, of.root),
    )
    lost = (*of.collation.web(page, articles), *slips, *_cut(of, page, *articles.values()))
    return Made(below("web", web_edition(page, articles, of.faces, city.faces, of.folder, profile)), lost)


def _cut(of: Of, page: str, *articles: str) -> tuple[Finding, ...]:
    """Findings about pictures that frames of web pages cut although they must not."""
    kept = [each for each in every_picture(of.public) if each.keep]
    sizes = {each.file: size_of_file(of.folder / each.file) for each in kept}
    layouts = of.workspace.layouts.relative_to(of.root).as_posix()
    own, shared = f"{layouts}/{of.layout.name}/web.css", f"{layouts}/{ARTICLE}/article.css"
    found = [*cut_on_web(page, kept, sizes, own)]
    for text in articles:
        found += cut_on_web(text, kept, sizes, shared)
    return tuple(dict.fromkeys(found))


def _epub(of: Of) -> Made:
    from koho_pdf.editions.epub import epub

    city, profile = of.workspace.city, of.workspace.city.press.condition.profile
    articles = article_pages(of.name, of.public, of.layout, city, of.root)
    web = web_edition("", articles, of.faces, city.faces, of.folder, profile)
    style = (of.layout.folder.parent / ARTICLE / "epub.css").read_text(encoding="utf-8")
    rtl = of.layout.binding == "right"
    book = epub(of.name, of.public, city, web, style, vertical=vertical_articles(of.public, of.layout), rtl=rtl)
    return Made({f"epub/{of.name}.epub": book})


def _web_single(of: Of) -> Made:
    city = of.workspace.city
    page = web_page(of.public, of.layout, city, of.root, alone=True)
    alone = single_page(page, of.faces, city.faces, of.folder, city.press.condition.profile)
    return Made({f"web-single/{of.name}.html": alone}, _cut(of, page))


def _text(of: Of) -> Made:
    from koho_pdf.editions.text import text_edition

    written = text_edition(of.public, of.begins(), of.workspace.city)
    return Made({f"text/{of.name}.txt": written}, of.collation.text(written))


def _data(of: Of) -> Made:
    from koho_pdf.editions.event_csv import event_tables
    from koho_pdf.editions.feeds import feeds
    from koho_pdf.editions.icalendar import calendar_of
    from koho_pdf.editions.issue_json import issue_json
    from koho_pdf.editions.my_koho import my_koho
    from koho_pdf.editions.waste_days import waste_files

    city = of.workspace.city
    written = issue_json(of.name, of.public, of.begins(), city)
    files = {"events.ics": calendar_of(of.name, of.public, city), **feeds(of.name, of.public, city)}
    files |= {**event_tables(of.name, of.public, city), "my-koho.txt": my_koho(of.public)}
    files |= waste_files(of.name, of.public, city)
    return Made({"data/issue.json": written, **below("data", files)}, of.collation.data(written))


_PRINT = Pages(
    galley=_print_galley,
    finish=lambda of, document: finish_print(document.write(), _job(of)),
    files=_print_files,
)
_SCREEN = Pages(
    galley=Of.screen_galley,
    finish=lambda of, document: finish_screen(document.write(), of.layout.binding),
    files=_screen_files,
)
_LARGE = Pages(
    galley=_large_galley,
    finish=lambda _, document: finish_screen(document.write()),
    files=lambda _, made: Made({"large.pdf": made.pdf}),
)

EDITIONS = (
    Edition("print", "印刷用のPDFを組む", _PRINT, source="whole"),
    Edition("screen", "画面用のPDFを組む", _SCREEN),
    Edition("web", "ウェブページを作る", Words(_web)),
    Edition("large", "拡大版を組む", _LARGE, when="asked"),
    Edition("text", "テキスト版を作る", Words(_text), when="asked"),
    Edition("data", "データを作る", Words(_data), when="asked"),
    Edition("epub", "電子書籍（EPUB）を作る", Words(_epub), when="asked"),
    Edition("web-single", "ウェブページを1つのファイルにする", Words(_web_single), when="alone"),
)
"""Every edition, in the order in which they are made: the print file first, whose preflight takes longest."""

USUAL = tuple(each.name for each in EDITIONS if each.when == "always")
"""What is made when nothing is asked for."""

RELEASED = tuple(each.name for each in EDITIONS if each.when != "alone")
"""What a release holds."""


def print_folder(press: Press, workspace: Workspace) -> str:
    """The folder for this print shop's files; for the usual print shop there is none, and its files stand beside the
    others.
    """
    return "" if press.name == workspace.city.press.name else f"press/{press.name}/"


def below(folder: str, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Files by their names below a folder."""
    return {f"{folder}/{name}": content for name, content in files.items()}
