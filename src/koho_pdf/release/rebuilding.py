"""An issue made again from its bag alone: nothing else of the workspace is read."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from koho_pdf.archive.bags.bag import PAYLOAD, held
from koho_pdf.archive.bags.verifying import verified
from koho_pdf.archive.keeping import PRINT_ONLY, ROUNDS_KEPT
from koho_pdf.errors import ArchiveError, KohoError
from koho_pdf.findings import Finding, Where, error, warning
from koho_pdf.pipeline import build
from koho_pdf.platform.folders import write_whole
from koho_pdf.press.profile import read_press
from koho_pdf.release.differences import Difference, differences, of_software
from koho_pdf.release.releasing import release_files, sums_of, without_software
from koho_pdf.workspace.workspace import open_workspace

SOURCE = f"{PRINT_ONLY}source/"
"""The folder of a release, and of a bag's payload, with the small workspace that makes it again (``sources``)."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """The ``files`` of the release as they come out today, how they differ from the bag's, and which software differs:
    name, version then, version now. The software's versions alone do not make files different.
    """

    files: Mapping[str, bytes]
    different: tuple[Difference, ...]
    software: Sequence[tuple[str, str, str]]
    findings: tuple[Finding, ...]


def rebuild(folder: Path, progress: Callable[[str], None] = lambda stage: None) -> Rebuilt:
    """Make the issue of the bag in ``folder`` again, and compare every file with the bag's byte for byte.

    Raises ArchiveError: every fault of the bag, ``archive-no-source`` for a bag that holds no manuscript; and what
    ``pipeline.build`` raises if today's software refuses something that it took then.
    """
    progress("袋を確かめる")
    if faults := verified(folder):
        raise ArchiveError(*faults)
    then = held(folder / PAYLOAD)
    told = _released(folder, then)
    altered = tuple(_altered(folder, told, then))
    with tempfile.TemporaryDirectory() as made:
        root = Path(made) / "workspace"
        source = {name.removeprefix(SOURCE): then[name] for name in then if name.startswith(SOURCE)}
        write_whole(converted(source), root)
        workspace = open_workspace(root)
        press = read_press(told.press, workspace.press, workspace.root)
        issue = workspace.content / told.issue
        try:
            again = build(issue, workspace, told.editions, press, True, progress, folder.name)
        except KohoError as fault:
            raise type(fault)(*altered, *fault.findings) from None
        progress("見比べる")
        now = release_files(again, folder.name, told.revision, issue, workspace, press)
    before = {name: content for name, content in then.items() if not name.startswith(ROUNDS_KEPT)}  # not made
    after = dict(now)
    software = of_software(without_software(before), without_software(after))
    return Rebuilt(now, differences(before, after), software, (*altered, *again.findings))


def converted(source: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of a workspace of an older format, changed so that today's program reads them (docs/formats.md). Format
    0 has no kinds as data: its two kinds come with the program (``kinds.known``) and have the same fields. What its
    templates asked of Python code is written out in them.
    """
    if any(name.startswith("layouts/_kinds/") for name in source):
        return dict(source)
    return {
        name: content.replace(b"issue.line_feed", b"((issue.size * 1.75)|round|int)")
        if name.startswith("layouts/specimen/") and name.endswith(".html")
        else content
        for name, content in source.items()
    }


@dataclass(frozen=True, slots=True)
class _Released:
    """The part of ``release.json`` that is needed to make the issue again."""

    issue: str
    revision: int
    press: str
    editions: tuple[str, ...]
    inputs: Mapping[str, str]


def _released(folder: Path, then: Mapping[str, bytes]) -> _Released:
    try:
        told = json.loads(then["release.json"])
        issue, editions = str(told["issue"]), tuple(map(str, told["editions"]))
        sums = {str(file): str(each) for file, each in dict(told.get("inputs", {})).items()}
        found = _Released(issue, int(told["revision"]), str(told["press"]["name"]), editions, sums)
        if "/" in issue or f"{SOURCE}content/{issue}/issue.yaml" not in then:
            raise ValueError(issue)
    except (ValueError, KeyError, TypeError, RecursionError) as fault:
        raise ArchiveError(
            error(
                "archive-no-source",
                f"「{folder.name}」には、作り直すための原稿が入っていません。",
                Where(f"{folder.parent.name}/{folder.name}"),
                "作り直せるのは、koho release で校了し、koho archive add でしまった号だけです。",
            )
        ) from fault
    return found


def _altered(folder: Path, told: _Released, then: Mapping[str, bytes]) -> Iterator[Finding]:
    """A warning for each source file that differs from the one used for the release: somebody packed the bag anew. Old
    bags without sums give no warning.
    """
    source = {name.removeprefix(SOURCE): content for name, content in then.items() if name.startswith(SOURCE)}
    now = sums_of(source, told.issue)
    for file in sorted(told.inputs.keys() | now.keys() if told.inputs else ()):
        if told.inputs.get(file) != now.get(file):
            how = "、袋にありません" if file not in now else "、校了したときのものではありません"
            how = "、校了したときにはありませんでした" if file not in told.inputs else how
            where = Where(f"{folder.parent.name}/{folder.name}/{PAYLOAD}/{SOURCE}{file}")
            hint = "袋が、あとから詰め直されています。控えの袋と見比べてください。"
            yield warning("archive-source-altered", f"作り直す材料の「{file}」が{how}。", where, hint)


_FATES = {"gone": "できなくなりました", "new": "新しくできました", "changed": "違います"}


def in_words(name: str, made: Rebuilt) -> Iterator[str]:
    """What came out, in lines: 同一です, or which files, pages and words differ, and which software."""
    if not made.different:
        yield f"{name}\t同一です（{len(made.files)}ファイル）"
    else:
        yield f"{name}\t{len(made.different)}ファイルが、しまったものと同じではありません。"
    for each in made.different:
        alike = each.fate == "changed" and each.file.endswith(".pdf") and not each.pages
        yield f"  {each.file}\t{_FATES[each.fate]}{'（見た目と文章は同じです）' if alike else ''}"
        for page in each.pages:
            yield f"    {page.page}ページ\t{'' if page.words else '見た目だけが違います'}".rstrip()
            yield from (f"      「{was}」→「{now}」" for was, now in page.words)
    for package, then, now in made.software:
        yield f"  ソフトウェア {package}\t{then or 'なし'} → {now or 'なし'}"
