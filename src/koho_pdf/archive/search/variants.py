"""Kanji written in more than one way (異体字), for finding: each variant and the form it is found as.

Unicode's compatibility ideographs (神 as U+FA19) and variation selectors (辻 with U+E0100) are not here, because
``folding`` removes them by normalisation. Only forms of the same character are paired, never two characters that are
confused in names (斉 and 斎, 坂 and 阪, 崎 and 碕).

Source and licence: the former forms (いわゆる康熙字典体) that 常用漢字表 shows in brackets (平成22年内閣告示第2号, a
public notice without copyright: 著作権法 第13条第2号), and forms chosen by hand for this table, under this project's
own licence.
"""

from __future__ import annotations

# The former form, then the form in use; nearly all as 常用漢字表 has them.
_FORMER = """
亞亜 惡悪 壓圧 圍囲 醫医 爲為 壹壱 隱隠 榮栄 營営 衞衛 驛駅 圓円 鹽塩 緣縁 艷艶 應応 歐欧 毆殴 櫻桜 奧奥 橫横
溫温 穩穏 假仮 價価 畫画 會会 繪絵 壞壊 懷懐 槪概 擴拡 殼殻 覺覚 學学 嶽岳 樂楽 渴渇 罐缶 卷巻 陷陥 勸勧 寬寛
關関 歡歓 觀観 氣気 歸帰 旣既 龜亀 僞偽 戲戯 犧犠 舊旧 據拠 擧挙 虛虚 峽峡 挾挟 敎教 强強 狹狭 鄕郷 曉暁 區区
驅駆 勳勲 薰薫 徑径 惠恵 揭掲 溪渓 經経 螢蛍 輕軽 繼継 鷄鶏 藝芸 擊撃 缺欠 硏研 縣県 儉倹 劍剣 險険 圈圏 檢検
獻献 權権 顯顕 驗験 嚴厳 效効 廣広 恆恒 鑛鉱 號号 國国 黑黒 濟済 碎砕 齋斎 劑剤 册冊 雜雑 參参 慘惨 棧桟 蠶蚕
贊賛 殘残 絲糸 齒歯 兒児 辭辞 濕湿 實実 寫写 舍舎 釋釈 壽寿 收収 從従 澁渋 獸獣 縱縦 肅粛 處処 緖緒 敍叙 將将
稱称 燒焼 證証 奬奨 條条 狀状 乘乗 淨浄 剩剰 疊畳 孃嬢 讓譲 釀醸 觸触 囑嘱 眞真 寢寝 愼慎 盡尽 圖図 粹粋 醉酔
穗穂 隨随 髓髄 樞枢 數数 瀨瀬 聲声 靜静 齊斉 攝摂 竊窃 專専 淺浅 戰戦 踐践 錢銭 潛潜 纖繊 禪禅 雙双 壯壮 爭争
莊荘 搜捜 插挿 巢巣 裝装 總総 騷騒 增増 藏蔵 臟臓 卽即 屬属 續続 墮堕 對対 體体 帶帯 滯滞 臺台 瀧滝 擇択 澤沢
單単 膽胆 團団 彈弾 斷断 癡痴 遲遅 晝昼 蟲虫 鑄鋳 廳庁 徵徴 聽聴 敕勅 鎭鎮 遞逓 鐵鉄 點点 轉転 傳伝 黨党 盜盗
燈灯 當当 鬭闘 德徳 獨独 讀読 屆届 貳弐 腦脳 霸覇 拜拝 廢廃 賣売 麥麦 發発 髮髪 拔抜 蠻蛮 祕秘 濱浜 甁瓶 拂払
佛仏 倂併 竝並 變変 邊辺 辨弁 瓣弁 辯弁 舖舗 步歩 寶宝 豐豊 襃褒 沒没 飜翻 每毎 萬万 滿満 默黙 彌弥 譯訳 藥薬
與与 豫予 餘余 譽誉 搖揺 樣様 謠謡 來来 賴頼 亂乱 覽覧 龍竜 兩両 獵猟 綠緑 壘塁 淚涙 勵励 禮礼 隸隷 靈霊 齡齢
曆暦 歷歴 戀恋 鍊錬 爐炉 勞労 樓楼 祿禄 錄録 灣湾 戾戻 戶戸 靑青 淸清 黃黄 壤壌 惱悩 擔担 歲歳 涉渉 稻稲 穰穣
繩縄 莖茎 娛娯 晚晩 鬪闘 礦鉱 吿告
"""

# Forms met in names and places, and the printed forms (印刷標準字体) of characters often seen simplified.
_OF_NAMES = """
髙高 﨑崎 嵜崎 𠮷吉 邉辺 濵浜 嶋島 嶌島 冨富 峯峰 舘館 桒桑 栁柳 舩船 曻昇 昻昂 槗橋 檜桧 槇槙 遙遥 凜凛 凉涼
晄晃 晉晋 堯尭 渕淵 渊淵 篭籠 諌諫 頰頬 塡填 剝剥 𠮟叱 嚙噛 摑掴 鷗鴎 鰺鯵 麵麺 麴麹 繫繋 蠟蝋 醬醤 蟬蝉 簞箪
瘦痩 鹼鹸 禱祷 餠餅 靱靭 桝枡 埜野 㐂喜 圡土 吞呑 啞唖 頴穎 軆体 躰体 靏鶴 靍鶴 杤栃 禰祢 鄰隣 裡裏 羣群 况況
减減 涌湧 泻潟 巖巌 吳呉 俱倶 姬姫 尙尚 彥彦 揷挿 柹柿 栢柏 灌潅 焰焔 礒磯 甞嘗 皐皋 絕絶 聰聡 脫脱 萊莱 蔣蒋
薗園 藪薮 蠅蝿 說説 郞郎 鄉郷 釡釜 銕鉄 顏顔 飮飲 驒騨 產産 內内 卆卒 喆哲 濤涛 瑤瑶 畧略 悅悦 稅税 亙亘 儘侭
噓嘘 屛屏 搔掻 攪撹 曾曽 瀆涜 潑溌 繡繍 蘆芦 萠萌 讚讃 軀躯 輛輌 醱醗 顚顛 鶯鴬 銳鋭 閱閲
"""

VARIANTS = {pair[0]: pair[1] for pair in (_FORMER + _OF_NAMES).split()}
"""Each variant and the form it is found as. No such form is itself a variant."""
