"""The commands as an editor meets them: exit codes, words, and files touched or left alone."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import Edit, Koho, in_terminal
from tests.kinds import brochure, quiz

REPOSITORY = Path(__file__).parents[2]
NAME = brochure.NAME
COMMANDS = ["build", "check", "preflight", "new", "layouts", "fonts", "schema"]
JAPANESE = re.compile(r"[ぁ-ヿ一-鿿]")


@pytest.fixture
def workspace(home: Path, tmp_path: Path) -> Path:
    """A workspace with the small brochure."""
    return brochure.make(tmp_path / "city").parents[1]


@pytest.fixture
def bad(workspace: Path, edit: Edit) -> Path:
    """A workspace in which the brochure stands beside an issue with two mistakes, ``bad``."""
    issue = workspace / "content" / "bad"
    shutil.copytree(workspace / "content" / NAME, issue)
    edit(issue / "issue.yaml", "title: ", "titel: ")
    edit(issue / "issue.yaml", "year: 令和9年度", "year: 平成40年度")
    return workspace


@pytest.fixture
def sound(home: Path, tmp_path: Path) -> Path:
    """A workspace with one issue, ``quiz.NAME``, about which there is nothing to tell."""
    (folder := tmp_path / "city").mkdir()
    quiz.make(folder)
    return folder


def test_of_a_sound_issue_its_fit_and_how_it_reads_is_told_and_nothing_is_written(sound: Path, koho: Koho) -> None:
    done = koho("check", quiz.NAME, folder=sound)
    assert (done.returncode, done.stderr) == (0, "")
    first, heads, *rows = done.stdout.splitlines()
    assert (first, heads.split()) == ("1ページ:", ["項目", "行数", "文字"])
    begin = next(number for number, row in enumerate(rows) if row.startswith("読みやすさ"))
    assert all(re.search(r"/\d+行 +あと\d+字$|^\d+ページ:$|項目", row) for row in rows[:begin])
    assert all(re.search(r"\d+％ +\d+字 +\d+ +[\d.]+分$|記事", row) for row in rows[begin + 1 :])
    assert not (sound / "out").exists()


def test_every_mistake_is_told_with_place_words_and_remedy(bad: Path, koho: Koho) -> None:
    done = koho("check", "bad", folder=bad)
    assert (done.returncode, done.stdout) == (2, "")
    lines = done.stderr.splitlines()
    told = [line for line in lines if line.startswith("[間違い] content/bad/issue.yaml:")]
    assert [re.findall(r"\(([a-z-]+)\)$", line)[0] for line in told] == ["outside-era", "unknown-field"]
    assert all(JAPANESE.search(line) for line in lines)
    assert all(re.search(r"issue\.yaml:\d+ ", line) for line in told)
    assert lines[lines.index(told[0]) + 1].startswith("    → ")
    assert "Traceback" not in done.stderr


def test_json_is_for_programs(bad: Path, koho: Koho) -> None:
    done = koho("check", "bad", "--json", folder=bad)
    assert (done.returncode, done.stderr) == (2, "")
    findings = json.loads(done.stdout)
    assert {each["code"] for each in findings} == {"outside-era", "unknown-field"}
    for each in findings:
        assert set(each) == {"severity", "code", "message", "where", "hint", "why", "suggestion", "words"}
        assert set(each["where"]) == {"file", "line", "column", "length", "field", "page", "box"}
        assert (each["severity"], each["where"]["file"]) == ("error", "content/bad/issue.yaml")
        assert isinstance(each["where"]["line"], int)


def test_json_of_a_sound_issue_is_an_empty_list(sound: Path, koho: Koho) -> None:
    done = koho("check", quiz.NAME, "--json", folder=sound)
    assert (done.returncode, json.loads(done.stdout)) == (0, [])


@pytest.fixture
def warned(workspace: Path, edit: Edit) -> Path:
    """An issue with a warning: か and a combining mark in place of が."""
    edit(workspace / "content" / NAME / "issue.yaml", "学ぶ子ども", "学ぶ子か\u3099ども")
    return workspace


def test_what_reads_alike_is_told_once(tiny: Path, koho: Koho, edit: Edit) -> None:
    """A character that no face has stands on other pages in large print."""
    edit(tiny / "content" / "tiny" / "issue.yaml", "  - 短い文です。", "  - 港で🎣、𠮷野で𠮷。")
    done = koho("build", "tiny", "--edition", "print", "--edition", "large", folder=tiny)
    assert re.findall(r"\((glyph-[a-z-]+)\)$", done.stderr, re.M) == ["glyph-missing", "glyph-stands-in"]


def test_a_warning_does_not_stop_the_press(warned: Path, koho: Koho) -> None:
    done = koho("build", NAME, "--edition", "web", folder=warned)
    assert done.returncode == 0
    assert f"[注意] content/{NAME}/issue.yaml:" in done.stderr
    assert "[間違い]" not in done.stderr
    assert (warned / "out" / NAME / "web" / "index.html").is_file()


def test_a_warning_stops_who_is_strict(sound: Path, koho: Koho, edit: Edit) -> None:
    assert koho("check", quiz.NAME, "--strict", folder=sound).returncode == 0
    edit(sound / "content" / quiz.NAME / "issue.yaml", "海の回", "か\u3099くの回")
    assert koho("check", quiz.NAME, folder=sound).returncode == 0
    done = koho("check", quiz.NAME, "--strict", folder=sound)
    assert done.returncode == 2
    assert "[注意]" in done.stderr


def test_a_bad_issue_does_not_stop_the_others(bad: Path, koho: Koho) -> None:
    done = koho("build", "bad", NAME, "--edition", "web", folder=bad)
    assert done.returncode == 2
    assert "content/bad/issue.yaml" in done.stderr
    assert (bad / "out" / NAME / "web" / "index.html").is_file()
    assert not (bad / "out" / "bad").exists()


@pytest.mark.parametrize("issue", [NAME, f"content/{NAME}", f"content/{NAME}/issue.yaml", f"content/{NAME}/"])
def test_an_issue_is_found_by_name_folder_or_file(workspace: Path, koho: Koho, issue: str) -> None:
    done = koho("-C", str(workspace), "build", issue, "--edition", "web", folder=workspace.parent)
    assert (done.returncode, done.stderr) == (0, "")
    assert (workspace / "out" / NAME / "web" / "index.html").is_file()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), "usage", "命令"),
        (("buidl",), "usage", "「buidl」は使えません"),
        (("build",), "usage", "号"),
        (("build", "nothing"), "no-issue", "号「nothing」がありません"),
        (("build", NAME, "--edition", "paper"), "usage", "「paper」は使えません"),
        (("build", NAME, "--edition"), "usage", "--edition"),
        (("build", NAME, "--editions", "web"), "usage", "--editions"),
        (("check", NAME, "--jso"), "usage", "--jso"),
        (("schema", "newsletter"), "unknown-kind", "newsletter"),
        (("new", "nothing", "2014"), "unknown-layout", "nothing"),
    ],
)
def test_a_command_called_wrongly(
    workspace: Path, koho: Koho, arguments: tuple[str, ...], code: str, said: str
) -> None:
    done = koho(*arguments, folder=workspace)
    assert (done.returncode, done.stdout) == (64, "")
    assert f"({code})" in done.stderr
    assert said in done.stderr
    assert "→" in done.stderr
    assert all(JAPANESE.search(line) for line in done.stderr.splitlines())


def test_outside_of_a_workspace(tmp_path: Path, koho: Koho) -> None:
    for arguments in [("build", NAME), ("-C", "/nonexistent", "layouts"), ("fonts",)]:
        done = koho(*arguments, folder=tmp_path)
        assert done.returncode == 64
        assert "(no-workspace)" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        ("municipality: 留萌市\n", "", "missing-field", "municipality: 留萌市"),
        ("area_code: 0164", "area_code:", "empty-text", "area_code"),
        ("press: offset-coated", "press: [offset-coated]", "not-text", "press"),
        ("municipality: ", "mayor: 市長\nmunicipality: ", "unknown-field", "mayor"),
        ("municipality: 留萌市", "municipality: [留萌市]", "not-text", "municipality"),
        ("municipality: ", "municipality：", "wide-colon", "municipality"),
        ("  留萌: ", "  留萌：", "line-without-name", "「：」を半角の"),
        ("press: offset-coated", "press: offset-coatd", "unknown-press", "koho.yaml:5 press"),
        ("press: ", "format: 2\npress: ", "newer-format", "koho を新しく"),
    ],
)
def test_a_broken_desk(workspace: Path, koho: Koho, edit: Edit, old: str, new: str, code: str, said: str) -> None:
    edit(workspace / "koho.yaml", old, new)
    done = koho("build", NAME, folder=workspace)
    assert done.returncode == 3
    assert f"({code})" in done.stderr
    assert done.stderr.count("どの号にも共通のファイルです") == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_press_profile_that_is_not_there(workspace: Path, koho: Koho, edit: Edit) -> None:
    for arguments in [(), ("--press", "letterpress")]:
        if not arguments:
            edit(workspace / "koho.yaml", "press: offset-coated", "press: letterpress")
        done = koho("build", NAME, *arguments, folder=workspace)
        assert done.returncode == 3
        assert "letterpress" in done.stderr
        assert "(unknown-press)" in done.stderr
        assert "offset-two-colour" in done.stderr
        if not arguments:
            edit(workspace / "koho.yaml", "press: letterpress", "press: offset-coated")


def test_a_warning_in_the_city_does_not_stop_the_press(tiny: Path, koho: Koho, edit: Edit) -> None:
    edit(tiny / "koho.yaml", "municipality: 留萌市", "municipality: 留萌か\u3099市")
    assert koho("build", "tiny", "--edition", "web", folder=tiny).returncode == 0


def test_an_issue_outside_of_the_workspace_is_built(tiny: Path, koho: Koho, tmp_path: Path) -> None:
    (tiny / "content" / "tiny").rename(tmp_path / "借り 物")
    done = koho("-C", str(tiny), "build", str(tmp_path / "借り 物"), folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tiny / "out" / "借り 物" / "print.pdf").is_file()


def test_a_new_issue_begins_as_the_layouts_sample_and_is_checked_as_any(tmp_path: Path, koho: Koho) -> None:
    quiz.make(tmp_path)
    done = koho("new", "quiz", "2014-quiz", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "koho build 2014-quiz" in done.stdout
    made = tmp_path / "content" / "2014-quiz"
    sample = tmp_path / "layouts" / "quiz" / "sample" / "issue.yaml"
    assert (made / "issue.yaml").read_bytes() == sample.read_bytes()
    done = koho("check", "2014-quiz", folder=tmp_path)
    assert (done.returncode, done.stdout.splitlines()[2].split(), "[間違い]" in done.stderr) == (
        0,
        ["title（title）", "1/1行", "あと5字"],
        False,
    )


def test_a_new_issue_overwrites_nothing(workspace: Path, koho: Koho) -> None:
    manuscript = workspace / "content" / NAME / "issue.yaml"
    manuscript.write_text("今まさに書いている原稿", encoding="utf-8")
    done = koho("new", "brochure", NAME, folder=workspace)
    assert done.returncode == 64
    assert "(issue-exists)" in done.stderr
    assert manuscript.read_text(encoding="utf-8") == "今まさに書いている原稿"


NO_FOLDERS = ["../outside", "a/b", ".hidden", "", "平成26年度", "a b", "-x", "..", "x" * 300, "con", "LPT1"]


@pytest.mark.parametrize("name", NO_FOLDERS)
def test_a_name_that_makes_no_folder(workspace: Path, koho: Koho, name: str) -> None:
    before = sorted(path.name for path in workspace.rglob("*"))
    done = koho("new", "brochure", *(["--"] if name.startswith("-") else []), name, folder=workspace)
    assert done.returncode == 64, done.stderr
    assert "(issue-name)" in done.stderr
    assert sorted(path.name for path in workspace.rglob("*")) == before


def test_layouts_are_listed_and_verified(tmp_path: Path, koho: Koho, edit: Edit) -> None:
    quiz.make(tmp_path)
    any_pages, broken = (tmp_path / "layouts" / name for name in ("any-pages", "broken"))
    for layout in (any_pages, broken):
        shutil.copytree(tmp_path / "layouts" / "quiz", layout)
    edit(any_pages / "layout.yaml", "pages: 2\n", "pages: 0\n")
    edit(any_pages / "sample" / "issue.yaml", "layout: quiz", "layout: any-pages")
    edit(broken / "layout.yaml", "bleed: 3", "bleed: 三")
    done = koho("layouts", folder=tmp_path)
    assert done.returncode == 3
    assert [line.split("\t") for line in done.stdout.splitlines()] == [
        ["any-pages", "広報クイズ（A5・両面）", "原稿の種類 quiz", "何ページでも"],
        ["quiz", "広報クイズ（A5・両面）", "原稿の種類 quiz", "2ページ"],
    ]
    assert "(value-not-understood)" in done.stderr
    assert "デザイナーのファイルです" in done.stderr


def test_the_schema_is_the_committed_one(koho: Koho) -> None:
    done = koho("schema", "policy-leaflet", folder=REPOSITORY)
    assert done.returncode == 0
    assert done.stdout == (REPOSITORY / "schemas" / "policy-leaflet.schema.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", [None, *COMMANDS])
def test_help_is_japanese_with_an_example(koho: Koho, command: str | None) -> None:
    done = koho(*filter(None, [command]), "--help")
    assert (done.returncode, done.stderr) == (0, "")
    paragraphs = [line.strip() for line in done.stdout.splitlines() if line.strip()]
    assert paragraphs[0].startswith("使い方: koho")
    assert paragraphs[-1].startswith(f"例: koho {command or 'build'}")
    explained = [line for line in paragraphs[1:] if not re.fullmatch(r"[-\w, .\[\]{}]*", line, re.ASCII)]
    assert all(JAPANESE.search(line) for line in explained)
    for english in ("usage:", "positional arguments", "options:", "show this help"):
        assert english not in done.stdout


def test_help_of_koho_names_every_command(koho: Koho) -> None:
    said = koho("--help").stdout
    assert [command for command in COMMANDS if not re.search(rf"^ +{command}\b", said, re.M)] == []


def test_a_cache_that_cannot_be_written_is_told(tiny: Path, koho: Koho) -> None:
    done = koho("build", "tiny", "--edition", "screen", folder=tiny, environment={"XDG_CACHE_HOME": "/proc/nothing"})
    assert done.returncode == 5
    assert "(cache-not-writable)" in done.stderr
    assert not (tiny / "out").exists()


HEAVY = ["weasyprint", "pydantic", "pikepdf", "jinja2", "PIL", "yaml", "pypdfium2", "uharfbuzz", "budoux", "fontTools"]


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"]])
def test_help_loads_nothing_heavy(koho: Koho, home: Path, arguments: list[str]) -> None:
    script = f"""
