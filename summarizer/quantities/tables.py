"""The words of the number grammar: characters, scales, units, counters, qualifiers. Data only; grammar.py compiles it.

Sources: GB/T 15835-2011 (numerals in publications) for digits and ranges; GB 3100 and the Law on Metrology's list of
legal units for measures; ISO 4217 for currencies. Counters have a module of their own. Traditional characters are
folded one to one before matching, so only simplified forms stand here.
"""

from decimal import Decimal
from typing import Final

_KIN = (
    "萬万 億亿 個个 區区 項项 戶户 畝亩 噸吨 歲岁 條条 張张 幾几 餘余 點点 兩两 雙双 圓元 "
    "圆元 約约 達达 過过 數数 範范 間间 據据 產产 業业 車车 輛辆 頭头 隻只 處处 層层 場场 "
    "種种 類类 級级 號号 樓楼 筆笔 獎奖 貫贯 環环 課课 顆颗 塊块 臺台 錢钱 鐘钟 鍾钟 時时 "
    "週周 屆届 倆俩 參叁 貳贰 陸陆 幣币 盧卢 歐欧 鎊镑 韓韩 門门 從从 來来 內内 強强 漲涨 "
    "減减 負负 佔占 貨货 貸贷 員员 國国 縣县 鎮镇 學学 際际 單单 對对 雲云 冊册 價价 線线 "
    "雜杂 檔档 攝摄 東东 後后 開开 專专 總总 營营 額额 資资 標标 準准 書书 贏赢 劃划 記记 "
    "將将 預预 計计 擬拟 較较 長长 樣样 組组 匯汇 稅税 護护 採采 歷历 機机 構构 話话 電电 "
    "動动 棟栋 頃顷 奈纳 於于 與与 補补 獲获 給给 該该 劑剂 併并 寧宁 僅仅 籌筹 發发 廠厂 "
    "廣广 園园 轉转 進进 術术 藝艺 認认 證证 擴扩 續续 結结 應应 實实 設设 報报 還还 連连 "
    "運运 導导 為为 無无 當当 僱雇 辦办 務务 聯联 創创 曆历 華华 誕诞 滾滚 堅坚 戰战 熱热 "
    "響响 圖图 註注 釐厘 羅罗 馬马 邊边 圍围 陽阳 紀纪 舉举 閉闭 節节 織织 團团 樁桩 顧顾 "
    "盞盏 輪轮 碼码 幀帧 製制 職职 勞劳 債债 費费 積积 關关 遠远 "
)
"""Traditional and simplified kin, pair by pair, of the characters that the grammar meets."""

_SIGNS = "％% ＋+ －- −- ～~ ．. ＄$ ￥¥ 〜~ ﹪% ∶: ：: ／/ •·"

FOLD: Final[dict[int, str]] = {
    **{ord(pair[0]): pair[1] for pair in _KIN.split()},
    **{code: chr(code - 0xFEE0) for code in range(0xFF10, 0xFF1A)},
    **{code: chr(code - 0xFEE0) for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))},
    **{ord(pair[0]): pair[1] for pair in _SIGNS.split()},
}
"""One character to one character, so that offsets stay."""

DIGITS: Final[dict[str, int]] = {
    **{char: value for value, char in enumerate("零一二三四五六七八九")},
    **{char: value for value, char in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "○": 0,
    "两": 2,
    "俩": 2,
    "幺": 1,
}
"""Characters that stand for one digit."""

SMALL_SCALES: Final[dict[str, int]] = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
TENS: Final[dict[str, int]] = {"廿": 20, "卅": 30}
BIG_SCALES: Final[dict[str, int]] = {"万": 10**4, "亿": 10**8, "兆": 10**12}
"""兆 in Taiwan's sense; on the mainland it is a prefix of units (兆瓦) and is read with those."""

NUMERAL_CHARS: Final = "".join([*DIGITS, *SMALL_SCALES, *TENS, *BIG_SCALES])

ENGLISH_SCALES: Final[dict[str, Decimal]] = {
    "hundred": Decimal(100),
    "thousand": Decimal(10**3),
    "million": Decimal(10**6),
    "billion": Decimal(10**9),
    "trillion": Decimal(10**12),
    "mn": Decimal(10**6),
    "bn": Decimal(10**9),
    "tn": Decimal(10**12),
    "mln": Decimal(10**6),
    "bln": Decimal(10**9),
    "trn": Decimal(10**12),
    "k": Decimal(10**3),
    "m": Decimal(10**6),
    "b": Decimal(10**9),
}

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
)
ENGLISH_NUMERALS: Final[dict[str, int]] = {
    **{word: value for value, word in enumerate([*_ONES.split(), "eighteen", "nineteen"])},
    **{
        word: 10 * tens
        for tens, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
    },
}

