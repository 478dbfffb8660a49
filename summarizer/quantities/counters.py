"""The counters of news Chinese and English. Data only.

Source: Lü Shuxiang, 现代汉语八百词 (appendix on classifiers), cut to what news of the genre uses, and extended by
its compound counters (人次, 台套, 车次). Each stands with the characters that show, following, that it is part of a
longer word.
"""

from typing import Final

_PLAIN_COUNTERS = (
    "家次 人次 人份 人天 大类 件次 台套 台次 场次 班次 批次 架次 航次 车次 户次 辆次 例次 项次 篇次 标准箱 "
    "标箱 箱 吨位 席 户 口井 宗 款 枚 颗 朵 棵 幢 栋 艘 辆 匹 篇 册 幅 封 笔 盏 泊位 车位 床位 学时 课时 学分 "
    "万元户 所次 门次 项目 具 辈 圈 趟 桶 瓶 罐 杯 盒 袋 卷 剂 株 头牛 尾 峰 张 只 桩 笼 轮 拨 串 行 排 摊 餐 "
    "届 组 票 平台 站点 站 员 民 孔 桥 强县 亿次"
)
COUNTERS: Final[dict[str, str]] = {
    **dict.fromkeys(_PLAIN_COUNTERS.split(), ""),
    "个": "性税体私别电",
    "家": "园庭具居电族长渠",
    "人": "才民工大均口类",
    "名": "单称列优牌义校录",
    "位": "于置列居移数次",
    "项": "",
    "件": "",
    "条": "件例款约",
    "所": "有在以",
    "座": "谈落",
    "台": "湾州阶河县山区",
    "套": "路餐",
    "批": "发准复评示",
    "次": "日级要生序",
    "场": "地景所馆面",
    "期": "间待货望",
    "处": "理于置在级",
    "间": "接隔",
    "支": "持撑付出行部架",
    "种": "植子养业",
    "类": "似医水县",
    "例": "如外会",
    "起": "步来点草源到飞",
    "本": "账賬科土地市省月年质人区届",
    "部": "门分署长级",
    "份": "额",
    "股": "份东权市",
    "片": "区",
    "块": "",
    "层": "次面级",
    "道": "路德",
    "面": "积向对临貌",
    "门": "类户店",
    "口": "岸径",
    "手": "机段续",
    "头": "部条",
    "架": "构",
    "列": "入为出举",
    "班": "子组长",
    "单": "位项体个一元",
    "对": "接外标比于一口",
    "副": "产中总",
    "双": "向创方",
    "首": "批次个家席创台套都先",
    "环": "境保节比球路",
    "章": "程",
    "节": "能点约目日",
    "字": "节",
    "词": "",
    "点": "位评对名",
    "分": "别布配类之析钟支公行管会成为",
    "省": "会级委",
    "市": "场民值委政区级",
    "县": "级委城区域",
    "区": "域县块",
    "国": "际家内有庆土产务资企标",
    "镇": "",
    "村": "",
    "人日": "",
    "束": "",
    "成果": "",
    "群": "众",
    "包": "括头含装",
    "线": "上下",
    "级": "",
    "号": "召",
    "楼": "",
    "代": "表码替",
    "版": "",
    "强": "化调大劲",
    "等": "",
    "大": "",
}
"""Counters of news Chinese, with the characters that show, following, that it is part of a longer word."""

_ENGLISH = (
    "percentage points, percentage point, basis points, basis point, square kilometers, square kilometres, "
    "square meters, square metres, hectares, acres, kilometers, kilometres, meters, metres, tonnes, tons, "
    "megawatts, gigawatts, kilowatt-hours, kWh, MWh, GWh, TWh, kW, MW, GW, "
    "inches, inch, firms, firm, companies, company, enterprises, "
    "enterprise, startups, start-ups, projects, project, people, applications, workers, employees, engineers, "
    "researchers, residents, talents, students, jobs, patents, patent, products, institutions, institutes, "
    "universities, countries, economies, regions, provinces, cities, laboratories, labs, platforms, centers, "
    "centres, factories, plants, vehicles, units, sets, items, services, contracts, agreements, households, "
    "visitors, exhibitors, buildings, incubators, funds, banks, teams, experts, members, branches, schools, "
    "hospitals, deals, orders, robots, chips, years, year, months, month, weeks, week, days, day, hours, "
    "hour, minutes, minute, times, fold, square kilometer, square-kilometer, square meter, square-meter, "
    "square-metre, hectare, acre, kilometer, ton, megawatt, gigawatt, sq m, sq km, decades, decade, farmers, "
    "shops, stores, brands, sectors, industries, towns, districts, zones, parks, startup, start-up, unicorns, "
    "incubator, laboratory, lab, platform, factory, plant, employee, engineer, person, country, city, "
    "province, agreement, contract, product, university"
)
ENGLISH_COUNTERS: Final = tuple(word.strip() for word in _ENGLISH.split(","))
"""Nouns and measures of English news that a number counts."""
