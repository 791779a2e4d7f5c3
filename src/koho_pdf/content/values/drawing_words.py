"""Words for a logo (SVG, PDF) that cannot be printed, and for parts of its file that are left out."""

from __future__ import annotations

from collections.abc import Mapping

from koho_pdf.findings import Finding, error, warning
from koho_pdf.media.line_art import MOST_BYTES, Drawing, Undrawable

_AGAIN = "作った会社か担当の方に、書き出し直してもらってください。"
_LEFT_OUT: Mapping[str, str] = {
    "script": "動く仕組み（スクリプト）",
    "animation": "動き（アニメーション）",
    "attachment": "添付されたファイル",
    "annotation": "注釈やリンク",
}


def left_out(drawing: Drawing, name: str) -> tuple[Finding, ...]:
    """A warning for each part that is left out without changing the print."""
    return tuple(
        warning(
            "logo-part-left-out",
            f"ロゴ「{name[-60:]}」の{_LEFT_OUT[part]}は、紙面にもウェブにも載せません。",
            hint="絵の見え方は変わりません。出どころの分かるファイルかどうかを確かめてください。",
        )
        for part in drawing.left_out
    ) + tuple(
        warning(
            "logo-spot-colour",
            f"ロゴ「{name[-60:]}」の特色「{spot[:30]}」を、プロセスカラー（4色）に置き換えて印刷します。",
            hint="色の見え方が変わることがあります。市で決めた4色の値があれば、その色で書き出し直してもらってください。",
        )
        for spot in drawing.spots
    )


def undrawable(fault: Undrawable, name: str) -> Finding:
    """The finding about a logo that cannot be printed."""
    this, what = f"ロゴ「{name[-60:]}」", f"（{fault.what}）" if fault.what else ""
    if fault.why == "text":
        return error(
            "logo-with-text",
            f"{this}の文字{what}が、アウトライン化されていません。",
            hint=f"書体によって形が変わるため、文字をアウトライン（図形）にして、{_AGAIN}"
            "Illustrator では「書式→アウトラインを作成」、Inkscape では「パス→オブジェクトをパスへ」です。",
        )
    if fault.why == "picture":
        return error(
            "logo-with-picture",
            f"{this}の中に、写真（画素の画像）が入っています。",
            hint=f"線と面だけの図にして、{_AGAIN}写真でよければ、PNG か JPEG のまま入れてください。",
        )
    if fault.why == "effects":
        return error(
            "logo-not-drawable",
            f"{this}に、そのとおりに印刷できない効果{what}があります。",
            hint=f"効果を「分割・拡張」して、ふつうの線と面にして、{_AGAIN}",
        )
    if fault.why in ("unsafe", "outside"):
        return error(
            "logo-reaches-outside",
            f"{this}が、外のファイルを読もうとしています{what}。",
            hint=f"中身が1つのファイルで完結するように、{_AGAIN}",
        )
    if fault.why == "locked":
        told = f"{this}の PDF に、鍵（パスワードや制限）がかかっています。"
        return error("logo-locked", told, hint=f"鍵をかけずに、{_AGAIN}")
    if fault.why == "pages":
        told = f"{this}の PDF が{fault.what}あります。ロゴにできるのは1ページのものです。"
        return error("logo-of-several-pages", told, hint="ロゴのページだけを、1つの PDF に保存し直してください。")
    if fault.why == "spot":
        told = f"{this}の特色{what}を、プロセスカラー（4色）に置き換えられません。"
        return error("logo-spot-colours", told, hint=f"色をプロセスカラーにして、{_AGAIN}")
    if fault.why == "too-complex":
        return error(
            "logo-too-complex",
            f"{this}が大きすぎるか、複雑すぎます{what}。",
            hint=f"{MOST_BYTES // 1_000_000} MB までで、線や点の少ない図にして、{_AGAIN}",
        )
    if fault.why in ("without-size", "empty"):
        sizeless = fault.why == "without-size"
        lack = "の大きさ（viewBox か、width と height）が分かりません" if sizeless else "に、何も描かれていません"
        return error("logo-empty", f"{this}{lack}。", hint=_AGAIN)
    return error("logo-broken", f"{this}を読めません{what}。", hint=f"壊れていないかを確かめて、{_AGAIN}")
