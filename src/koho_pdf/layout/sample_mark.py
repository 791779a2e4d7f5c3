"""An invented issue (``sample: true``) of a real city says 見本 in every title; no search engine lists it."""

from __future__ import annotations

import re

from koho_pdf.content.issue import SAMPLE, Issue

_TITLE = re.compile(r"(<title>)([^<]*)(</title>)")
_NO_INDEX = '\n<meta name="robots" content="noindex">'


def sample_marked(html: str, issue: Issue, *, web: bool) -> str:
    """A page of an issue with 見本 in its title, if the issue is one; of the ``web``, with the word for robots too."""
    if not issue.sample:
        return html

    def marked(title: re.Match[str]) -> str:
        words = title[2] if SAMPLE in title[2] else f"{title[2]}（{SAMPLE}）"
        return f"{title[1]}{words}{title[3]}{_NO_INDEX * web}"

    return _TITLE.sub(marked, html, count=1)  # a drawing may have a title too, after the page's