import sys
from koho_pdf.cli.main import main
try:
    main({arguments!r})
except SystemExit:
    print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)
"""
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY / "src")}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_a_terminal_sees_each_stage_pass(tiny: Path) -> None:
    code, seen = in_terminal("build", "tiny", folder=tiny)
    assert code == 0
    stages = [line.partition(": ")[2] for line in seen.splitlines() if line.startswith("tiny: ")]
    assert stages[:4] == ["原稿を読む", "印刷用のPDFを組む", "画面用のPDFを組む", "ウェブページを作る"]


def test_an_interruption_is_quiet(workspace: Path, koho: Koho) -> None:
    """Ctrl-C ends without a traceback, with the shell's own exit code."""
    script = """
import os, signal
from koho_pdf.cli.main import main
import koho_pdf.pipeline
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests in the background ignores it
koho_pdf.pipeline.read_issue = lambda *given: os.kill(os.getpid(), signal.SIGINT)
main(["build", "2027-brochure"])
"""
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY / "src")}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=workspace, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 130
    assert "Traceback" not in done.stderr


def test_a_build_of_one_edition_keeps_what_the_map_tells_of_the_other(tiny: Path, koho: Koho) -> None:
    def fields() -> list[tuple[str, str]]:
        told = json.loads((tiny / "out" / "tiny" / "map.json").read_text(encoding="utf-8"))["fields"]
        return [(each["edition"], each["field"]) for each in told]

    assert koho("build", "tiny", folder=tiny).returncode == 0
    both = fields()
    assert {edition for edition, _ in both} == {"print", "screen"}
    assert koho("build", "tiny", "--edition", "screen", folder=tiny).returncode == 0
    assert fields() == both


