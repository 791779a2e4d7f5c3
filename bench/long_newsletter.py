"""A newsletter of many pages, made of the articles of the sample of April, each of them several times."""

from __future__ import annotations

import shutil
from pathlib import Path

_ISSUE = "2027-04-koho"
_SHARED = ("koho.yaml", "layouts", "fonts", "press")


def long_newsletter(root: Path, workspace: Path, pages: int) -> Path:
    """A workspace with an issue ``long`` of so many pages: cover, the sample's inner pages again and again, back.
    Copies of an article have names of their own."""
    workspace.mkdir(parents=True)
    for name in _SHARED:
        (workspace / name).symlink_to(root / name)
    source, folder = root / "content" / _ISSUE, workspace / "content" / "long"
    shutil.copytree(source, folder)
    before, _, rest = (source / "issue.yaml").read_text(encoding="utf-8").partition("pages:\n")
    plan, _, after = rest.partition("\n\n")
    cover, *inner, back = (line.replace(" inks: kc,", "") for line in plan.splitlines())
    lines = []
    for number in range(pages - 2):
        line, again = inner[number % len(inner)], number // len(inner)
        lines.append(_copied(line, folder / "articles", f"-{again + 1}") if again else line)
    text = f"{before}pages:\n" + "\n".join([cover, *lines, back]) + f"\n\n{after}"
    (folder / "issue.yaml").write_text(text, encoding="utf-8")
    return workspace


def _copied(line: str, articles: Path, ending: str) -> str:
    """The line of a page with copies of its articles, whose names have this ending."""
    for file in sorted(articles.glob("*.yaml"), key=lambda each: -len(each.stem)):
        for before, behind in (("[", ","), ("[", "]"), (" ", ","), (" ", "]")):
            stands = f"{before}{file.stem}{behind}"
            if stands in line:
                shutil.copy(file, articles / f"{file.stem}{ending}.yaml")
                line = line.replace(stands, f"{before}{file.stem}{ending}{behind}")
    return line
