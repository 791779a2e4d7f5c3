"""Takes a release into the archive as a bag, no number twice; gives a bag out as a copy for others.

Nothing is written here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from koho_pdf.archive.bags.bag import PAYLOAD, held
from koho_pdf.archive.bags.disk_names import must_be_keepable
from koho_pdf.archive.bags.holdings import Issue, must_be_there, revision_of
from koho_pdf.archive.bags.ledger import (
    INGESTED,
    REGISTERED,
    REPLACED,
    RETURNED,
    SUCCESS,
    VALIDATED,
    WITHDRAWN,
    Event,
    read_ledger,
)
from koho_pdf.archive.bags.provenance import Source, packed, told_of
from koho_pdf.archive.bags.record import Record, address_keys, read_record, record_bytes
from koho_pdf.archive.bags.register import CLOSED, REGISTER, SOFTWARE, Act, read_register, registered
from koho_pdf.archive.bags.verifying import verified
from koho_pdf.archive.bags.withheld import given_out, issue_folders, shown_of, withheld_of
from koho_pdf.archive.search.index import Index, with_index
from koho_pdf.errors import ArchiveError, KohoError
from koho_pdf.findings import Finding, Where, error, warning
from koho_pdf.gate.acknowledged import FILE as ACKNOWLEDGED
from koho_pdf.gate.acknowledged import entries_of
from koho_pdf.manuscript.own_files import ROUNDS

PRINT_ONLY = "print/"
"""The folder of a release, and of a bag's payload, that is for the print shop and not for the public."""


ROUNDS_KEPT = f"{PRINT_ONLY}{ROUNDS}/"
"""The closed folder of a bag with the issue's rounds of proofs and the answers of departments."""


def kept(
    release: Path,
    archive: Path,
    source: Source | None = None,
    events: Sequence[Event] = (),
    rounds: Path | None = None,
) -> dict[str, bytes]:
    """The bag of the release in the folder ``release``, to be written once under its name. ``rounds`` is the folder of
    the issue's proofs: it goes into the closed part, which nobody gets who does not ask for print.

    Raises ArchiveError: ``not-released``, ``record-broken``, ``bag-not-plain`` and ``bag-name`` for what may not go
    into a bag, ``archive-number-taken`` when an issue of another name has its number, ``archive-name``.
    """
    reserved = release.name.startswith(".") or release.name in (CLOSED, REGISTER, SOFTWARE)
    if reserved or not all((release / name).is_file() for name in ("release.json", "record.json")):
        issue, _ = revision_of(release.name)
        raise ArchiveError(
            error(
                "not-released",
                f"「{release.name}」は、まだ校了（リリース）していません。",
                hint=f"先に koho release {issue} を実行してください。",
            )
        )
    record = read_record(release, payload="")
    must_be_keepable(record.name, archive, Where(f"{release.name}/record.json"))
    proofs = held(rounds) if rounds and rounds.is_dir() else {}
    closed = {f"{ROUNDS_KEPT}{name}": content for name, content in proofs.items() if not name.startswith(".")}
    bag = packed({**held(release), **closed}, record, source or Source(), events)
    if other := another_of(archive, record.name, record.number, record.kind):
        raise ArchiveError(number_taken(record.name, other, Where(f"{release.name}/record.json")))
    return bag


def another_of(archive: Path, name: str, number: int | None, kind: str) -> Issue | None:
    """The issue that is kept under another name with this number and kind; revisions of ``name`` do not count."""
    if number is None or not archive.is_dir():
        return None
    issues, _ = with_index(archive, Index.issues)
    own, _ = revision_of(name)
    others = (issue for issue in issues if (issue.number, issue.kind) == (number, kind))
    return next((issue for issue in others if revision_of(issue.name)[0] != own), None)


