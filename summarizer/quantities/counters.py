"""The counters of news Chinese and English. Data only.

Source: Lü Shuxiang, 现代汉语八百词 (appendix on classifiers), cut to what news of the genre uses, and extended by
its compound counters (人次, 台套, 车次). Each stands with the characters that show, following, that it is part of a
longer word; where one character would say too much, whole words stand, parted by blanks.
"""

from typing import Final

_PLAIN_COUNTERS = (
    "家次 人次 人份 人天 大类 件次 台套 台次 场次 班次 批次 架次 航次 车次 户次 辆次 例次 项次 篇次 标准箱 "
    "标箱 箱 TEU 吨位 席 户 口井 宗 款 枚 颗 朵 棵 幢 栋 艘 辆 匹 篇 册 幅 封 笔 盏 泊位 车位 床位 学时 课时 学分 "
    "万元户 所次 门次 具 辈 圈 趟 桶 瓶 罐 杯 盒 袋 卷 剂 株 头牛 尾 峰 张 只 桩 笼 拨 串 排 摊 餐 "
    "届 票 平台 站点 员 民 孔 桥 强县 亿次 堂 幕 粒 根 顶 扇 堵 枝 丛 垛 羽 锅 碗 盘 顿 炉 盆 捧 滴 缕 声 "
    "人年 人月 趟次 车皮 语种 学科 品种 工位 工种 席位 名额 环节 步骤 标段 地块 单元 款次 点位 套次 组次 千米级 "
    "词条 字符 标方 柜 剂次 支次 人份 万件套 件套 台件 步 稿 遍 桌 届次 份次 座次 人头"
)
COUNTERS: Final[dict[str, str]] = {
    **dict.fromkeys(_PLAIN_COUNTERS.split(), ""),
    "个": "税 体工商 体户 体经营 体私营 私营 性化 人所得 人信息",
    "家": "庭 具厂 具城 具产 具行 具企 具市 电产 电下 电市 电行 电以 族 长会 长委 长代 禽 居市 居产",
    "人": (
        "才公寓 才政 才工作 才项 才计划 才队 才引 才服 民币 民群 民政 民法 工智能 工成本 工费 大代 大常 均 口 类 员"
    ),
    "名": "单公 称 列前 列第 列全 牌 校合",
    "位": "于 置 列前 列第 列全 居前 居第 居全 居世 居国 移 数 次",
    "项": "",
    "项目": "标",
    "件": "",
    "条": "件 例 款 约",
    "所": "有在以",
    "座": "谈落",
    "台": "湾 州 阶 河 县县",
    "套": "路餐",
    "批": "发准复评示",
    "次": "日 级 要 生 序 元 方",
    "场": "地 景 所 馆 面上",
    "期": "间待货望",
    "处": "理 于 置 级",
    "间": "接隔",
    "支": "持 撑 付 出 行设 架 部书 部党",
    "种": "植业 植面 植户 植基 植养 子 养 业",
    "类": "似医水县",
    "例": "如外会",
    "起": "步 点 草 源 飞 家 到",
    "本": "账賬科土地市省月年质人区届",
    "部": "门分署长级",
    "份": "额",
    "股": "份东权市",
    "片": "区",
    "块": "",
    "层": "次面级",
    "道": "路德",
    "面": "积向对临貌",
    "门": "类户店槛",
    "口": "岸径",
    "手": "机段续房",
    "把": "手关握控脉",
    "通": "过道用知信行报",
    "行": "业动政程为",
    "轮": "船椅胎流番值",
    "则": "是为",
    "集": "群团中聚成体",
    "眼": "睛界",
    "炷": "",
    "站": "式点稳",
    "车": "间型企辆道位站",
    "船": "舶",
    "格": "局外",
    "档": "案次",
    "顷": "",
    "针": "对灸",
    "头": "部条",
    "架": "构",
    "列": "入为出举",
    "班": "子组长倒",
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
    "组": "团织建成装合长",
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
    "percentage points, percentage point, basis points, basis point, firms, firm, companies, company, enterprises, "
    "enterprise, startups, start-ups, projects, project, people, applications, workers, employees, engineers, "
    "researchers, residents, talents, students, jobs, patents, patent, products, institutions, institutes, "
    "universities, countries, economies, regions, provinces, cities, laboratories, labs, platforms, centers, "
    "centres, factories, plants, vehicles, units, sets, items, services, contracts, agreements, households, "
    "visitors, exhibitors, buildings, incubators, funds, banks, teams, experts, members, branches, schools, "
    "hospitals, deals, orders, robots, chips, times, fold, farmers, staff, aircraft, personnel, women, men, children, "
    "shops, stores, brands, sectors, industries, towns, districts, zones, parks, startup, start-up, unicorns, "
    "TEU, TEUs, "
    "incubator, laboratory, lab, platform, factory, plant, employee, engineer, person, country, city, "
    "province, agreement, contract, product, university, PhDs, doctorates, faculty, crew, cattle, sheep"
)
ENGLISH_COUNTERS: Final = tuple(word.strip() for word in _ENGLISH.split(","))
"""Nouns and measures of English news that a number counts."""
