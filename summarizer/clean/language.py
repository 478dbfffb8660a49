"""Tells simplified Chinese, traditional Chinese and English apart by counting characters and words.

What stands in brackets and quotation marks is heard last: names in another script are quoted there.
"""

import re

from summarizer.article import Language

_PAIRS = (
    "国國区區业業产產这這来來个個为為说說们們时時会會发發过過对對动動种種与與经經济濟资資现現开開关關实實进進还還"
    "学學机機两兩样樣点點头頭当當从從问問题題战戰条條军軍无無报報义義应應见見长長间間设設万萬亿億项項营營创創总總"
    "额額达達银銀园園质質规規划劃领領导導际際标標连連选選优優专專稳穩数數据據场場农農处處华華带帶认認识識结結图圖"
    "联聯级級极極网網节節计計证證论論员員车車东東讯訊记記电電门門书書买買卖賣费費贸貿财財货貨贡貢贵貴习習乐樂乡鄉"
    "亚亞亲親仅僅众眾伟偉传傳体體侧側债債倾傾偿償储儲兴興养養内內册冊写寫决決况況净淨减減凤鳳凭憑击擊则則刚剛别別"
    "办辦务務劳勞势勢医醫单單卫衛厂廠历歷厅廳参參双雙变變号號团團围圍圆圓圣聖坚堅块塊坏壞声聲复復够夠奋奮奖獎妇婦"
    "孙孫宁寧宝寶审審宽寬寻尋将將层層属屬岁歲币幣师師帮幫库庫庆慶广廣张張强強归歸录錄彻徹径徑忆憶态態户戶执執扩擴"
    "护護担擔拥擁择擇挥揮损損换換镜鏡险險赔賠钱錢铁鐵锋鋒链鏈锂鋰软軟轮輪转轉载載轻輕较較辆輛输輸运運远遠适適递遞"
    "边邊迁遷违違风風飞飛马馬驱驅验驗鱼魚麦麥龙龍齐齊颗顆颜顏类類维維绩績绿綠续續组組织織终終给給统統继繼线線练練"
    "细細约約纪紀纳納纯純罗羅职職脑腦脱脫艺藝苏蘇荣榮药藥虽雖补補装裝观觀览覽觉覺订訂讨討让讓训訓议議讲講许許访訪"
    "评評诉訴词詞试試话話该該详詳语語误誤请請诸諸诺諾课課谁誰调調谈談谢謝负負责責败敗购購贯貫贴貼贷貸贺賀赛賽趋趨"
    "跃躍阳陽阶階陆陸陈陳随隨难難页頁顶頂顺順须須顾顧预預频頻颁頒馆館驶駛检檢构構枢樞桥橋楼樓欢歡欧歐气氣汇匯汉漢"
    "沟溝测測浓濃润潤涨漲渐漸湾灣满滿滨濱灵靈热熱爱愛环環画畫畅暢监監盖蓋盘盤码碼础礎确確离離竞競笔筆签簽简簡粮糧"
    "紧緊红紅价價仓倉伤傷党黨兰蘭冻凍刘劉剧劇剂劑励勵劲勁协協压壓县縣启啟响響坛壇垒壘墙牆壮壯备備夺奪宾賓寿壽尔爾"
    "尘塵尝嘗届屆屿嶼岛島岭嶺岗崗峡峽废廢异異弹彈惊驚愿願戏戲扬揚拟擬挂掛摄攝撑撐断斷旧舊显顯晓曉暂暫术術杂雜权權"
    "柜櫃树樹桩樁档檔毕畢泽澤洁潔浅淺渔漁灯燈炉爐烧燒状狀独獨献獻疗療盐鹽矿礦砖磚硕碩积積称稱筑築筹籌罚罰聪聰胜勝"
    "舰艦舱艙蓝藍虑慮贝貝赢贏轨軌轴軸辉輝迈邁邻鄰郑鄭释釋钢鋼钻鑽铜銅铝鋁锁鎖锡錫键鍵镇鎮镍鎳闪閃闭閉闻聞阀閥阅閱"
    "阔闊队隊阵陣静靜韩韓顿頓颖穎饮飲鲜鮮鸿鴻鹤鶴鸣鳴齿齒龄齡"
)
_SIMPLIFIED = re.compile(f"[{''.join(sorted(set(_PAIRS[::2]) - set(_PAIRS[1::2])))}]+")
_TRADITIONAL = re.compile(f"[{''.join(sorted(set(_PAIRS[1::2]) - set(_PAIRS[::2])))}]+")

_CHARACTERS_PER_WORD = 2
"""Chinese characters that weigh one English word of prose: a translation into English has about two for each of its
words in lower case. Names of firms and products are capitalised and weigh nothing, so a Chinese text full of them stays
Chinese, and an English one that quotes a Chinese name stays English."""
_ENGLISH_WORD = re.compile(r"(?<![A-Za-z0-9])[a-z]{2,}(?![A-Za-z0-9])")
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_LATIN = re.compile(r"[A-Za-z]")
_LATIN_NAME = re.compile(r"[A-Za-z]{3,}[^A-Za-z]+[A-Za-z]{3,}")
"""The least that makes a text English whose Chinese is all in brackets; 5G does not."""
_QUOTED = re.compile(r"[（(【《〈「『“‘][^（）()【】《》〈〉「」『』“”‘’\n]{0,60}[）)】》〉」』”’]")
"""Names and titles; longer quotations are prose of the text's own."""


def detect_language(text: str) -> Language:
    """Return the language of `text`; zh-Hans where nothing speaks for another one."""
    own = _QUOTED.sub(" ", text)
    heard = own if _CHINESE.search(own) or _LATIN_NAME.search(own) else text
    return _language(heard) or _language(text) or "zh-Hans"


def _language(text: str) -> Language | None:
    """Return what the characters of a text speak for, None where they are common to both ways of writing Chinese."""
    chinese = _count(_CHINESE, text)
    if chinese == 0:
        return "en" if _LATIN.search(text) else None
    if _CHARACTERS_PER_WORD * len(_ENGLISH_WORD.findall(text)) > chinese:
        return "en"
    simplified, traditional = _count(_SIMPLIFIED, text), _count(_TRADITIONAL, text)
    if traditional == simplified:
        return None
    return "zh-Hant" if traditional > simplified else "zh-Hans"


def _count(runs: re.Pattern[str], text: str) -> int:
    """Return how many characters of `text` the runs hold."""
    return sum(map(len, runs.findall(text)))