CURRENCIES: Final[dict[str, str]] = {
    "元": "CNY",
    "块钱": "CNY",
    "人民币": "CNY",
    "美元": "USD",
    "美金": "USD",
    "欧元": "EUR",
    "港元": "HKD",
    "港币": "HKD",
    "澳门元": "MOP",
    "新台币": "TWD",
    "台币": "TWD",
    "日元": "JPY",
    "英镑": "GBP",
    "韩元": "KRW",
    "澳元": "AUD",
    "加元": "CAD",
    "新元": "SGD",
    "新加坡元": "SGD",
    "瑞士法郎": "CHF",
    "卢布": "RUB",
    "卢比": "INR",
    "泰铢": "THB",
    "元人民币": "CNY",
    "元港币": "HKD",
    "元新台币": "TWD",
    "元台币": "TWD",
    "元美金": "USD",
    "越南盾": "VND",
    "林吉特": "MYR",
    "迪拉姆": "AED",
}
"""Currency words that follow the number. 元 alone is the yuan; taken as TWD or HKD only where it is written out."""

CURRENCY_PREFIXES: Final[dict[str, str]] = {
    "人民币": "CNY",
    "新台币": "TWD",
    "港币": "HKD",
    "RMB": "CNY",
    "Rmb": "CNY",
    "CNY": "CNY",
    "USD": "USD",
    "EUR": "EUR",
    "HKD": "HKD",
    "JPY": "JPY",
    "GBP": "GBP",
    "US$": "USD",
    "HK$": "HKD",
    "NT$": "TWD",
    "S$": "SGD",
    "A$": "AUD",
    "$": "USD",
    "¥": "CNY",
    "€": "EUR",
    "£": "GBP",
}

ENGLISH_CURRENCIES: Final[dict[str, str]] = {
    "yuan": "CNY",
    "renminbi": "CNY",
    "RMB": "CNY",
    "US dollars": "USD",
    "U.S. dollars": "USD",
    "dollars": "USD",
    "dollar": "USD",
    "USD": "USD",
    "euros": "EUR",
    "euro": "EUR",
    "pounds": "GBP",
    "yen": "JPY",
    "won": "KRW",
    "Hong Kong dollars": "HKD",
}

RATIOS: Final[dict[str, str]] = {
    "%": "",
    "‰": "",
    "倍": "",
    "番": "",
    "成": "立功果员都效绩长本熟分交就品型份",
    "折": "叠旧合射扣腾",
}
"""Ratio units, each with the characters that, following, show that it is part of another word (成立, 折旧)."""

PERCENTAGE_POINTS: Final = ("个百分点", "百分点")
BASIS_POINTS: Final = ("个基点", "基点", "BP", "bp")

_PLAIN_DURATIONS = (
    "周年 个年头 个月 个季度 星期 个星期 昼夜 个工作日 工作日 个小时 小时 分钟 秒 秒钟 毫秒 世纪 个世纪 "
    "个半月 个半小时 个半世纪 个多月 个多小时 个多星期 个多世纪 个交易日 个自然日 自然日 交易日"
)
DURATIONS: Final[dict[str, str]] = {
    **dict.fromkeys(_PLAIN_DURATIONS.split(), ""),
    "年": "级份会",
    "周": "边围期转岁末密",
    "天": "然津线空气下文",
}
"""Spans of time, with the characters that show, following, that it is part of another word (年级, 周边, 天然)."""
MORE_UNITS: Final[dict[str, str]] = {f"个多{unit}": f"个{unit}" for unit in ("月", "小时", "星期", "世纪")}
"""Units with 多 inside, and the unit without it: 两个多月 is at least 2个月."""
HALF_UNITS: Final[dict[str, str]] = {"个半月": "个月", "个半小时": "小时", "个半世纪": "世纪"}
"""Units with a half inside, and the unit without it: 3个半月 is 3.5个月."""

