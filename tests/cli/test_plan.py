"""``koho plan`` on an issue whose notices have no page yet."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.conftest import Koho
from tests.plan.paper import NAME, make, notice

PAGES = ("cover", "notices: {main: [n1]} # くらし", "notices", "{page: feature, main: [nishin]}")
FEATURE = "kind: feature\nheading: 鰊がきた町\nlead: 春の話です。\nparts:\n  - heading: その一\n    body: 海。\n"


@pytest.fixture
def city(home: Path, tmp_path: Path) -> Path:
    articles = {f"n{at}": notice(at, 40 + 37 * at % 150) for at in range(1, 13)}
    articles["n5"] += "unplaced: 次号に回す\n"
    make(tmp_path, {**articles, "nishin": FEATURE, "later": FEATURE}, PAGES, columns=2, depth=140)
    return tmp_path


def test_a_plan_is_proposed_and_written_only_when_asked(city: Path, koho: Koho) -> None:
    file = city / "content" / NAME / "issue.yaml"
    before = file.read_bytes()
    asked = koho("plan", NAME, "--json", folder=city)
    assert asked.returncode == 0, asked.stderr
    told = json.loads(asked.stdout)
    pages = [page["regions"].get("main", {}) for page in told["pages"]]
    placed = [*pages[1]["articles"], *pages[2]["articles"]]
    assert sorted([*placed, *told["left_out"]]) == sorted(["later", *(f"n{at}" for at in range(1, 13) if at != 5)])
    assert "n1" in pages[1]["articles"]
    assert pages[3]["articles"] == ["nishin"]
    assert all(0.92 * each["depth"] <= each["used"] <= each["depth"] + 0.01 for each in pages[1:3])
    codes = [each["code"] for each in told["findings"]]
    assert codes.count("plan-no-region") == 1
    assert codes.count("plan-no-room") == len(told["left_out"]) - 1
    assert file.read_bytes() == before

    shown = koho("plan", NAME, "--write", folder=city)
    assert "2ページ 暮らしの情報" in shown.stdout
    assert f"- notices: {{main: [{', '.join(pages[1]['articles'])}]}} # くらし" in file.read_text(encoding="utf-8")
    written = file.read_bytes()
    assert "このままです" in koho("plan", NAME, "--write", folder=city).stdout
    assert file.read_bytes() == written
    checked = koho("check", NAME, "--json", folder=city)
    assert not [each for each in json.loads(checked.stdout) if each["code"] == "region-overset"]


def test_notices_of_one_category_stand_together(home: Path, tmp_path: Path, koho: Koho) -> None:
    """They come in turn, and are of the same length: nothing else brings them together."""
    articles = {f"n{at}": notice(3, 60) + f"category: {'福祉' if at % 2 else '税'}\n" for at in range(8)}
    make(tmp_path, articles, ("cover", "notices", "notices"), columns=1, depth=110)
    kind = tmp_path / "layouts" / "_kinds" / "notice" / "kind.yaml"
    choice = "  category: {type: choice, of: [税, 福祉], title: 分類, optional: true}\n"
    kind.write_text(kind.read_text(encoding="utf-8").replace("fields:\n", f"fields:\n{choice}"), encoding="utf-8")
    told = json.loads(koho("plan", NAME, "--json", folder=tmp_path).stdout)
    pages = [page["regions"]["main"]["articles"] for page in told["pages"] if "main" in page["regions"]]
    assert sorted(len(each) for each in pages) == [4, 4]
    assert all(len({int(each[1:]) % 2 for each in page}) == 1 for page in pages), pages
