"""When and by whom a text was published, as it prints that itself."""

import json
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer import summarize
from summarizer.dateline import PLAUSIBLE_YEARS, Publication, read_publication
from summarizer.extract.rules import RulesExtractor
from summarizer.extract.wire import article_block
from summarizer.pages import articles_of
from summarizer.read import document_from_bytes, document_from_text
from tests.command import Run

HEAD = "高新区产值上升\n"
BODY = "\n高新区产值上升\n上半年，园区新签项目30个。"
EVALUATION = Path(__file__).parent.parent / "fixtures" / "eval"

ROWS = [
    ("2023年7月3日 星期一 第05版" + BODY, "2023-07-03", None),
    ("云岭日报\n2023年7月3日 星期一 第05版" + BODY, "2023-07-03", "云岭日报"),
    ("云岭发布\n2023年7月3日 星期一 第05版" + BODY, "2023-07-03", "云岭发布"),
    ("2023年7月3日 星期一 第05版\n云岭发布" + BODY, "2023-07-03", "云岭发布"),
    ("云岭发布\n2023年7月3日" + BODY, "2023-07-03", None),
    ("2023-07-03 第5版" + BODY, "2023-07-03", None),
    ("2023年07月03日　星期一" + BODY, "2023-07-03", None),
    ("2023年7月3日 星期二" + BODY, None, None),
    ("民國112年7月3日" + BODY, "2023-07-03", None),
    ("中華民國一一二年七月三日" + BODY, None, None),
    ("二〇二三年七月三日 星期一 农历癸卯年五月十六" + BODY, "2023-07-03", None),
    ("2023年7月3日 星期一 癸卯年五月十六 今日8版 国内统一刊号CN00-0001" + BODY, "2023-07-03", None),
    ("July 3, 2023\nZone grows\nThe zone grew.", "2023-07-03", None),
    ("Monday, July 3, 2023\nZone grows\nThe zone grew.", "2023-07-03", None),
    ("China Daily | Monday, July 3, 2023 | Page 5\nZone grows\nThe zone grew.", "2023-07-03", "China Daily"),
    ("Zone grows\nBy Li Lei | China Daily | Updated: 2023-07-03 09:12\nThe zone grew.", "2023-07-03", "China Daily"),
    ("Zone grows\nBy Li Lei | chinadaily.com.cn | Updated: 2023-07-03 09:12\nThe zone grew.", "2023-07-03", None),
    ("Zone grows\nSource: Xinhua | 2023-07-03 10:11:12 | Editor: huaxia\nThe zone grew.", "2023-07-03", "Xinhua"),
    ("Zone grows\nPublished: 3 July 2023\nThe zone grew.", "2023-07-03", None),
    (HEAD + "新华社北京2023年7月3日电 上半年，园区揭牌。", "2023-07-03", "新华社"),
    (HEAD + "新华社北京7月3日电（记者 张三）上半年，园区揭牌。", None, "新华社"),
    ("2023年7月4日 星期二\n高新区产值上升\n新华社北京7月3日电（记者 张三）上半年，园区揭牌。", "2023-07-04", "新华社"),
    (HEAD + "新华社北京7月3日电（2023年）上半年，园区揭牌。", "2023-07-03", "新华社"),
    (HEAD + "本报讯 2023年6月25日", "2023-06-25", None),
    (HEAD + "本报讯 2023年6月25日（记者 张三）园区揭牌。", "2023-06-25", None),
    (HEAD + "本报讯 2023年6月25日，园区揭牌。", None, None),
    (HEAD + "本报讯 6月25日，园区揭牌。", None, None),
    (HEAD + "本报2023年6月25日讯（记者 张三）园区揭牌。", "2023-06-25", None),
    (HEAD + "云岭日报讯（记者 张三）园区揭牌。", None, "云岭日报"),
    (HEAD + "中新社上海7月3日电 园区揭牌。", None, "中新社"),
    (HEAD + "中新网杭州2023年7月3日电(记者 张三)园区揭牌。", "2023-07-03", "中新网"),
    (HEAD + "来源：云岭日报 2023-07-03 08:15" + BODY, "2023-07-03", "云岭日报"),
    (HEAD + "2025-10-30 08:15　记者：祁远山" + BODY, "2025-10-30", None),
    (HEAD + "发布时间：2023-07-03" + BODY, "2023-07-03", None),
    (HEAD + "发布日期: 2023/7/3 浏览次数：123 字号：[大 中 小] 打印" + BODY, "2023-07-03", None),
    (HEAD + "时间：2023-07-03 来源：云岭网" + BODY, "2023-07-03", "云岭网"),
    (HEAD + "时间：2023-07-03" + BODY, "2023-07-03", None),
    ("时间：2023-07-03\n地点：会展中心" + BODY, None, None),
    (HEAD + "2022年7月18日，园区揭牌。", None, None),
    (HEAD + "2022年7月18日 园区揭牌" + BODY, None, None),
    (HEAD + "发布时间：1948-07-03" + BODY, None, None),
    (HEAD + "发布时间：2203-07-03" + BODY, None, None),
    (HEAD + "发布时间：2023-02-30" + BODY, None, None),
    (HEAD + "2023-07-03 来源：云岭日报\n2023-07-04 来源：云岭日报" + BODY, None, "云岭日报"),
    (HEAD + "发布时间：2023-07-03 更新时间：2023-07-04" + BODY, "2023-07-03", None),
    (HEAD + "成文日期：2023-07-01 发布日期：2023-07-03" + BODY, "2023-07-03", None),
    (HEAD + "发布时间：\n2023-07-03 08:15" + BODY, "2023-07-03", None),
    (HEAD + "来源：《云岭日报》" + BODY, None, "云岭日报"),
    (HEAD + "来源：本报 2023-07-03" + BODY, "2023-07-03", None),
    (HEAD + "来源：网络" + BODY, None, None),
    (HEAD + "上半年，园区新签项目30个。\n数据来源：国家统计局", None, None),
    (HEAD + "上半年，园区新签项目30个。（来源：云岭日报）", None, "云岭日报"),
    (HEAD + "上半年，园区新签项目30个。\n云岭高新区管委会\n2023年7月3日", "2023-07-03", None),
    (HEAD + "上半年，园区新签项目30个。\n园区发展导报 2023年7月3日 星期一 第05版", "2023-07-03", "园区发展导报"),
    ("BEIJING, July 3, 2023 (Xinhua) -- The zone grew.", "2023-07-03", "Xinhua"),
    ("BEIJING, July 3 (Xinhua) -- The zone grew.", None, "Xinhua"),
    ("SHANGHAI, July 3, 2023 /PRNewswire/ -- The zone grew.", "2023-07-03", "PRNewswire"),
    ("2023年7月3日 星期一 责编:张三 版式:李四 05" + BODY, "2023-07-03", None),
    ("2023年7月3日-7月5日" + BODY, None, None),
    ("2023年7月3日至\n7月5日" + BODY, None, None),
    ("２０２３年７月３日　星期一　第０５版" + BODY, "2023-07-03", None),
    ("2023 年 7 月 3 日 星期一" + BODY, "2023-07-03", None),
    ("今天是2023年7月4日 星期二" + BODY, None, None),
    ("07/03/2023" + BODY, None, None),
    ("园区上半年交出捷报\n2023年7月3日 星期一 第05版" + BODY, "2023-07-03", None),
    (HEAD + "https://www.ylrb.cn/2023-07-03/1.html" + BODY, None, None),
    ("云岭日报 2023-07-03 08:15:00" + BODY, "2023-07-03", "云岭日报"),
    ("2023-07-03T08:15:00+08:00" + BODY, "2023-07-03", None),
    (HEAD + "2023年07月03日08:15 | 来源：人民网-云岭频道" + BODY, "2023-07-03", "人民网-云岭频道"),
    (HEAD + "2023-07-03 08:15 来源： 云岭日报 作者： 张三" + BODY, "2023-07-03", "云岭日报"),
    (HEAD + "张三 2023-07-03" + BODY, None, None),
    (HEAD + "云岭发布 2023-07-03 08:15 云岭" + BODY, None, None),
    (HEAD + "(2023年7月3日)" + BODY, "2023-07-03", None),
    (HEAD + "字号 发布时间 2023-07-03" + BODY, "2023-07-03", None),
    (HEAD + "【发布日期：2023年7月3日】【来源：云岭日报】" + BODY, "2023-07-03", "云岭日报"),
    ("据新华社北京2023年7月3日电 园区揭牌。", "2023-07-03", "新华社"),
    ("开发区经济报2023年7月3日讯 园区揭牌。", "2023-07-03", "开发区经济报"),
    ("标题\n园区社会用电 增长5%。", None, None),
    ("标题\n互联网通讯 5G", None, None),
    ("云岭高新区大事记\n2022年7月18日\n园区正式揭牌。\n2023年1月5日\n二期开工。", None, None),
    (HEAD + "园区历程如下。\n2022年7月18日\n园区正式揭牌。\n2023年1月5日", None, None),
    (HEAD + "上半年，园区新签项目30个。\n相关新闻\n云岭高新区开工\n2023-06-30", None, None),
    (
        "高新园区周报　　2023年7月3日　星期一　第05版　园区纵横\n园区“链上”织网",
        "2023-07-03",
        "高新园区周报",
    ),
    (
        "开放园区周刊　OPEN PARKS WEEKLY\n2023年7月3日　星期一　第05版　国际合作\n凌晨4点，园区灯火通明。",
        "2023-07-03",
        "开放园区周刊",
    ),
    (
        "甲乙 石 川\n2023年 7 月 3 日　星期一　专题　05\n科创园区报\n十年前，这里是一片滩。",
        "2023-07-03",
        "科创园区报",
    ),
    ("签约额逾320億元\n2025-11-18　《港珀時報》記者：簡樂怡\n珀海高新區昨日簽約。", "2025-11-18", "港珀時報"),
]