_PLAIN_MEASURES = (
    "平方公里 平方千米 公吨 坪 平方米 平米 公顷 亩 亩次 公亩 立方米 立方 公里 千米 海里 厘米 毫米 微米 纳米 英寸 "
    "英尺 英里 "
    "万吨级 吨 吨标准煤 吨标煤 公斤 千克 克拉 毫克 微克 磅 毫升 千瓦时 兆瓦时 吉瓦时 瓦时 千瓦 兆瓦 吉瓦 太瓦 瓦 "
    "千伏安 千伏 "
    "兆伏安 安时 毫安时 赫兹 兆赫 兆赫兹 吉赫 吉赫兹 焦耳 吉焦 大卡 千卡 标准煤 马力 牛米 斤 市斤 吋 字节 兆字节 "
    "比特 帧 像素 "
    "摄氏度 ℃ °C 分贝 帕 兆帕 岁 周岁 公里/小时 千米/小时 迈 转/分 ㎡ ㎞ ㎏ ㎥ 立方分米 立方厘米 平方厘米 平方毫米 "
    "标准立方米 公担 公石 蒲式耳 桶油 桶油当量 吨油当量 光年 毫瓦 毫秒 微秒 纳秒 尼特 流明 勒克斯 "
    "km² m² m³ km kg mg mm cm nm μm um km/h MW GW TW kW KW kWh KWh MWh GWh TWh kV KV MVA kVA MWp GWp GB TB PB EB MB KB "
    "Gbps Mbps Tbps kbps T/s EFLOPS PFLOPS TFLOPS EFlops PFlops TFlops Eflops Pflops Tflops TOPS GHz MHz kHz Hz THz "
    "mAh Ah Wh nits nit dB lm ppm ppb rpm mL ml 平方 度电 MeV GeV 吨公里 人公里 立方公尺 平方公尺 公尺 公分 台斤 "
    "公升 petaflops mu Wp 平方呎 平方英尺 呎"
)
MEASURES: Final[dict[str, str]] = {
    **dict.fromkeys(_PLAIN_MEASURES.split(), ""),
    "米": "兰老字粉饭德",
    "度": "假过",
    "克": "服隆拉",
    "里": "程面",
    "P": "",
    "升": "级至高到值温",
}
"""Units of measurement, with the characters that may not follow."""

NAME_UNITS: Final = frozenset({"强", "级", "等", "代", "版", "期", "大", "强县", "线"})
"""Counters that make a name or grade of a number: 500强, 三级, 二期, 5代."""
IDENTIFIER_UNITS: Final = frozenset({"号", "楼"})
_ARABIC_ONLY = (
    "省 市 县 区 国 镇 村 分 人日 手 里 线 对 单 等 面 口 门 道 大 双 节 字 头 行 首 环 员 民 度 号 楼 级 期 代 版 "
    "伏 章 列 班 把 根 通 步 维 轴 瓦 帕 席 圈 峰 箱 站 桥 孔 餐 票 辈 束"
)
ARABIC_ONLY_UNITS: Final = frozenset(_ARABIC_ONLY.split())
"""Behind a Chinese numeral these make words (四川省, 十分, 一面, 三级), not quantities."""
_SPECIFICATION = "英寸 吋 英尺 纳米 微米 毫米 千伏 nm μm mm kV KV 寸 像素 万吨级 Ah mAh"
SPECIFICATION_UNITS: Final = frozenset(_SPECIFICATION.split())
"""Measures that, directly before a noun, name a product (8英寸晶圆) and are no fact of the park."""