@pytest.mark.parametrize("name", ["issue.yml", "issue.yaml.txt", "Issue.YAML"])
def test_a_manuscript_called_otherwise_is_told_by_its_name(workspace: Path, koho: Koho, name: str) -> None:
    folder = workspace / "content" / NAME
    (folder / "issue.yaml").rename(folder / name)
    done = koho("check", NAME, folder=workspace)
    assert (done.returncode, "(manuscript-name)" in done.stderr, f"「{name}」" in done.stderr) == (64, True, True)
    assert "issue.yaml" in done.stderr.splitlines()[1]


def test_the_nearest_issues_stand_first_and_many_stand_in_columns(workspace: Path, koho: Koho) -> None:
    for number in range(60):
        (workspace / "content" / f"koho-{number:04}").mkdir()
        (workspace / "content" / f"koho-{number:04}" / "issue.yaml").touch()
    done = koho("check", "2027-brochuer", folder=workspace)
    lines = done.stderr.splitlines()
    assert "「2027-brochure」" in lines[1]
    assert "のことではありませんか" in lines[1]
    listed = [name for line in lines[3:] for name in line.split()]
    assert set(listed) == {path.name for path in (workspace / "content").iterdir()}
    assert max(map(len, lines)) <= 90
    assert len(lines) < 40  # of 61 names