def number_taken(name: str, other: Issue | Record | None, where: Where) -> Finding:
    """The finding that another issue has this name or this number (``other`` then has another name)."""
    what = f"（{other.title}、{other.date.isoformat()}）" if other else ""
    told = f"保存庫の「{other.name if other else name}」には、もう別のもの{what}が入っています。"
    hint = "号数と日付を確かめてください。差し替えるときは --revision 2 のように版を書けば、前の版も残ります。"
    return error("archive-number-taken", told, where, hint)


def kept_issue(archive: Path, name: str) -> Path:
    """The folder of an issue of the archive; raises ArchiveError: ``archive-no-issue``, ``no-archive``."""
    names = kept_issues(archive)
    if name not in names:
        held_there = "・".join(names[-5:]) or "まだ1つもありません"
        told, hint = (
            f"保存庫に「{name}」はありません。",
            f"保存庫にある号（名前の終わりのほうから5つまで）: {held_there}",
        )
        if removed := read_register(archive, name).removed if name in registered(archive) else None:
            told = f"「{name}」は、閉じた書庫に移してあります（{removed[max(removed)].in_words()}）。"
            hint = f"戻すときは koho archive remove {name} --undo を使ってください。"
        raise ArchiveError(error("archive-no-issue", told, hint=hint))
    return archive / name


def kept_issues(archive: Path) -> list[str]:
    """The names of all issues: no hidden folder, nothing closed. Raises ArchiveError (``no-archive``)."""
    must_be_there(archive)
    return [path.name for path in issue_folders(archive)]


def decided(archive: Path) -> tuple[list[tuple[str, Act]], list[tuple[str, Act]], tuple[Finding, ...]]:
    """The removals and withholdings in force, with the names of their issues; and findings about broken registers."""
    removed: list[tuple[str, Act]] = []
    withheld: list[tuple[str, Act]] = []
    faults: list[Finding] = []
    for name in registered(archive):
        try:
            register = read_register(archive, name)
        except ArchiveError as fault:
            faults += fault.findings
            continue
        removed += [(name, register.removed[place]) for place in sorted(register.removed)]
        withheld += [(name, act) for act in register.withheld.values()]
    return removed, withheld, tuple(faults)


def decided_before(archive: Path, name: str) -> tuple[Finding, ...]:
    """When ``name`` is put into the archive: a warning for each earlier decision about it or another revision."""
    issue, _ = revision_of(name)
    removed, withheld, _ = decided(archive)
    said = [(of, "この号は、前に保存庫から除いています", act) for of, act in removed]
    said += [(of, f"この号の「{act.heading[:30]}」は、公開から除いています", act) for of, act in withheld if of != name]
    hint = "同じところがあれば、koho archive remove や koho archive withhold で、こちらも除いてください。"
    return tuple(
        warning("archive-decided-before", f"{told}（{of}、{act.in_words()}）。", Where(name), hint)
        for of, told, act in said
        if revision_of(of)[0] == issue
    )


def spread(folder: Path) -> tuple[Finding, ...]:
    """A warning to whoever makes a whole copy of an issue with withheld parts."""
    acts = withheld_of(folder)
    told = f"公開から除いたもの（{'、'.join(act.what for act in acts)}）も、この写しに入っています。"
    hint = "公開しないでください。"
    return (
        (warning("archive-withheld-inside", told, Where(f"{folder.parent.name}/{folder.name}"), hint),) if acts else ()
    )