@pytest.mark.parametrize(("text", "published", "outlet"), ROWS)
def test_only_a_paper_s_own_lines_date_a_text(text: str, published: str | None, outlet: str | None) -> None:
    assert read_publication(text) == Publication(published, outlet)


def test_the_first_rank_that_speaks_decides() -> None:
    ranked = [
        "发布时间：2023-07-01",
        "2023年7月2日 08:15",
        "2023年7月3日",
    ]
    foot = ["2023年7月4日 星期二 第05版"]
    lines = [*ranked, "标题", "新华社北京2023年7月5日电 上半年，园区新签项目30个。", *foot]
    for day in range(1, 6):
        assert read_publication("\n".join(lines)).published == f"2023-07-0{day}"
        if day < 4:
            lines.pop(0)
        elif day == 4:
            lines.pop()


def test_a_sign_off_is_weaker_than_a_dateline_and_an_update_the_weakest() -> None:
    body = "上半年，园区新签项目30个。"
    assert read_publication(f"更新时间：2023-07-09\n标题\n{body}\n2023年7月8日").published == "2023-07-08"
    assert read_publication(f"更新时间：2023-07-09\n标题\n{body}").published == "2023-07-09"
    assert read_publication(f"标题\n新华社北京2023年7月5日电 {body}\n2023年7月8日").published == "2023-07-05"


