"""Makes docs/rules.md from the rules: ``koho findings --rules > docs/rules.md`` (``make findings``)."""

from __future__ import annotations

from koho_pdf.findings import Severity
from koho_pdf.gate.rule import Rule
from koho_pdf.gate.rules import rules

_BAD = {Severity.ERROR: "間違い", Severity.WARNING: "注意", Severity.NOTE: "お知らせ"}
_HEAD = """\
# 校閲の決まり

<!-- Made from src/koho_pdf/gate/rules/*.py by `make findings`. Write there, not here. -->

`koho check 号` と `koho release 号` は、原稿の言葉を、ここにある決まりで確かめます。
ふつうの文章は `koho check --text ファイル --date 2027-03-01` で確かめられます。

- **間違い**: 校了（`koho release`）できません。校正用に組むこと（`koho build`）はできます。
- **注意**: 見直してください。このままでも校了できます。
- **お知らせ**: 知らせるだけです。

間違いを承知のうえで載せるときは、号のフォルダーに `acknowledged.yaml` を置き、理由と、決めた人・確かめた人の2人の名前を書きます。
文章が変わると、この控えは効かなくなります。

```yaml
acknowledged:
  - rule: l01-weekday            # 行の終わりの（ ）の中の名前
    field: shakai:body.0         # どの項目か（koho check --json の field）
    words: 3月22日（日）          # 「」の中の言葉
    reason: 昔の新聞の引き写しなので
    by: 留萌太郎
    second: 留萌花子
```

市の書き方（公用文か新聞か、市で決めた言葉、人の名前、校閲しない言葉）は、`koho.yaml` の `style:` に書きます。

```yaml
style:
  manner: 公用文                 # または 新聞
  wave: ～
  words: {障害者: 障がい者}        # 使わない言葉: この市の言葉
  persons: {髙﨑一郎: たかさき いちろう}
  known: [留萌太郎]               # 読みを付けなくてよい人
  allowed: [子供の国]             # 校閲しない言葉
```

"""


def markdown() -> str:
    """The whole page, ending with a line break."""
    table = ["| 番号 | 名前 | | 見ること |", "|---|---|---|---|"]
    table += [
        f"| [{rule.number}](#{rule.code}) | `{rule.code}` | {_BAD[rule.severity]} | {rule.title} |" for rule in rules()
    ]
    return _HEAD + "\n".join([*table, "", *map(_section, rules())])


def _section(rule: Rule) -> str:
    lines = [f"## {rule.code}", "", f"**{rule.number} {rule.title}**（{_BAD[rule.severity]}）", "", rule.why, ""]
    lines += ["| 知らせる文章 | 直した例 |", "|---|---|"]
    lines += [f"| {_safe(wrong)} | {_safe(right) or '—'} |" for wrong, right in rule.wrong]
    lines += ["", "知らせないもの: " + "／".join(_safe(text) for text in rule.silent), ""]
    return "\n".join(lines)


def _safe(text: str) -> str:
    """A text in a cell of a Markdown table; signs that cannot be seen are named."""
    shown = "".join(f"（U+{ord(sign):04X}）" if sign in "\u200b\u3099\ue000" else sign for sign in text)
    return shown.replace("\n", "／").replace("|", "\\|").replace("*", "\\*").replace("<", "\\<")
