"""``koho archive …``: the commands about past issues, each a few lines over ``archive``."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from koho_pdf.cli import bag_commands, register_commands
from koho_pdf.cli.streams import print_json
from koho_pdf.cli.telling import progress_of, tell
from koho_pdf.cli.usage import Usage
from koho_pdf.errors import ArchiveError, KohoError, UsageError
from koho_pdf.findings import Finding, Where, error
from koho_pdf.legible import of_text

if TYPE_CHECKING:
    from koho_pdf.archive.bags.holdings import Issue
    from koho_pdf.archive.bags.register import Act
    from koho_pdf.archive.search.asking import Hit, Piece
    from koho_pdf.workspace.workspace import Folders


def list_(options: argparse.Namespace) -> int:
    """しまった号を古い順に並べ、閉じた書庫に移した号、公開しない記事、欠号を知らせます。"""
    from koho_pdf.archive.bags.fixity import due, gone
    from koho_pdf.archive.bags.holdings import missing_numbers, newest_revisions
    from koho_pdf.archive.keeping import decided
    from koho_pdf.archive.search.index import Index, with_index

    archive = _workspace(options).archive
    issues, findings = with_index(archive, Index.issues, progress=progress_of("archive"))
    closed, withheld, faults = decided(archive)
    newest = newest_revisions(issue.name for issue in issues)
    for issue in issues:
        counts = f"{issue.kind}\t{issue.pages}ページ\t{issue.articles}記事"
        print(f"{issue.name}\t{_named(issue)}\t{counts}{_replaced(newest.get(issue.name, ''))}")
    for name, act in closed:
        print(f"閉じた書庫\t{name}\t{_of_act(act)}{act.in_words()}")
    for name, act in withheld:
        print(f"公開しない\t{name}\t{act.what}（{act.heading}）\t{act.in_words()}")
    explained = [(act.kind, act.number) for _, act in closed]
    for kind, gaps in missing_numbers(issues, explained).items():
        spans = "、".join(f"{low}号" if low == high else f"{low}〜{high}号" for low, high in gaps)
        print(f"欠号\t{kind}\t{spans}")
    tell((*findings, *(fault for fault in faults if fault not in findings), *gone(archive), *due(archive)))
    return 0


def search(options: argparse.Namespace) -> int:
    """しまった号の記事を、言葉で探します。新しいものから並べます。"""
    from koho_pdf.archive.search.asking import search as look

    workspace = _workspace(options)
    found = look(
        workspace.archive,
        options.words,
        year=options.year,
        kind=options.kind,
        department=options.department,
        limit=options.limit,
        progress=progress_of("archive"),
    )
    if options.json:
        print_json(asdict(found))
        return 0
    counted = f"{found.count:,}件" + ("以上" if found.more else "")
    print(f"{counted}。新しい{len(found.hits)}件を並べます。" if found.count > len(found.hits) else f"{counted}。")
    folder = workspace.archive.relative_to(workspace.root).as_posix()
    for hit in found.hits:
        _show(hit, folder)
    tell(found.findings)
    return 0


def index(options: argparse.Namespace) -> int:
    """探すための索引を、はじめから作り直します。ふだんは要りません（探すたびに、変わった号だけ入れ直します）。"""
    from koho_pdf.archive.search.index import Index, with_index

    issues, findings = with_index(_workspace(options).archive, Index.issues, anew=True, progress=progress_of("archive"))
    print(f"{len(issues):,}号、{sum(issue.articles for issue in issues):,}記事を索引に入れました。")
    tell(findings)
    return 0


def ingest(options: argparse.Namespace) -> int:
    """昔のPDFを保存庫に入れます。元のPDFはそのまま残し、文章とページの絵を取り出して、文章の確かさを知らせます。"""
    from koho_pdf.archive.bags.ledger import INGESTED, REPLACED, event
    from koho_pdf.archive.bags.record import Record
    from koho_pdf.archive.ingest.entries import entry_of, listed
    from koho_pdf.archive.ingest.old_pdf import ingest as take_in
    from koho_pdf.archive.keeping import decided_before
    from koho_pdf.workspace.workspace import keeper, unnamed

    workspace = _workspace(options)
    archive, by, why = workspace.archive, " ".join(options.by.split()), " ".join(options.why.split())
    source = keeper(workspace.root, by, why)
    if options.csv:
        entries = listed(options.file, options.csv)
    else:
        facts = {key: getattr(options, key) for key in ("number", "date", "title", "kind", "name", "revision")}
        entries = iter([entry_of(options.file, facts, Where(file=of_text(options.file.name)))])
    code = 0
    tell(unnamed(source))
    for entry in entries:
        try:
            if isinstance(entry, tuple):
                raise ArchiveError(*entry)
            replaced = bool(re.search("-r[0-9]+$", entry.name))
            done = event(REPLACED if replaced else INGESTED, bag=entry.name, by=by, note=why)
            made = take_in(entry, archive, workspace.stand_ins, source, [done])
            if made.bare and not options.without_text and not _agreed(entry.shown, made.bare, options.csv is None):
                raise ArchiveError(*made.findings, _without_text(entry.shown, made.bare))
            before = decided_before(archive, entry.name)
            if made.files:
                record = Record(entry.name, entry.number, entry.date, entry.title, entry.kind, (), 0)
                bag_commands.put_in(made.files, archive, record, done)
            print(f"{entry.name}\t{'入れました' if made.files else 'もう入っています'}\t{entry.shown}", flush=True)
            tell((*made.findings, *(before if made.files else ())))
        except KohoError as fault:
            tell(fault.findings)
            code = fault.exit_code
    return code


def compare(options: argparse.Namespace) -> int:
    """2つの号を比べて、加わった・消えた・移った・言い換えたところを、柱や取組ごとに並べます。"""
    from koho_pdf.archive.compare.comparison import as_json, as_text, comparison, write_page
    from koho_pdf.archive.compare.two_issues import side_of

    workspace = _workspace(options)
    old, new = (side_of(name, workspace.archive, workspace.root) for name in (options.old, options.new))
    compared = comparison(old, new)
    if options.page:
        write_page(compared, options.page, workspace.archive_layouts, workspace.root)
    if options.json:
        print_json(as_json(compared))
    else:
        print(as_text(compared), end="")
    return 0


def site(options: argparse.Namespace) -> int:
    """しまった号すべてを読めて探せるサイトを作ります。どのウェブサーバーにも、そのまま置けます。"""
    from koho_pdf.archive.bags.fixity import must_be_sound
    from koho_pdf.archive.bags.holdings import must_be_there
    from koho_pdf.archive.bags.provenance import publisher
    from koho_pdf.archive.site.originals import Originals
    from koho_pdf.archive.site.publishing import make_site
    from koho_pdf.finishing.cleaning import asides, cleaned
    from koho_pdf.workspace.workspace import keeper

    workspace = _workspace(options)
    must_be_there(workspace.archive)
    must_be_sound(workspace.archive)
    folder = options.out or workspace.out / f"{workspace.archive.name}-site"
    made = make_site(
        workspace.archive,
        folder,
        workspace.archive_layouts,
        workspace.root,
        keeper(workspace.root).organization or publisher(workspace.archive),
        url=options.url,
        originals=Originals(asides, cleaned, options.clean),
        progress=progress_of("archive"),
    )
    print(f"{folder}: {made.issues:,}号、{made.articles:,}記事。", end="")
    print(f"{made.written:,}ファイルを書き、{made.removed:,}ファイルを消しました。")
    tell(made.findings)
    return 0


def add_to(usage: Usage) -> None:
    """These commands with their arguments."""
    usage.command(list_, "koho archive list")
    asked = usage.command(search, "koho archive search 敬老の日 式典 --year 平成25年度")
    asked.add_argument(
        "words",
        nargs="+",
        metavar="言葉",
        help="探す言葉。1文字から。いくつか書くと、すべてがある記事。-言葉 は、それのない記事",
    )
    asked.add_argument("--year", default="", metavar="年", help="年か年度（2013、平成25年、平成25年度）")
    asked.add_argument("--kind", default="", metavar="種類", help="号の種類（koho archive list で見られます）")
    asked.add_argument("--department", default="", metavar="担当課", help="担当課。名前の一部でも探せます")
    asked.add_argument("--limit", type=_limit, default=20, metavar="件数", help="並べる件数。書かなければ20件")
    asked.add_argument("--json", action="store_true", help="プログラムのために JSON で出します")
    usage.command(index, "koho archive index")
    shown = usage.command(site, "koho archive site --url https://www.example.lg.jp/koho/")
    shown.add_argument("--out", type=Path, metavar="フォルダー", help="書く先。書かなければ out/archive-site")
    shown.add_argument("--url", default="", metavar="アドレス", help="サイトを置くアドレス。sitemap.xml などに使います")
    shown.add_argument(
        "--clean", action="store_true", help="昔のPDFは、作成者の名前や添付ファイルなどを除いた写しをサイトに出します"
    )
    taken = usage.command(ingest, "koho archive ingest koho812.pdf --number 812 --date 2010-04-01")
    taken.add_argument("file", type=Path, metavar="PDF", help="PDFのファイル。--csv のときはPDFのフォルダー")
    taken.add_argument("--csv", type=Path, metavar="一覧", help="file,number,date,title を見出しにした一覧（CSV）")
    taken.add_argument("--number", default="", metavar="号数", help="号数（812）")
    taken.add_argument("--date", default="", metavar="日付", help="発行日（2010-04-01、平成22年4月1日）")
    taken.add_argument("--title", default="", metavar="題名", help="題名。書かなければ「第812号」")
    taken.add_argument("--kind", default="koho", metavar="種類", help="号の種類。書かなければ koho")
    taken.add_argument("--name", default="", metavar="名前", help="保存庫の中の名前。書かなければ koho-0812")
    taken.add_argument("--revision", default="", metavar="版", help="同じ号の別の版（2から）。前の版も残ります")
    taken.add_argument("--by", default="", metavar="担当", help="入れる人や課。袋と台帳に残ります")
    taken.add_argument("--why", default="", metavar="理由", help="なぜ差し替えたかなど。袋と台帳に残ります")
    taken.add_argument(
        "--without-text", action="store_true", help="文字のないPDF（スキャンした絵）も、尋ねずに入れます"
    )
    bag_commands.add_to(usage)
    register_commands.add_to(usage)

    pair = usage.command(compare, "koho archive compare 2012-policy-leaflet 2013-policy-leaflet --page 違い.html")
    pair.add_argument("old", metavar="前の号", help="保存庫の中の名前。保存庫になければ content の中の名前")
    pair.add_argument("new", metavar="後の号", help="同じく、後の号の名前")
    pair.add_argument("--page", type=Path, metavar="ファイル", help="左右に並べて見るページ（HTML）を書くファイル")
    pair.add_argument("--json", action="store_true", help="プログラムのために JSON で出します")
    for command in usage.commands.values():
        command.add_argument("--samples", action="store_true", help="見本の保存庫（archive-samples）について行います")


def _workspace(options: argparse.Namespace) -> Folders:
    """The folders of the workspace; an archive can be read without a ``koho.yaml``."""
    from koho_pdf.workspace.workspace import Folders

    return Folders(options.workspace.resolve(), samples=options.samples)


def _agreed(file: str, bare: str, one: bool) -> bool:
    """Ask at the terminal whether a PDF without text may go in; without a terminal, or for a whole folder, the answer
    is no.
    """
    if not (one and sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    print(f"{file}: {bare}", file=sys.stderr)
    print(
        "このまま入れると、言葉で探せず、読み上げもできません。入れますか？ [はい/いいえ] ",
        end="",
        file=sys.stderr,
        flush=True,
    )
    return sys.stdin.readline().strip().lower() in ("はい", "y", "yes")


def _without_text(file: str, bare: str) -> Finding:
    told = f"{bare}言葉で探せず、読み上げもできないので、入れませんでした。"
    hint = "文字認識（OCR）に掛けたPDFを入れてください。絵だけでよければ --without-text を付けてください。"
    return error("archive-without-text", told, Where(file=file), hint)


def _limit(text: str) -> int:
    if not (text.isdecimal() and 1 <= int(text[:6]) <= 1000):
        raise UsageError(
            error("usage", f"「{text[:30]}」件は並べられません。", hint="1から1000までの数を書いてください。")
        )
    return int(text)


def _named(issue: Issue) -> str:
    number = "" if issue.number is None else f"第{issue.number}号\t"
    day = issue.date
    return f"{issue.title}\t{number}{day.year}年{day.month}月{day.day}日"


def _of_act(act: Act) -> str:
    number = "" if act.number is None else f"第{act.number}号\t"
    return f"{act.title}\t{number}{act.issued}\t" if act.title else ""


def _replaced(newer: str) -> str:
    return f"\t{newer} に差し替え" if newer else ""


def _show(hit: Hit, folder: str) -> None:
    department = f"\t{hit.department}" if hit.department else ""
    print(f"\n{_words(hit.heading)}\n  {_named(hit.issue)}\t{hit.page}ページ{department}{_replaced(hit.newer)}")
    print(f"  {_words(hit.snippet)}")
    if hit.picture:
        print(f"  {folder}/{hit.picture}")


def _words(pieces: Sequence[Piece]) -> str:
    return "".join(f"【{piece.text}】" if piece.hit else piece.text for piece in pieces)
