"""docs/newsletter.md and the issue that it begins: its commands are there, and the next issue begins as it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from tests.monthly.test_monthly import city_in

from koho_pdf.cli.main import parser
from koho_pdf.content.article_files import read_issue
from koho_pdf.plan.press_sides import press_sides
from koho_pdf.workspace.rolling import roll
from koho_pdf.workspace.workspace import open_workspace

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs/newsletter.md").read_text(encoding="utf-8")
NEXT = ROOT / "content/2027-04-koho"
COMMANDS = sorted(
    {*re.findall(r"^koho .+$", GUIDE, re.MULTILINE), *re.findall(r"`(koho [^`]+ [^`]*[0-9][^`]*)`", GUIDE)}
)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_commands_of_the_guide_are_there(command: str) -> None:
    parser().parse_args(command.split()[1:])


def test_the_guide_says_all_that_a_month_needs() -> None:
    said = {command.split()[1] for command in COMMANDS}
    assert {"new", "check", "plan", "watch", "look", "build", "release", "archive"} <= said


def test_the_next_issue_begins_as_the_guide_says(tmp_path: Path) -> None:
    city = city_in(tmp_path / "city")
    rolled = roll(city / "content/2027-03-koho", "2027-04-koho", open_workspace(city))
    told = re.search("写した毎号の記事: (.+)", GUIDE)
    assert told and told[1].split("、") == list(rolled.carried)
    front = yaml.safe_load((rolled.folder / "issue.yaml").read_text(encoding="utf-8"))
    assert (front["month"], front["number"], front["carried"]) == ("2027年4月", "第1,025号", "2027-03-koho")
    assert front["printing"]["delivery"].startswith("2027年3月24日")
    assert [each["to"] for each in front["contents"]] == ["events", "mayor"]  # the others stay behind
    articles = {
        name: yaml.safe_load((rolled.folder / f"articles/{name}.yaml").read_text(encoding="utf-8"))
        for name in ("events", "mayor", "listen", "doctors")
    }
    assert articles["events"]["month"] == "2027年4月"
    assert articles["mayor"]["series"] == "市長コラム　第19回"
    assert articles["listen"]["code"].endswith("/2027-04/audio")
    assert articles["doctors"]["days"][0]["day"] == "3月7日（日）"  # nobody but the section knows the new ones
    assert read_issue(rolled.folder, city).articles.keys() == {*rolled.carried}


def test_the_inner_sheet_of_april_alone_is_in_two_colours() -> None:
    pages = yaml.safe_load((NEXT / "issue.yaml").read_text(encoding="utf-8"))["pages"]
    two = {number for number, each in enumerate(pages, 1) if isinstance(each, dict) and each.get("inks") == "kc"}
    assert two == {5, 6, 7, 8} and len(pages) == 12
    for a_side in (2, 8):
        assert all(two.issuperset(side) or two.isdisjoint(side) for side in press_sides(12, a_side))