@pytest.mark.parametrize("empty", [False, True], ids=["missing", "empty"])
def test_a_workspace_without_press_is_told_so(workspace: Path, koho: Koho, empty: bool) -> None:
    (workspace / "press").unlink()
    if empty:
        (workspace / "press").mkdir()
    done = koho("check", NAME, folder=workspace)
    assert (done.returncode, "(unknown-press)" in done.stderr) == (3, True)
    assert "フォルダー「press」" in done.stderr


@pytest.mark.parametrize("how", ["no folder", "no manuscript", "nothing in it"])
def test_a_layout_without_a_sample_begins_no_issue(workspace: Path, koho: Koho, how: str) -> None:
    sample = workspace / "layouts" / "brochure" / "sample"
    if how == "nothing in it":
        (sample / "issue.yaml").write_text("\n", encoding="utf-8")
    elif how == "no manuscript":
        (sample / "issue.yaml").unlink()
    else:
        shutil.rmtree(sample)
    done = koho("new", "brochure", "next", folder=workspace)
    assert (done.returncode, "(layout-sample)" in done.stderr) == (3, True)
    assert "layouts/brochure/sample/issue.yaml" in done.stderr
    assert not (workspace / "content" / "next").exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--date", "H22.7.1"), "「平成22年7月1日」"),
        (("--date", "2010-02-30"), "という日はありません"),
        (("--date", "平成40年4月1日"), "平成の期間の外"),
        ((), "発行日がありません"),
    ],
)
def test_the_date_of_an_old_pdf_is_told_as_a_manuscripts_is(
    workspace: Path, koho: Koho, given: tuple[str, ...], said: str
) -> None:
    (workspace / "old.pdf").write_bytes(b"%PDF-1.4")
    done = koho("archive", "ingest", "old.pdf", "--number", "1", *given, folder=workspace)
    assert (done.returncode, "(archive-facts)" in done.stderr, said in done.stderr) == (5, True, True)