def is_sample(release: Path) -> bool:
    """Whether the release calls itself a sample (見本), which is not a document of the city."""
    try:
        told = json.loads((release / "release.json").read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(told, dict) and told.get("sample") is True


def exported(folder: Path, whole: bool) -> dict[str, bytes]:
    """A new bag with what the public may have of the bag in ``folder``; with ``whole`` all of it, even withheld parts.
    Raises ArchiveError with every fault of the bag, so that no damaged copy is spread; ``record-broken``.
    """
    if faults := verified(folder):
        raise ArchiveError(*faults)
    if whole:
        return held(folder)
    shown = shown_of(folder)
    record = shown.record
    if shown.withheld:
        public = given_out(folder, shown, record_bytes(record))
    else:
        public = {name: content for name, content in held(folder / PAYLOAD).items() if not name.startswith(PRINT_ONLY)}
    told = told_of(folder)
    source = Source(told.get("Source-Organization", ""), told.get("Rights", ""))
    return packed(public, record, source)


_DONE = {
    INGESTED: "しまった", REPLACED: "差し替えてしまった", REGISTERED: "台帳に載せた", VALIDATED: "確かめた",
    WITHDRAWN: "公開や保存から除いた", RETURNED: "戻した",
}  # fmt: skip


def _acknowledged(payload: Path) -> Iterator[str]:
    """The errors of its words that two people let stand, each with the reason and both."""
    for file in sorted(payload.glob(f"{PRINT_ONLY}source/content/*/{ACKNOWLEDGED}")):
        with suppress(KohoError):  # the program of that day read it; what today's cannot read stays in the bag
            for each in entries_of(file.parent, payload):
                yield f"  {each.words}\t{each.rule}\t{each.reason}\t{each.by}・{each.second}"


def _events(folder: Path) -> Iterator[str]:
    """The acts of the register on an issue: what, when and by whom."""
    try:
        events = read_ledger(folder.parent).of(folder.name)
    except ArchiveError as fault:
        yield f"  {fault.findings[0].message}"
        return
    for each in events:
        outcome = "" if each.outcome == SUCCESS else "間違いがありました"
        yield "  " + "\t".join(
            filter(None, (each.time, _DONE.get(each.event, each.event), outcome, each.by, each.note, each.agent))
        )


_OPENED = {
    "screen.pdf": "紙面を見る（PDFを読むどのソフトでも）",
    "original.pdf": "紙面を見る（PDFを読むどのソフトでも）",
    "web/index.html": "ウェブページを見る（どのブラウザでも）",
    "text": "文章を読む（文字だけのファイル。どのエディターでも）",
    "print/package": "印刷所に渡したもの（公開しません）",
    "print/source/content": "原稿（文字だけのファイル。公開しません）",
}


def shown(folder: Path, root: Path) -> Iterator[str]:
    """The issue in ``folder`` described in lines: facts, articles with page, files with size, how to open it.

    Paths are told from the workspace ``root``. Raises ArchiveError (``record-broken``).
    """
    record, payload, shown = read_record(folder), folder / PAYLOAD, shown_of(folder)
    number = "" if record.number is None else f"\t第{record.number}号"
    day = record.date
    yield f"{record.title}{number}\t{day.year}年{day.month}月{day.day}日\t{record.kind}\t{record.pages}ページ"
    yield f"\n記事（{len(record.articles)}）"
    for key, article in zip(address_keys([each.key for each in record.articles]), record.articles, strict=True):
        department = f"\t{article.department}" if article.department else ""
        gone = "\t公開しません" if key in shown.gone else ""
        yield f"  {article.page}ページ\t{key}\t{article.heading}{department}{gone}"
    yield from (f"  公開しないもの\t{act.what}\t{act.heading}\t{act.in_words()}" for act in shown.withheld)
    files = sorted(path for path in payload.rglob("*") if path.is_file())
    yield f"\nファイル（{len(files)}）"
    for path in files:
        yield f"  {path.stat().st_size:>12,}バイト\t{path.relative_to(payload).as_posix()}"
    if standing := [*_acknowledged(payload)]:
        yield f"\n校閲の間違いを承知のうえで載せたもの（{len(standing)}）"
        yield from standing
    if events := [*_events(folder)]:
        yield f"\n記録（{len(events)}）"
        yield from events
    yield "\n開き方"
    for name, how in _OPENED.items():
        if (payload / name).exists():
            yield f"  {(payload / name).relative_to(root).as_posix()}\t{how}"
