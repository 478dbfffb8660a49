"""Tells simplified Chinese, traditional Chinese and English apart by counting characters."""

from collections import Counter

from summarizer.article import Language

_PAIRS = (
    "国國区區业業产產这這来來个個为為说說们們时時会會发發过過对對动動种種与與经經济濟资資现現开開关關实實进進还還"
    "学學机機两兩样樣点點头頭当當从從问問题題战戰条條军軍无無报報义義应應见見长長间間设設万萬亿億项項营營创創总總"
    "额額达達增增银銀园園质質规規划劃领領导導际際标標连連选選优優专專稳穩数數据據场場农農处處华華带帶认認识識结結"
    "图圖联聯级級极極网網节節计計证證论論员員车車东東讯訊记記电電门門书書买買卖賣费費贸貿财財货貨贡貢贵貴"
    "习習乐樂乡鄉亚亞亲親仅僅众眾伟偉传傳体體侧側债債倾傾偿償储儲兴興养養内內册冊写寫决決况況净淨减減"
    "凤鳳凭憑击擊则則刚剛别別办辦务務劳勞势勢医醫单單卫衛厂廠历歷厅廳参參双雙变變号號团團围圍圆圓圣聖坚堅"
    "块塊坏壞声聲复復够夠奋奮奖獎妇婦孙孫宁寧宝寶审審宽寬对對寻尋将將层層属屬岁歲币幣师師帮幫库庫庆慶广廣"
    "张張强強归歸录錄彻徹径徑忆憶态態总總战戰户戶执執扩擴护護担擔拥擁择擇挥揮损損换換"
)
_SIMPLIFIED = frozenset(_PAIRS[::2]) - frozenset(_PAIRS[1::2])
_TRADITIONAL = frozenset(_PAIRS[1::2]) - frozenset(_PAIRS[::2])

_LETTERS_PER_CHARACTER = 5
"""Latin letters that weigh one Chinese character: an English word has about five. A Chinese text full of company
names stays Chinese, an English one that quotes a Chinese name stays English."""


def detect_language(text: str) -> Language:
    """Return the language of `text`; zh-Hans where nothing speaks for another one."""
    counts = Counter(text)
    letters = sum(count for char, count in counts.items() if char.isascii() and char.isalpha())
    chinese = sum(count for char, count in counts.items() if "\u3400" <= char <= "\u9fff")
    if letters > _LETTERS_PER_CHARACTER * chinese:
        return "en"
    simplified = sum(counts[char] for char in _SIMPLIFIED)
    traditional = sum(counts[char] for char in _TRADITIONAL)
    return "zh-Hant" if traditional > simplified else "zh-Hans"