_ENGLISH_MEASURES = (
    "square kilometers,square kilometres,square kilometer,square-kilometer,square meters,square metres,square meter,"
    "square-meter,square-metre,cubic meters,cubic metres,cubic meter,square feet,square miles,square foot,sq "
    "meters,sq metres,sq ft,"
    "hectares,hectare,acres,acre,mu,kilometers,kilometres,kilometer,kilometre,meters,metres,meter,metre,centimeters,"
    "millimeters,micrometers,nanometers,nanometer,nm,feet,foot,miles,mile,"
    "tonnes,tonne,metric tons,tons,ton,kilograms,kilogram,kilos,grams,milligrams,micrograms,liters,litres,barrels,"
    "kWh,MWh,GWh,TWh,kW,MW,GW,km,kg,m,megawatts,megawatt,gigawatts,gigawatt,kilowatts,kilowatt,watts,watt,terawatt-hours,"
    "gigawatt-hours,megawatt-hours,kilowatt-hours,megawatt-hour,gigawatt-hour,kilowatt-hour,inches,inch,sq m,sq km,"
    "degrees Celsius,degree "
    "Celsius,petaflops,exaflops,teraflops,PFLOPS,EFLOPS,gigabytes,terabytes,petabytes,gigabits,megabits,"
    "decibels,volts,kilovolts,kilovolt,hertz,megahertz,gigahertz,pixels,megapixels,knots,microns"
)
ENGLISH_MEASURES: Final = frozenset(_ENGLISH_MEASURES.split(","))
_ENGLISH_DURATIONS = (
    "years,year,months,month,weeks,week,working days,business days,working "
    "day,days,day,hours,hour,minutes,minute,decades,decade,"
    "seconds,second,quarters,centuries"
)
ENGLISH_SPECIFICATIONS: Final = frozenset({"inch", "nanometer", "nm", "micron", "kilovolt", "Ah"})
"""Sizes that, joined to the number by a hyphen, name a product: an 8-inch wafer."""
ENGLISH_DURATIONS: Final = frozenset(_ENGLISH_DURATIONS.split(","))

_BEFORE_WORDS = {
    "about": (
        "近 将近 接近 约 大约 约为 约占 大概 左右约 约有 近约 约达 约合 约需 约用 约计 约在 约莫 差不多 大致 几近 "
        "roughly about around approximately nearly almost some"
    ),
    "more_than": (
        "超 超过 超出 超了 超过了 逾 突破 突破了 冲破 多于 大于 高于 过 越 破 不止 已超 远超 更超 "
        "more_than over exceeding exceeded exceed exceeds above topped tops topping surpassed surpassing surpass"
    ),
    "at_least": (
        "至少 最低 最少 不少于 不低于 不小于 不下 不下于 不亚于 上 达到或超过 not_less_than not_fewer_than "
        "at_least no_less_than no_fewer_than"
    ),
    "at_most": (
        "不超过 不超 至多 最多 最长 最高 最高可达 最高达 最高可 不高于 不大于 不多于 不逾 up_to at_most no_more_than"
    ),
    "less_than": "不足 不到 低于 少于 小于 未满 不满 less_than fewer_than below under",
}
BEFORE: Final[dict[str, str]] = {
    word.replace("_", " "): qualifier for qualifier, words in _BEFORE_WORDS.items() for word in words.split()
}
"""Words directly before a number, longest match wins."""
NOT_BEFORE: Final[dict[str, tuple[str, ...]]] = {
    "约": ("节约", "签约", "集约", "契约", "违约", "解约", "预约", "履约", "制约"),
    "上": ("迈上", "跃上", "登上", "站上", "会上", "线上", "网上", "晚上", "早上"),
    "过": ("迈过", "跨过", "越过", "通过", "经过", "超过"),
    "近": ("附近", "邻近", "靠近", "新近", "就近", "临近"),
    "超": ("赶超", "反超", "中超", "英超"),
    "破": ("打破", "攻破", "击破"),
    "越": ("优越", "卓越", "穿越"),
}
"""Words that end like a qualifier and are none."""
ONLY_BARE: Final = ("上", "过")
"""Qualifiers only before a scale without a digit (上百家, 过亿元), 成 and 半; else the ends of words (会上, 通过)."""

ONLY_GRANTED: Final = ("最高", "最长", "最低", "最少")
"""Superlatives: bounds of what is granted or asked, else attributes."""

_AFTER_WORDS = {
    "at_least": "以上 及以上 (含)以上 （含）以上 或以上 多 余 有余 出头 _or_more",
    "at_most": "以下 及以下 以内 之内",
    "about": "左右 上下 许 _or_so",
}
AFTER: Final[dict[str, str]] = {
    word.replace("_", " "): qualifier for qualifier, words in _AFTER_WORDS.items() for word in words.split()
}
"""Words directly behind the unit."""
NOT_AFTER: Final[dict[str, str]] = {
    "多": "于少功元边式样种媒语年维能层个次家项",
    "余": "热名",
    "上下": "游级班联协功同贯",
}
"""Characters that, following, make another word of it: 3家上下游企业, 20个多功能厅."""