@pytest.mark.parametrize("gold", sorted(EVALUATION.glob("gold/*.json")), ids=lambda path: path.stem)
def test_an_article_that_prints_its_day_tells_it(gold: Path) -> None:
    text = (EVALUATION / "articles" / f"{gold.stem}.txt").read_text(encoding="utf-8")
    assert read_publication(text).published == json.loads(gold.read_text(encoding="utf-8"))["published"]


PIECES = st.sampled_from(
    [
        *("2023年7月3日", "2023-07-03", "2023-13-41", "July 3, 2023", "民國", "112年", "〇", "十", "星期一", "第05版"),
        *("来源：", "发布时间：", "云岭日报", "本报讯", "新华社", "北京", "电", "(Xinhua)", " -- "),
        *("（", "）", "，", "。", " ", "\u3000", "\n", "\x01"),
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join)))
def test_no_text_is_refused(text: str) -> None:
    published, outlet = read_publication(text)
    assert published is None or date.fromisoformat(published).year in PLAUSIBLE_YEARS
    assert outlet is None or (outlet.strip() == outlet != "" and "\n" not in outlet)


@given(st.dates(date(1949, 1, 1), date(2100, 12, 31)))
def test_every_day_is_read_in_every_writing(day: date) -> None:
    written = (
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y-%m-%d} 08:15",
        f"{day.year}/{day.month}/{day.day}",
        f"民國{day.year - 1911}年{day.month}月{day.day}日",
        f"{day:%B} {day.day}, {day.year}",
        f"{day.day} {day:%b} {day.year}",
        f"{day.year}年{day.month}月{day.day}日 星期{'一二三四五六日'[day.weekday()]}",
        f"{day:%A}, {day:%B} {day.day}, {day.year}",
    )
    assert {read_publication(line + BODY).published for line in written} == {day.isoformat()}


