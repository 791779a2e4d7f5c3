"""受付: a file of a department becomes articles of an issue. The file stays as it was sent in ``received/``; nothing
that is there already is overwritten; what is doubtful is told.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from koho_pdf.content.article_files import FOLDER, file_of
from koho_pdf.content.values.ids import wrong_id
from koho_pdf.errors import ArchiveError, KohoError, UsageError
from koho_pdf.findings import Finding, Severity, Where, error, note, warning
from koho_pdf.intake.article_text import lost, text_of_article
from koho_pdf.intake.awaiting_issue import day_of, ids_in, kinds_for, tree_of
from koho_pdf.intake.by_format import SIZE_LIMIT, received
from koho_pdf.intake.draft import Draft
from koho_pdf.intake.drafts import draft_of
from koho_pdf.intake.parts_of_files import in_rows, parts, without_form
from koho_pdf.intake.proposed_kind import proposed
from koho_pdf.intake.proposed_mends import proposed_mends
from koho_pdf.intake.received import Grid, Line, Piece, Received, Shown, Unread
from koho_pdf.intake.received_files import Entry, entries, free_name, keep, told_in_words
from koho_pdf.intake.values_of_cells import Setting
from koho_pdf.kinds.kind import Kind
from koho_pdf.manuscript.mistakes import checked
from koho_pdf.manuscript.paths import of_article
from koho_pdf.manuscript.reader import read_bytes
from koho_pdf.manuscript.scalar import Node
from koho_pdf.platform.folders import write_file
from koho_pdf.workspace.workspace import Workspace

PHOTOS = "photos"
_DEPARTMENT = re.compile(r"^[ ]*department: '?([^\s'0-9]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file: its name, its articles by their ids with the title of their kind, and what is told."""

    file: str
    articles: tuple[tuple[str, str], ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """What the editor says of the files: their ``kind``, ``department``, and the ``id`` of the article; empty for
    what is to be found out."""

    kind: str = ""
    department: str = ""
    id: str = ""


class Reception:
    """Takes files in for the issue in ``folder``. Raises UsageError (``usage``) for a wish that cannot
    be."""

    def __init__(self, folder: Path, workspace: Workspace, wish: Wish = Wish()) -> None:
        self._folder, self._workspace, self._wish = folder, workspace, wish
        self._tree = tree_of(folder, workspace)
        self._kinds = kinds_for(self._tree, workspace)
        self._taken = ids_in(self._tree, folder)
        self._setting = Setting("", day_of(self._tree), workspace.city.departments, workspace.city.area_code)
        if wish.kind and wish.kind not in self._kinds:
            there = "・".join(f"{name}（{each.title}）" for name, each in self._kinds.items())
            told = f"「{wish.kind}」という記事の型は、この号にありません。"
            raise UsageError(error("usage", told, hint=f"使える型: {there or 'ありません'}"))
        if wish.department and wish.department not in workspace.city.departments:
            there = "・".join(workspace.city.departments) or "ありません"
            told = f"「{wish.department}」という課は、koho.yaml にありません。"
            raise UsageError(error("usage", told, hint=f"koho.yaml にある課: {there}"))
        if wish.id and (wrong_id(wish.id) or wish.id in self._taken):
            why = "もう使われています" if wish.id in self._taken else "使えません"
            hint = "半角の英小文字、数字、- だけの、まだない名前にしてください。例: shakai-fukushi"
            raise UsageError(error("usage", f"記事の名前「{wish.id}」は{why}。", hint=hint))
        if not self._kinds:
            told = "この作業場には、記事の型がありません。"
            raise UsageError(error("usage", told, hint="layouts/_kinds に、記事の型を置いてください。"))

    def take(self, path: Path) -> Taken:
        """Take one file in. Raises UsageError (``no-file``), ArchiveError."""
        raw, name = _content(path), unicodedata.normalize("NFC", path.name)
        digest = hashlib.sha256(raw).hexdigest()
        before = entries(self._folder)
        same = next((each for each in before if each.sha256 == digest and each.articles), None)
        if same and not self._wish.kind:
            told = f"同じファイルは、もう取り込んであります（記事: {'・'.join(same.articles)}）。何もしませんでした。"
            return Taken(name, (), (note("received-already", told, Where(file=name)),))
        found: list[Finding] = []
        if other := next((each for each in reversed(before) if each.articles and _alike(each.file, name)), None):
            told = f"前に受け取った「{other.file}」（記事: {'・'.join(other.articles)}）の新しい版のようです。"
            hint = "2つの記事を見くらべて、要らないほうを消してください。"
            found.append(warning("received-again", told, Where(file=name), hint))
        made: list[tuple[str, str]] = []
        sender = ""
        try:
            for each in received(raw, name):
                each = without_form(each, self._kinds)
                sender = sender or each.sender
                if not _says_anything(each):
                    found += each.findings
                    continue
                for part in parts(each):
                    split = in_rows(self._asked(each), part)
                    for pieces in split[1] if split else [part]:
                        id_, title, told_ = self._article(each, pieces, split[0] if split else None)
                        each = replace(each, findings=(), aside=())  # told once
                        found += told_
                        made.append((id_, title))
        except Unread as fault:
            found.append(fault.finding)
        department = self._wish.department or self._of_sender(sender) or self._of_articles([id_ for id_, _ in made])
        kept = keep(
            self._folder,
            name,
            raw,
            Entry(name, digest, tuple(id_ for id_, _ in made), department, told_in_words(found)),
        )
        if not made and not any(each.severity is not Severity.NOTE for each in found):
            hint = "ファイルを開いて、中身を確かめてください。様式なら、書いて送ってもらってください。"
            found.append(
                warning("received-no-text", "文章も表も写真も、見つかりませんでした。", Where(file=name), hint)
            )
        return Taken(kept.file, tuple(made), tuple(dict.fromkeys(found)))

    def _asked(self, file: Received) -> list[Kind]:
        """The kinds that an article of a file may have: the one that is wished, that of its form, or all."""
        asked = self._wish.kind or (file.form if file.form in self._kinds else "")
        return [self._kinds[asked]] if asked else list(self._kinds.values())

    def _article(self, file: Received, pieces: Sequence[Piece], kind: Kind | None) -> tuple[str, str, list[Finding]]:
        """Write the article of these pieces; its id, the title of its kind, and what is told."""
        setting = replace(self._setting, file=file.file)
        kinds = [kind] if kind else self._asked(file)
        draft = draft_of(kinds[0], file, pieces, setting) if len(kinds) == 1 else proposed(kinds, file, pieces, setting)
        if file.aside:
            draft.leftover += [each.marked for each in file.aside]
            told = "ページの上下・署名・発表者のメモ・様式の欄の外など、本文の外の言葉がありました。"
            told += "記事の leftover に入れました。"
            draft.findings.append(note("received-aside", told, Where(file=file.file)))
        found = [*file.findings, *draft.findings]
        if gone := lost(pieces, draft, found):
            draft.leftover.append(gone)
        id_ = self._free_id(draft.kind, file.file)
        files = self._pictures(draft, id_, found, file.file)
        if draft.leftover:
            told = f"入れるところの決まらない言葉が{len(draft.leftover)}か所あります。記事の leftover に残しました。"
            hint = f"{file_of(id_)} を開き、載せるものをほかの項目に移したら、leftover の行を消してください。"
            found.append(warning("received-unplaced", told, Where(file=file.file), hint))
        department = (
            self._wish.department if not draft.kind.department or draft.kind.department not in draft.values else ""
        )
        completed = (self._workspace.root / "schemas" / f"{draft.kind.name}.schema.json").is_file()
        text = text_of_article(draft, department, completed)
        try:
            for name, content in files.items():
                (self._folder / name).parent.mkdir(exist_ok=True)
                write_file(content, self._folder / name)
            (self._folder / FOLDER).mkdir(exist_ok=True)
            write_file(text.encode(), self._folder / file_of(id_))
        except OSError:
            hint = "ディスクの空きと、フォルダーに書く権限を確かめてください。"
            raise ArchiveError(error("not-written", f"{file_of(id_)} を書けませんでした。", hint=hint)) from None
        self._taken.add(id_)
        mistakes = [*_unsaid(self._mistakes(draft.kind, id_, text), found)]
        mends = proposed_mends(draft, id_, text, self._shown(id_), self._workspace.city.style, self._setting.day)
        known = {each.where.line for each in mistakes if each.where.line}
        proposals = [each for each in mends if each.where.line not in known]
        return id_, draft.kind.title, [*found, *mistakes, *proposals]

    def _shown(self, id_: str) -> str:
        """The file of an article as findings name it."""
        if self._folder.is_relative_to(self._workspace.root):
            return f"{self._folder.relative_to(self._workspace.root).as_posix()}/{file_of(id_)}"
        return f"{self._folder.name}/{file_of(id_)}"

    def _mistakes(self, kind: Kind, id_: str, text: str) -> Iterator[Finding]:
        """What is wrong with an article as it was written, as ``koho check`` would say: nothing to stop for yet."""
        shown = self._shown(id_)
        try:
            tree = read_bytes(text.encode(), shown, of_article(id_))
        except KohoError as fault:
            yield from (replace(each, severity=Severity.WARNING) for each in fault.findings)
            return
        if isinstance(tree.root, dict):
            root: dict[str, Node] = {**tree.root, "id": id_}  # type: ignore[dict-item]
            tree = replace(tree, root=root)
        context = {"folder": self._folder, "date": self._setting.day, "departments": self._workspace.city.departments}
        _, told = checked(tree, kind.article_model, context)
        yield from (replace(each, severity=min(each.severity, Severity.WARNING, key=_rank)) for each in told)

    def _pictures(self, draft: Draft, id_: str, found: list[Finding], file: str) -> dict[str, bytes]:
        """The files of an article's pictures, which get their names; those without a field are left over."""
        files: dict[str, bytes] = {}
        for number, (shown, value) in enumerate(draft.pictures, 1):
            ending = shown.name.rpartition(".")[2].lower() if "." in shown.name else "jpg"
            ending = {"jpeg": "jpg", "tiff": "tif"}.get(ending, ending)
            name = free_name(
                self._folder / PHOTOS, f"{id_}{f'-{number}' if number > 1 else ''}.{ending}", shown.content
            )
            files[f"{PHOTOS}/{name}"] = shown.content
            if value is not None:
                value["file"] = f"{PHOTOS}/{name}"
            else:
                draft.leftover.append(f"写真　{PHOTOS}/{name}　{shown.alt}".strip("　"))
        if any(value is not None and "alt" not in value for _, value in draft.pictures):
            told = "写真の説明（代替テキスト）がありません。"
            hint = "記事の picture に「alt: 何が写っているか」を書き足してください。"
            found.append(warning("received-alt", told, Where(file=file), hint))
        return files

    def _free_id(self, kind: Kind, file: str) -> str:
        """The id of a new article: as wished, the file's name in ASCII, or its kind with a number."""
        if self._wish.id and self._wish.id not in self._taken:
            return self._wish.id
        stem = unicodedata.normalize("NFKC", file.rpartition("/")[2].rpartition(".")[0])
        plain = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-") if stem.isascii() else ""
        base = self._wish.id or (plain if plain and not wrong_id(plain) and not plain.isdigit() else kind.name)
        numbers = (f"{base}-{number}" for number in count(1 if base == kind.name else 2))
        id_ = f"{base}-1" if base == kind.name else base
        while id_ in self._taken:
            id_ = next(numbers)
        return id_

    def _of_sender(self, sender: str) -> str:
        """The department of a mail's sender: named in it, or with the same address."""
        for name, contact in self._workspace.city.departments.items():
            mail = getattr(contact, "mail", None)
            if name in sender or (mail and mail.plain and mail.plain in sender):
                return name
        return ""

    def _of_articles(self, ids: Sequence[str]) -> str:
        """The department that an article names: one of the city's, or the first in its contact."""
        texts = [(self._folder / file_of(id_)).read_text(encoding="utf-8") for id_ in ids]
        for text in texts:
            for name in sorted(self._workspace.city.departments, key=len, reverse=True):
                if name in text:
                    return name
        said = (found for text in texts if (found := _DEPARTMENT.search(text)))
        return next((each[1] for each in said), "")


def _says_anything(file: Received) -> bool:
    """Whether a file has a word or a picture for an article."""
    cells = (cell for each in file.pieces if isinstance(each, Grid) for row in each.rows for cell in row)
    lines = [*file.aside, *(each for each in file.pieces if isinstance(each, Line))]
    said = any(each.plain.strip() for each in lines) or any(each.plain for each in cells)
    return said or any(isinstance(each, Shown) for each in file.pieces)


def _unsaid(mistakes: Iterator[Finding], found: Sequence[Finding]) -> Iterator[Finding]:
    """The mistakes that were not told with their cell already."""
    said = "\n".join(each.message for each in found)
    for each in mistakes:
        about = each.key[2]
        if each.message not in said and not (each.code == "telephone-not-understood" and f"「{about}」" in said):
            yield each


def _rank(severity: Severity) -> int:
    return [Severity.NOTE, Severity.WARNING, Severity.ERROR].index(severity)


def _alike(one: str, other: str) -> bool:
    """Whether two files have the same name but for numbers, 最終, 修正 … at its end."""

    def _core(name: str) -> str:
        stem = unicodedata.normalize("NFKC", name.rpartition(".")[0] or name)
        return re.sub(
            r"(?:[ _\-]*(?:最終|修正|訂正|改訂?|新|差替え?|確定|v|ver\.?|コピー|copy|[0-9]+|\([0-9]+\)))+$",
            "",
            stem,
            flags=re.I,
        )

    return _core(one) == _core(other) != "" and one.rpartition(".")[2].lower() == other.rpartition(".")[2].lower()


def _content(path: Path) -> bytes:
    try:
        if path.is_file():
            with path.open("rb") as opened:
                return opened.read(SIZE_LIMIT + 1)
    except OSError:
        pass
    hint = "ファイルの名前と、読む権限があるかを確かめてください。"
    raise UsageError(error("no-file", f"「{path.name}」というファイルがないか、開けません。", hint=hint))
