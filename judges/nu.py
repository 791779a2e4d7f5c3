"""The Nu HTML checker (validator.w3.org/nu): is a page HTML as the standard has it?"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote, urlparse

from judges.spoiling import unclosed
from judges.verdict import JAVA, TOOLS, Case, Judge, Verdict, said_by

_JAR = TOOLS / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def _judge(cases: Sequence[Case]) -> Sequence[Verdict]:
    done = said_by(*JAVA, "-jar", _JAR, "--format", "json", "--errors-only", *(case.path for case in cases))
    messages = json.loads(done.stderr or done.stdout)["messages"]
    wrong = Counter(Path(unquote(urlparse(each["url"]).path)) for each in messages)
    first = {Path(unquote(urlparse(each["url"]).path)): each["message"] for each in reversed(messages)}
    return [Verdict(not wrong[case.path], f"{wrong[case.path]} errors: {first.get(case.path, '')}") for case in cases]


JUDGE = Judge(
    "Nu HTML checker",
    "0 errors: elements, attributes, ids, styles and addresses are as HTML, CSS and ARIA have them.",
    lambda: said_by(*JAVA, "-jar", _JAR, "--version").stdout.split(" ")[0],
    lambda case: bool(case.address),
    _judge,
    "a heading that is never closed",
    unclosed,
)