HOSTILE = [
    *("2", " ", "\n", "A ", "新社", "来源：", "新华社北京", "本报讯（", "e\u0301\u0316", "\u3000社\n"),
    *("新华社北京2023年7月3日电\n", "BEIJING, July 3, 2023 (Xinhua) --\n"),
    "新华社" + "北京 " * 20 + "电（" + "甲" * 60 + "\n",
]


@pytest.mark.parametrize("seed", HOSTILE)
def test_time_grows_as_the_text_does(seed: str) -> None:
    def seconds(size: int) -> float:
        text = (seed * (size // len(seed) + 1))[:size]
        spent = []
        for _ in range(3):
            started = time.process_time()
            read_publication(text)
            spent.append(time.process_time() - started)
        return min(spent)

    assert seconds(400_000) < 16 * seconds(50_000) + 0.05  # 64 times, were it quadratic


MASTHEAD = "云岭日报　2023年7月3日　星期一　第05版\n"
NEWS = "云州高新区签约提速\n上半年，云州高新区签约项目86个，总投资318.6亿元。\n"


def test_a_relative_period_is_resolved_from_the_masthead() -> None:
    [brief] = summarize(MASTHEAD + NEWS, extractor=RulesExtractor())
    assert brief.source.published == "2023-07-03"
    period = brief.numbers[0].period
    assert period is not None
    assert (period.text, period.start, period.end) == ("上半年", "2023-01-01", "2023-06-30")


def test_a_day_of_the_body_resolves_nothing() -> None:
    [brief] = summarize(NEWS + "2022年7月18日，园区揭牌。\n", extractor=RulesExtractor())
    assert brief.source.published is None
    period = brief.numbers[0].period
    assert period is not None
    assert (period.start, period.end) == (None, None)


def test_the_caller_outweighs_the_text() -> None:
    given_date = document_from_text(MASTHEAD + NEWS, published="2020-01-02")
    assert (given_date.published, given_date.published_from) == ("2020-01-02", "given")
    assert (given_date.outlet, given_date.outlet_from) == ("云岭日报", "text")
    read = document_from_bytes((MASTHEAD + NEWS).encode("gb18030"), path=None)
    assert (read.published, read.published_from, read.outlet_from) == ("2023-07-03", "text", "text")
    neither = document_from_text(NEWS)
    assert (neither.published_from, neither.outlet, neither.outlet_from) == (None, None, None)


def test_metadata_outweigh_the_text() -> None:
    page = (
        '<html><head><meta name="pubdate" content="2023-07-04"><meta name="source" content="云岭网"></head><body>'
        "<article><p>来源：山河日报 2023-07-03 08:15</p>"
        f"<p>{'上半年，园区新签项目30个，总投资12亿元。' * 8}</p></article></body></html>"
    )
    document = document_from_bytes(page.encode(), path="a.html")
    assert (document.published, document.published_from) == ("2023-07-04", "metadata")
    assert (document.outlet, document.outlet_from) == ("云岭网", "metadata")


def test_a_model_is_told_the_day() -> None:
    [article] = articles_of(document_from_text(MASTHEAD + NEWS))
    assert article_block(article).startswith("发布日期：2023-07-03\n")


@pytest.mark.usefixtures("plain_terminal")
def test_the_table_says_where_the_day_is_from(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "news.txt"
    path.write_text(MASTHEAD + NEWS, encoding="utf-8")
    options = ("--extractor", "rules", "--format", "text")
    assert "published 2023-07-03 (from the text)" in run(*options, str(path)).out
    assert " · published 2020-01-02\n" in run(*options, "--date", "2020-01-02", str(path)).out
