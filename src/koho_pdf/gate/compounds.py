"""Words of two kanji that do not exist, one of whose kanji was written for another of its sound or looks (訓錬, 堤出).

A word that exists is never told; the tokeniser's dictionary knows which do, and where words begin and end."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from functools import cache

from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import Alarm
from koho_pdf.gate.tokens import Token, can_tokenise, tokens_of
from koho_pdf.gate.word_lists import pairs

_MIXED = """
摂接設 種植 訓順 練錬連 検険倹剣 診珍 療寮料僚 察擦 帳張 議儀義 事自 決結欠 標票漂 投役 談団 振震 替変 告申 現限減 防妨坊 予余 拡攪 感勘 染洗 警計 戒械 脅協 灯塔 無務 線船 電伝
深探 展転典 示事 覧鑑 休急 館官管間 修収集周 繕膳 補捕舗 装奏 耐体帯 震振 整正制製 理利 備微 禁緊 止始 歩補 道導動 優有 先選 撲僕 滅減 運連 転伝 営栄 施旋 工巧功 築策 路炉露
橋矯 河川可 園円遠 緑縁録 栽裁載 剪煎 伐代抜 採彩菜裁 除徐叙 雪説 積績 落絡 凍棟 結決 停亭 断段 節説 給級 配廃 浄争 税悦勢 納脳 付附符 入人 滞帯 徴微懲 収修 課果 免勉 控腔
還環換 助序 成制 補捕 援緩 扶府 給球 育幾 護獲穫 保補 健建 介会 看監 医位 師士帥 治冶 薬楽 剤済 救球 消焼 防妨 火化 災栽 害概 被披 復複腹 旧久 興交 支始 払仏 請清 求究 契計 約役 締諦
札礼 注住 購講溝 販版 売買 募墓慕 応往 寄奇 献建 追遂 悼到 慰尉 霊令 表評 彰章 賞償 授受 与予 業行 講構 座坐 師帥 演園 付符 験険 試誌 用要 択沢 雇顧 就修 勤勧 務努 職織識 労老 働動
企起 商賞 農能 漁魚 林材 産参 観勧 光公 宿縮 泊白 歓観 迎迎 交校 流留 通痛 行業 規期 則側測 制製 定底 条乗 例列 律率 度席 体対 組祖 織職 協脅 力カ 連運 携形 絡格 知治 報法 告国
広公 聴聡 掲揭 載裁 配酌 布怖 発初 公行 開閉 催推 始治 了両 完官 成誠 実質 績積 現原 促足 進振 推堆 向構 上場 改会 善全 正成 築策 移異 転点 住往 居拠 籍積 証正 明名 印因 登投 録緑 届屈
入人 記紀 載裁 署暑 押抽 封奉 郵優 送総 窓総 舎捨 書所 閲悦 貸賃 籍績 史師 歴暦 文分 芸迎 能態 統続 継断 承証 存在 管菅 監鑑 視師 督得 巡順 回会 点店 査差 測則 量料 観感 報法 意移
喚換 啓警 普不 及急 底低抵 教強 室質 養要 学楽 習周 校行 児自 徒徙 幼幻 乳入 妊任 婦布 産算 育行 虐逆 待持 障章 福副 祉社 齢令 老労 認忍 搬般 輸諭 駐注 乗上 降幸 横黄 号合 標票 識職織
速束 違偉 反半 犯判 罪剤 詐作 欺義 盗倒 難南 不付 審信 察殺 環還 境鏡 衛栄 清請 掃婦除 美微 汚染 悪 臭集 棄器 却脚 粗租 庭停 世生 帯滞 族続 遺遣 葬送 儀義 墓募 抽押 選先 当頭 定提 員因
議義 計系 算産 財材 政制 歳才 補捕 監鑑 価加 諮資 問間門 答当 申伸 要用 望忘 陳珍 情状 願原 質資 回解 説設 紹招 介会 案安 内肉 参産 席度 演円 奏装 唱章 競協 技義 争走 大太 優遊 勝称
準順 備比 練連 指示 導道 針新 法方 標表 的敵 容用 対体 策作 応王 緊勤 急救 張帳 延縁廷 期機 長張 変返 更交 新親 継系 続族 維推 持待 確格 保補 獲穫護 得徳 穫獲 培倍 肥胞 料科 畜蓄 牧枚
堤提 護穫 津律 浸侵 洪供 豪剛 暴爆 噴墳 崩萠 壊懐壤 斜射 域地 隣燐 周集 辺返 撤徹 去居 退待 侵浸 貢功 献検 績積 謝射 敬警 尊損 遵尊 厳元 慎真 貴喜 需受 供共 給級 騰謄 燃然 約訳 省小 率卒
響郷 因困 題第 決結 解開 消焼 削策 減滅 少小 増像 額客 総送 残賛 基期 準準 較格 割害 統当 充重 填墳塡 棄危 権件 利理 務無 責積 任認 負付 担坦 退対 辞示 渋 督得 促足 催採 勧歓 誘有 導道 致至
招紹昭 待持 聴徴 覚格 傍防 携継 操捜 縦従 製制 複復腹 写社 重十 往住 快解 適摘敵滴 切設 摘適敵 爆暴 挑桃 眺跳 希気 隔融 習修 慣貫 例列 恒構 還換 返変 嘱属
"""
"""Kanji of one sound or of one look, the first for those after it."""
_KANJI = late("(?=([一-龥]{2}))")


_COUNTS = late(
    "[一二三四五六七八九十百千万年月日時分人歳回台個第円市町村県区道国民館本各同両全約計目間様付上下内中外着発行島駅港便]"
)
"""Kanji that are words by themselves, beside any other."""


def _stands_alone(prose: Prose, tokens: Sequence[Token], at: int) -> bool:
    """Whether two tokens of one kanji each are together as a word is: not parts of the words beside them."""
    one, other = tokens[at], tokens[at + 1]
    if _COUNTS.search(one.surface + other.surface):
        return False
    beside = [
        each for each in (tokens[at - 1] if at else None, tokens[at + 2] if at + 2 < len(tokens) else None) if each
    ]
    touching = [each for each in beside if each.end == one.begin or each.begin == other.end]
    return not any(len(each.surface) == 1 and _ONE.match(each.surface) for each in touching) and not _ENDING.match(
        prose.text, other.end
    )


_ONE = late("[一-龥]")
_ENDING = late("[けきくげぎいりるれっちえ]")


@cache
def _slips() -> dict[str, str]:
    """What is not a word, the word it was meant to be: of two, the one that is taken for it more often."""
    words = pairs("compounds")
    slips: dict[str, str] = {}
    for groups in (_MIXED.split(), pairs("readings").values()):
        taken: dict[str, set[str]] = {}
        for group in groups:
            for sign in group:
                taken.setdefault(sign, set()).update(other for other in group if other != sign)
        others = {sign: sorted(signs) for sign, signs in taken.items()}
        for word in words:
            one, other = word[0], word[1:]
            for sign in others.get(one, ()):
                slips.setdefault(sign + other, word)
            for sign in others.get(other, ()):
                slips.setdefault(one + sign, word)
    return {slip: word for slip, word in slips.items() if slip not in words}


def no_words_in(prose: Prose) -> Iterator[Alarm]:
    """An alarm for each word of two kanji that is no word; none without the tokeniser."""
    slips = _slips()
    met = [found for found in _KANJI.finditer(prose.text) if found[1] in slips and not _COUNTS.search(found[1])]
    if not met or not can_tokenise():
        return
    tokens = list(tokens_of(prose, lambda sentence: any(found[1] in sentence for found in met)))
    for at, (one, other) in enumerate(itertools.pairwise(tokens)):
        slip = one.surface + other.surface
        if len(one.surface) == len(other.surface) == 1 and slip in slips and one.end == other.begin:
            if prose.is_quoted(one.begin) or prose.is_address(one.begin):
                continue
            word = slips[slip]
            if _stands_alone(prose, tokens, at):
                yield Alarm(one.begin, other.end, f"「{slip}」は「{word}」の打ち間違いではありませんか。", word)
