"""Invented articles of a city's newsletter, as many as asked for, the same every time.

They are of realistic length (400 to 900 characters) and, what matters to an index, of realistic variety: a few words
stand in most articles (Zipf's law), names and places of two or three rare characters in few, numbers everywhere.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from itertools import accumulate

from koho_pdf.archive.bags.record import Article, Record

DEPARTMENTS = (
    "総務課",
    "市民課",
    "税務課",
    "健康福祉課",
    "こども家庭課",
    "生活環境課",
    "農林水産課",
    "都市整備課",
    "教育委員会生涯学習課",
    "消防本部",
)
FIRST_YEAR = 1975
_ARTICLES_A_MONTH = 160

# Words by how often they come: the first ones stand in nearly every article.
_WORDS = """
市 市民 年度 事業 実施 方 地域 開催 申込み 対象 必要 場合 時間 会場 相談 平成 施設 利用 担当 お知らせ
午前 午後 無料 電話 内容 市役所 健康 参加 募集 センター 教室 生活 子ども 高齢者 支援 活動 整備 教育
制度 保険 介護 税 国 道 町内会 環境 ごみ 収集 防災 訓練 避難 災害 地震 津波 消防 救急 予防 接種 検診
がん 医療 病院 診療 福祉 障がい者 手帳 年金 国民 保険料 納付 期限 固定資産 申告 所得 住民票 証明書 戸籍
マイナンバー カード 窓口 手続き 届出 転入 転出 婚姻 出生 保育園 幼稚園 小学校 中学校 高校 給食 図書館
公民館 体育館 文化 芸術 音楽 祭り 夕日 港 漁業 農業 水産 商店街 観光 産業 雇用 企業 工場 道路 除雪 橋
公園 下水道 水道 料金 住宅 空き家 建築 都市計画 交通 バス 鉄道 駅 高速道路 計画 予算 決算 議会 定例会
議員 選挙 投票 市長 副市長 行政 改革 条例 規則 委員会 審議会 会議 説明会 意見 公募 結果 報告 調査 統計
人口 世帯 歴史 資料 展示 講座 講演 研修 ボランティア 団体 協力 連携 交流 姉妹都市 国際 平和 人権 男女
共同参画 青少年 成人式 敬老の日 運動会 マラソン スポーツ 野球 水泳 スキー 大会 優勝 表彰 感謝 寄付
ふるさと納税 特産品 数の子 海産物 米 野菜 果樹 畜産 森林 鳥獣 河川 海岸 灯台 風力 発電 省エネ 太陽光
温暖化 リサイクル 資源 分別 不法投棄 犬 猫 登録 狂犬病 墓地 火葬 葬祭 広報 ホームページ メール 番号 様式
封筒 印鑑
""".split()  # noqa: SIM905
_JOINS = """
の の の を に は が で と も から まで や へ より について として による における
""".split()  # noqa: SIM905
_ENDS = """
します。 です。 しました。 ください。 なります。 行います。 できます。 ています。 お問い合わせください。
必要です。 予定です。 お願いします。 定められています。 ありません。 ご覧ください。 始まります。
進めてまいります。 とします。
""".split()  # noqa: SIM905
_SURNAMES = """
佐藤 鈴木 高橋 田中 渡辺 渡邊 渡邉 伊藤 山本 中村 小林 加藤 吉田 𠮷田 山田 佐々木 山口 松本 井上 木村
林 斎藤 齋藤 清水 山崎 山﨑 森 池田 橋本 阿部 石川 前田 藤田 後藤 近藤 村上 遠藤 青木 坂本 福田 太田
西村 藤井 金子 岡本 髙橋 髙田 濱田 浜田 辻 辻󠄀
""".split()  # noqa: SIM905


class Press:
    """Writes articles; two presses of one seed write the same."""

    def __init__(self, seed: int = 812) -> None:
        self._chance = random.Random(seed)
        self._kanji = [bytes((row, cell)).decode("euc_jp") for row in range(0xB0, 0xCF) for cell in range(0xA1, 0xFF)]
        self._chance.shuffle(self._kanji)
        self._word_weights = list(accumulate(1 / (rank + 2) for rank in range(len(_WORDS))))
        self._kanji_weights = list(accumulate(1 / (rank + 20) for rank in range(len(self._kanji))))

    def records(self, articles: int) -> Iterator[Record]:
        """Issues of about 160 articles, one a month from 1975, until there are so many articles."""
        number = 0
        while articles > 0:
            here = min(articles, _ARTICLES_A_MONTH)
            yield self.record(number, here)
            number, articles = number + 1, articles - here

    def record(self, number: int, articles: int) -> Record:
        """One issue."""
        day = datetime.date(FIRST_YEAR + number // 12, number % 12 + 1, 1)
        kind = "koho-extra" if number % 20 == 19 else "koho"
        written = tuple(self._article(1 + at // 8) for at in range(articles))
        return Record(f"{kind}-{number + 1:04}", number + 1, day, "広報見本", kind, written, 1 + articles // 8)

    def _article(self, page: int) -> Article:
        length = self._chance.randint(400, 900)
        parts, size = [], 0
        while size < length:
            part = self._sentence()
            if self._chance.random() < 0.2:
                part += "\n"
            parts.append(part)
            size += len(part)
        heading = f"{self._word()}{self._chance.choice(_JOINS)}{self._word()}"
        return Article(heading, "".join(parts).strip(), page, self._chance.choice(DEPARTMENTS))

    def _sentence(self) -> str:
        made = []
        for _ in range(self._chance.randint(3, 9)):
            made.append(self._word())
            made.append("、" if self._chance.random() < 0.12 else self._chance.choice(_JOINS))
        return "".join(made[:-1]) + self._chance.choice(_ENDS)

    def _word(self) -> str:
        chance = self._chance.random()
        if chance < 0.74:
            return self._chance.choices(_WORDS, cum_weights=self._word_weights)[0]
        if chance < 0.84:
            unit = self._chance.choice(["年", "月", "日", "人", "円", "時", "ページ", "号", "件", "回"])
            number = str(self._chance.randint(1, 3000) if unit == "円" else self._chance.randint(1, 40))
            return (number if chance < 0.79 else number.translate(_WIDE)) + unit
        if chance < 0.88:
            return self._chance.choice(_SURNAMES) + "".join(self._rare(2)) + "さん"
        return "".join(self._rare(self._chance.choice((1, 2, 2, 2, 3, 4))))

    def _rare(self, count: int) -> list[str]:
        return self._chance.choices(self._kanji, cum_weights=self._kanji_weights, k=count)


_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
