"""The shapes of the archive's JSON files, as JSON Schema (draft 2020-12): for programs that are not this one."""

from __future__ import annotations

from collections.abc import Mapping

_SCHEMA = "https://json-schema.org/draft/2020-12/schema"
_WORDS = {"type": "string"}
_COUNT = {"type": "integer", "minimum": 0}
_PAGE = {"type": "integer", "minimum": 1}
_DAY = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_SUM = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_ALL_WORDS = {"type": "array", "items": _WORDS}


def _thing(required: Mapping[str, object], more: Mapping[str, object] | None = None) -> dict[str, object]:
    return {"type": "object", "required": list(required), "properties": {**required, **(more or {})}}


def _list(of: object) -> dict[str, object]:
    return {"type": "array", "items": of}


_ARTICLE = _thing(
    {"heading": _WORDS, "text": {**_WORDS, "description": "段落は改行で分かれます"}, "page": _PAGE},
    {
        "department": {**_WORDS, "description": "担当課"},
        "key": {**_WORDS, "description": "記事のアドレス（号の中で1つ）"},
        "readings": {**_WORDS, "description": "ルビの読み。空白で分かれます"},
        "importance": {"enum": ["high", "normal", "low"], "description": "大事さ"},
        "deadline": {**_DAY, "description": "申込などの期限"},
        "corrects": {**_ALL_WORDS, "description": "訂正した記事。号の名前、/、記事のアドレス"},
    },
)
_QUALITY_OF_PAGE = _thing(
    {
        "page": _PAGE,
        "state": {"enum": ["text", "ocr", "scanned", "outlined", "blank", "broken"]},
        "letters": _COUNT,
        "unmapped": {**_COUNT, "description": "何の字かがPDFに書かれていない字（text では〓）"},
        "private": {**_COUNT, "description": "外字"},
        "doubtful": _ALL_WORDS,
        "rejoined": _COUNT,
        "readings": _ALL_WORDS,
    },
    {
        "differing": {**_WORDS, "description": "別の読み方と数が合わない字"},
        "garbled": {"type": "boolean", "description": "文字の対応が誤っていて、文章にならないページ"},
    },
)
SHAPES: Mapping[str, Mapping[str, object]] = {
    "record": {
        "$schema": _SCHEMA,
        "title": "record.json: 号の記事",
        **_thing(
            {
                "schema": {"const": 1},
                "name": _WORDS,
                "number": {"type": ["integer", "null"], "description": "号数。ないものは null"},
                "date": {**_DAY, "description": "発行日"},
                "title": _WORDS,
                "kind": _WORDS,
                "articles": _list(_ARTICLE),
                "pages": _COUNT,
            }
        ),
    },
    "quality": {
        "$schema": _SCHEMA,
        "title": "quality.json: 昔のPDFから取り出した文章の確かさ",
        **_thing(
            {
                "schema": {"const": 1},
                "original": _thing({"file": _WORDS, "bytes": _COUNT, "sha256": _SUM}),
                "grade": {"enum": ["good", "mended", "doubtful", "none"]},
                "damaged": {"type": "boolean"},
                "restricted": {"type": "boolean"},
                "fonts_without_unicode": _ALL_WORDS,
                "pages": _list(_QUALITY_OF_PAGE),
                "findings": _list(_thing({"code": _WORDS, "message": _WORDS})),
            }
        ),
    },
    "release": {
        "$schema": _SCHEMA,
        "title": "release.json: 校了したもの",
        **_thing(
            {
                "schema": {"const": 1},
                "issue": _WORDS,
                "revision": {"type": "integer", "minimum": 1},
                "name": _WORDS,
                "title": _WORDS,
                "date": _DAY,
                "kind": _WORDS,
                "layout": _WORDS,
                "press": _thing(
                    {"name": _WORDS, "title": _WORDS, "standard": _WORDS, "output_condition": _WORDS, "file": _WORDS}
                ),
                "editions": _ALL_WORDS,
                "software": {"type": "object", "additionalProperties": _WORDS},
                "inputs": {"type": "object", "additionalProperties": _SUM},
            },
            {"sample": {"type": "boolean", "description": "見本"}},
        ),
    },
    "register": {
        "$schema": _SCHEMA,
        "title": "register.jsonl の1行: 保存庫の台帳の出来事",
        **_thing(
            {
                "event": {
                    "enum": [
                        *("ingestion", "replacement", "registration"),
                        *("validation", "withdrawal", "reinstatement"),
                    ]
                },
                "time": {**_WORDS, "description": "ISO 8601、時差つき"},
                "outcome": {"enum": ["success", "failure"]},
                "agent": _WORDS,
                "previous": {**_WORDS, "description": "前の行の SHA-256。はじめの行では空"},
            },
            {
                "bag": {**_WORDS, "description": "号の名前。すべてを確かめたときは書きません"},
                "manifest": {**_SUM, "description": "袋の tagmanifest-sha256.txt の SHA-256"},
                "by": _WORDS,
                "note": _WORDS,
                "bags": _COUNT,
                "faults": _ALL_WORDS,
                "next": {**_DAY, "description": "次に確かめる日"},
            },
        ),
    },
}
"""The schemas by the file's name without its ending."""
