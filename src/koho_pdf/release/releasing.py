"""校了: an issue built afresh and written once, for the print shop, for the archive and for every resident.

``print/`` holds what the print shop gets and what the issue is made from. Everything else is public, and is made of the
public issue alone. Every file of a release: docs/editions.md.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from koho_pdf.archive.bags.record import Article, Record, record_bytes
from koho_pdf.content.articles import pages_of, readings_in
from koho_pdf.content.public import pictures_of, public_manuscript, tables_of
from koho_pdf.editions.every import RELEASED, print_folder
from koho_pdf.editions.proofread import proofread
from koho_pdf.errors import KohoError, ManuscriptError, UsageError
from koho_pdf.findings import Finding, error, errors_in
from koho_pdf.finishing.archival import Associated, finish_archival
from koho_pdf.kinds.reading_order import articles_of
from koho_pdf.media.camera_notes import stripped
from koho_pdf.pipeline import Build, build
from koho_pdf.platform.folders import write_once
from koho_pdf.press.profile import Press
from koho_pdf.release.versions import versions
from koho_pdf.workspace.faces_of_city import faces_of
from koho_pdf.workspace.sources import source_of
from koho_pdf.workspace.workspace import Workspace

SCHEMA = 1
"""The version of ``release.json``."""

"""Every edition there is."""

_PAPERS = ("instructions.pdf", "folding.pdf", "sheet.pdf", "report.html")
_MIME = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".svg": "image/svg+xml",
    ".pdf": "application/pdf",
}


@dataclass(frozen=True, slots=True)
class Released:
    """校了した号: its ``name`` and ``folder``, the ZIP in it for the print shop (``package``).

    ``written`` is false if the same release was already there."""

    name: str
    folder: Path
    package: str
    written: bool
    findings: tuple[Finding, ...]


def release(
    folder: Path,
    workspace: Workspace,
    press: Press | None = None,
    revision: int = 1,
    progress: Callable[[str], None] = lambda stage: None,
) -> Released:
    """Build the issue in ``folder`` afresh for ``press`` (else the city's) and write it below ``out/releases``, once.

    Raises what ``pipeline.build`` raises while there is any error; ArchiveError ``release-changed`` if this revision
    was released with other bytes (they stay); UsageError ``release-revision`` for a number that leaves a gap.
    """
    press = press or workspace.city.press
    releases = workspace.out / "releases"
    following = _next_revision(folder.name, releases)
    if not 1 <= revision <= following:
        raise UsageError(
            error(
                "release-revision",
                f"「{folder.name}」の{revision}版は作れません。版の番号は1から順に付けます。",
                hint=f"次の版は --revision {following} です。" if following > 1 else "はじめての校了には書きません。",
            )
        )
    name = release_name(folder.name, revision)
    words = proofread(folder, workspace).findings
    try:
        made = build(folder, workspace, RELEASED, press, True, progress, name)
    except KohoError as fault:
        raise type(fault)(*fault.findings, *words) from fault
    if errors_in(words):
        raise ManuscriptError(*words, *made.findings)
    progress("校了した号を書く")
    files = release_files(made, name, revision, folder, workspace, press)
    taken = error(
        "release-changed",
        f"「{name}」はもう校了していて、いまの原稿・レイアウト・プログラムから作ったものと違います。"
        "前のものはそのまま残しました。",
        hint=f"直したものを校了するには、--revision {following} を付けてください。前の版も残ります。",
    )
    package = next(
        file for file in files if file.startswith("print/") and file.endswith(".zip") and file.count("/") == 1
    )
    return Released(
        name,
        releases / name,
        package,
        write_once(files, releases / name, taken, _same),
        tuple(dict.fromkeys((*made.findings, *words))),
    )


def _same(then: dict[str, bytes], now: dict[str, bytes]) -> bool:
    """Whether a release holds the same files, whichever software made them."""
    without_software(then)
    without_software(now)
    return then == now


def without_software(files: dict[str, bytes]) -> dict[str, str]:
    """``release.json`` without its part about software, and that part; unchanged if it cannot be read."""
    try:
        told = json.loads(files["release.json"])
        software = told.pop("software", {})
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}
    files["release.json"] = json.dumps(told, ensure_ascii=False, indent=1).encode()
    return {str(name): str(version) for name, version in software.items()} if isinstance(software, dict) else {}


def release_name(issue: str, revision: int) -> str:
    """The folder's name of a revision: the issue's name, from the second revision on with ``-r2`` and so on."""
    return issue if revision == 1 else f"{issue}-r{revision}"


def _next_revision(issue: str, releases: Path) -> int:
    revision = 1
    while (releases / release_name(issue, revision)).exists():
        revision += 1
    return revision


def release_files(
    made: Build, name: str, revision: int, folder: Path, workspace: Workspace, press: Press
) -> dict[str, bytes]:
    """Every file of a release by its name."""
    at = print_folder(press, workspace)
    sent = press.file_name.format(issue=name, press=press.name)
    package = {f"{sent}.pdf": made.files[f"{at}print.pdf"]}
    papers = {paper: made.files.get(f"{at}preflight/{paper}") for paper in _PAPERS}
    package |= {paper: content for paper, content in papers.items() if content is not None}
    package["SHA256SUMS"] = checksums(package)
    faces = faces_of(workspace.fonts, workspace.root, workspace.city)
    source = {
        file: stripped(content) if file.startswith("content/") and _mime(file) else content
        for file, content in source_of(folder, workspace, made.layout, press, faces).items()
    }
    of_print = (f"{at}print.pdf", f"{at}preflight/")
    shown = {file: content for file, content in made.files.items() if not file.startswith(of_print)}
    day = made.issue.date.day
    return {
        **shown,
        **{f"print/package/{file}": content for file, content in package.items()},
        f"print/{sent}.zip": zipped({f"{sent}/{file}": content for file, content in package.items()}, day),
        **{f"print/source/{file}": content for file, content in source.items()},
        "archive.pdf": archival_pdf(made, folder),
        "record.json": record_bytes(_record(made, name, workspace.city.readings)),
        "release.json": _told(name, revision, made, press, sent, source),
    }


def checksums(files: Mapping[str, bytes]) -> bytes:
    """The files' SHA-256, as ``sha256sum -c`` (GNU coreutils) reads them."""
    return "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)).encode()


def zipped(files: Mapping[str, bytes], day: date) -> bytes:
    """The files as one ZIP (APPNOTE 6.3): stored, sorted, dated the issue's day: same files, same bytes."""
    year = min(max(day.year, 1980), 2107)  # the years that ZIP can write (4.4.6)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, (year, day.month, day.day, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o100644 << 16  # an ordinary Unix file that everyone may read
            archive.writestr(entry, files[name])
    return target.getvalue()


def archival_pdf(made: Build, folder: Path) -> bytes:
    """``archive.pdf``: the screen PDF of a build with the public manuscript, its pictures and tables and the issue as
    data inside.

    ``folder`` is the issue's; the build must hold the editions ``screen`` and ``data``.
    """
    manuscript = public_manuscript(made.issue).encode()
    inside = [Associated("issue.yaml", manuscript, "application/yaml", "Source", "この文書の原稿（YAML）")]
    for picture in pictures_of(made.public_issue):
        content = stripped((folder / picture).read_bytes())
        inside.append(Associated(picture, content, _mime(picture), "Supplement", "この文書に使った写真や図"))
    inside += [
        Associated(table.csv_name, table.csv(), "text/csv", "Data", "この文書に使った表（CSV）")
        for table in tables_of(made.public_issue)
    ]
    issue_json = made.files["data/issue.json"]
    inside.append(Associated("issue.json", issue_json, "application/json", "Data", "記事ごとの文章（JSON）"))
    return finish_archival(made.files["screen.pdf"], inside, made.issue.date.day)


def _mime(file: str) -> str:
    """The MIME type of a picture by its file name; empty for anything else."""
    return _MIME.get(Path(file).suffix.lower(), "")


def _record(made: Build, name: str, names: Mapping[str, str]) -> Record:
    """The record that the archive's search reads. Its pages are those of the screen edition, which is public."""
    issue = made.public_issue
    stands = [(each.field, each.page) for each in made.placed["screen"]]
    begins = pages_of(articles_of(issue), stands)
    articles = tuple(
        Article(
            each.heading,
            "\n".join(each.paragraphs),
            begins[each.key],
            each.department,
            each.key,
            " ".join(readings_in(each, names)),
            each.about.importance,
            each.about.deadline.iso if each.about.deadline else "",
            each.about.corrects,
        )
        for each in articles_of(issue)
    )
    pages = sum(file.startswith("pages/") for file in made.files)
    return Record(name, None, issue.date.day, issue.as_title(), issue.kind, articles, pages)


def sums_of(source: Mapping[str, bytes], issue: str) -> dict[str, str]:
    """The SHA-256 of each file that an issue is made of, by name.

    The issue's own folder has one sum for all its files, because a picture's name may be for print alone.
    """
    own = f"content/{issue}/"
    sums = {file: hashlib.sha256(content).hexdigest() for file, content in source.items() if not file.startswith(own)}
    listed = checksums({file: content for file, content in source.items() if file.startswith(own)})
    return dict(sorted({**sums, own: hashlib.sha256(listed).hexdigest()}.items()))


def _told(name: str, revision: int, made: Build, press: Press, sent: str, source: Mapping[str, bytes]) -> bytes:
    """``release.json``: what was released, with which software, from which files."""
    condition = press.condition
    told = {
        "schema": SCHEMA,
        "issue": made.name,
        "revision": revision,
        "name": name,
        "title": made.public_issue.as_title(),
        "date": made.issue.date.iso,
        "kind": made.issue.kind,
        **({"sample": True} if made.issue.sample else {}),
        "layout": made.layout.name,
        "press": {
            "name": press.name,
            "title": press.title,
            "standard": press.standard,
            "output_condition": condition.identifier,
            "file": f"{sent}.pdf",
        },
        "editions": list(RELEASED),
        "software": dict(versions()),
        "inputs": sums_of(source, made.name),
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
