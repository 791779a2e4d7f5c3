"""``koho findings``: an officer types the word at the end of a line and learns what it means and what to do."""

import re
import sys
from subprocess import run

import pytest
from tests.conftest import Koho

from koho_pdf.findings.catalogue import entries
from koho_pdf.findings.page import markdown
from koho_pdf.gate.rules import rules


@pytest.mark.parametrize("asked", ["overset", "(overset)", "（overset）", "ＯＶＥＲＳＥＴ", " overset "])
def test_a_code_is_explained_however_it_was_copied(koho: Koho, asked: str) -> None:
    done = koho("findings", asked)
    assert (done.returncode, done.stderr) == (0, "")
    title, who, _, meaning, mend = done.stdout.splitlines()
    assert title == "文字が枠に入りません (overset)"
    assert who == "[間違い] 直す人: 原稿を書く人"
    assert meaning.startswith("意味: 枠の大きさは決まっています。")
    assert mend.startswith("直し方: 「→」の行に出る字数だけ、文章を短くしてください。")
    assert "`" not in done.stdout


def test_a_misspelt_code_brings_the_nearest_and_those_spelt_right_all_the_same(koho: Koho) -> None:
    done = koho("findings", "tab", "overst", "font")
    assert done.returncode == 64
    assert "タブがあります (tab)" in done.stdout
    assert done.stderr.count("(unknown-finding)") == 2
    assert "overset　文字が枠に入りません" in done.stderr
    assert "font-file-missing　書体か使用許諾のファイルがありません" in done.stderr


def test_words_of_a_title_bring_the_codes(koho: Koho) -> None:
    done = koho("findings", "曜日")
    assert done.returncode == 0
    assert "weekday-differs\t日と曜日が合いません\n" in done.stdout
    assert "l01-weekday\tL01 曜日が日付と合わない\n" in done.stdout
    assert all("曜日" in line for line in done.stdout.splitlines())


@pytest.mark.parametrize("asked", ["", "。。。", "zzzzzz", "**", "あ" * 500])
def test_nonsense_is_told_with_where_to_look(koho: Koho, asked: str) -> None:
    done = koho("findings", asked)
    assert (done.returncode, done.stdout) == (64, "")
    assert "(unknown-finding)" in done.stderr
    assert "koho findings" in done.stderr


def test_without_a_code_all_are_listed(koho: Koho) -> None:
    done = koho("findings")
    codes = [*entries(), *(rule.code for rule in rules())]
    assert [line.split("\t")[0] for line in done.stdout.splitlines()] == codes


def test_the_page_is_written(koho: Koho) -> None:
    assert koho("findings", "--markdown").stdout == markdown()
    done = koho("findings", "--markdown", "overset")
    assert (done.returncode, done.stdout) == (64, "")
    assert "(usage)" in done.stderr


def test_nothing_is_read_unless_it_is_asked_for() -> None:
    asked = "import koho_pdf.cli.main, sys; print([each for each in sys.modules if 'findings' in each])"
    done = run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert re.fullmatch(r"\['koho_pdf.findings'\]\n", done.stdout)
