"""The sentences that made-up articles are put together from. All parks and people are invented.

Numbers of one unit have ranges of their own in each slot, so that no two facts of an article are equal: a check that
takes one for the other would be right to complain. A count that is part of another one stays below it.
"""

from typing import Final, NamedTuple


class Range(NamedTuple):
    """The values that a number may take."""

    low: int
    high: int
    unit: str
    tenths: bool = False
    """Whether `low` and `high` count tenths, which are printed behind a point."""


class Fact(NamedTuple):
    """A number of a sentence."""

    metric: str
    range: Range
    status: str = "actual"
    period: str | None = "上半年"


class Wording(NamedTuple):
    """One way to fill a slot: {0}, {1} … are its numbers, {park} is the park, {mark} the article's mark."""

    text: str
    facts: tuple[Fact, ...] = ()


_SIGNED: Final = Range(40, 96, "个")
_INVESTED: Final = Range(2001, 4999, "亿元", tenths=True)
_OUTPUT: Final = Range(6001, 9999, "亿元", tenths=True)
_GROWTH: Final = Range(31, 99, "%", tenths=True)
_SHARE: Final = Range(401, 699, "%", tenths=True)
_FIRMS: Final = Range(210, 480, "家")
_NEW_FIRMS: Final = Range(11, 48, "家")
_CASES: Final = Range(120, 398, "件")
_PLANNED: Final = Range(100, 180, "个")
_PLANNED_OUTPUT: Final = Range(1301, 1799, "亿元")
_POSTS: Final = Range(1201, 4899, "个")

LEADS: Final = (
    Wording(
        "本报讯 {day}，记者从{park}经济运行快报（编号{mark}）获悉，上半年，{park}新签约项目{0}，计划总投资{1}。",
        (Fact("新签约项目", _SIGNED), Fact("新签约项目计划总投资", _INVESTED)),
    ),
    Wording(
        "本报讯 {day}，{park}发布编号为{mark}的经济运行快报：上半年，全区新落地产业项目{0}，协议投资额达到{1}。",
        (Fact("新落地产业项目", _SIGNED), Fact("产业项目协议投资额", _INVESTED)),
    ),
    Wording(
        "本报讯 {day}，{park}召开经济运行分析会，会议材料编号{mark}。上半年，{park}引进重点项目{0}，合同投资额{1}。",
        (Fact("引进重点项目", _SIGNED), Fact("重点项目合同投资额", _INVESTED)),
    ),
    Wording(
        "本报讯 {day}，{park}召开新闻发布会，通稿编号为{mark}。上半年，{park}开工建设项目{0}，完成固定资产投资{1}。",
        (Fact("开工建设项目", _SIGNED), Fact("完成固定资产投资", _INVESTED)),
    ),
)
"""The lead; its mark tells the service which article it is asked about, whatever the headline."""

INDUSTRY: Final = (
    Wording(
        "上半年，{park}规模以上工业总产值达到{0}，同比增长{1}；战略性新兴产业占规模以上工业总产值的比重为{2}。",
        (
            Fact("规模以上工业总产值", _OUTPUT),
            Fact("规模以上工业总产值同比增长", _GROWTH),
            Fact("战略性新兴产业占规模以上工业总产值的比重", _SHARE),
        ),
    ),
    Wording(
        "工业底盘更加稳固。上半年，全区高端装备产业实现产值{0}，同比增长{1}，产品本地配套率达到{2}。",
        (
            Fact("高端装备产业产值", _OUTPUT),
            Fact("高端装备产业产值同比增长", _GROWTH),
            Fact("产品本地配套率", _SHARE),
        ),
    ),
    Wording(
        "主导产业表现抢眼。上半年，{park}新材料产业营业收入{0}，同比增长{1}，出口交货值占比{2}。",
        (
            Fact("新材料产业营业收入", _OUTPUT),
            Fact("新材料产业营业收入同比增长", _GROWTH),
            Fact("出口交货值占比", _SHARE),
        ),
    ),
    Wording(
        "从产业看，上半年全区生物医药企业完成产值{0}，同比增长{1}，高技术制造业增加值占规上工业增加值的{2}。",
        (
            Fact("生物医药企业完成产值", _OUTPUT),
            Fact("生物医药企业产值同比增长", _GROWTH),
            Fact("高技术制造业增加值占规上工业增加值的比重", _SHARE),
        ),
    ),
)

FIRMS: Final = (
    Wording(
        "创新主体持续壮大，截至6月底，{park}拥有高新技术企业{0}，上半年新增省级企业技术中心{1}。",
        (Fact("高新技术企业", _FIRMS, period="截至6月底"), Fact("新增省级企业技术中心", _NEW_FIRMS)),
    ),
    Wording(
        "截至6月底，全区科技型中小企业达到{0}，上半年又有专精特新企业{1}通过省级认定。",
        (Fact("科技型中小企业", _FIRMS, period="截至6月底"), Fact("专精特新企业通过省级认定", _NEW_FIRMS)),
    ),
    Wording(
        "企业梯队越来越完整。截至6月底，{park}集聚上下游配套企业{0}，上半年新培育瞪羚企业{1}。",
        (Fact("集聚上下游配套企业", _FIRMS, period="截至6月底"), Fact("新培育瞪羚企业", _NEW_FIRMS)),
    ),
    Wording(
        "截至6月底，{park}规模以上工业企业增至{0}，上半年新认定市级研发机构{1}。",
        (Fact("规模以上工业企业", _FIRMS, period="截至6月底"), Fact("新认定市级研发机构", _NEW_FIRMS)),
    ),
)

POLICIES: Final = (
    ("重点项目全周期服务办法", "为让项目早落地、早见效，{park}出台《{park}{policy}》，由专班盯着难点逐个销号。"),
    ("科技成果转化促进办法", "{park}印发《{park}{policy}》，把中试平台、检测仪器向区内企业开放共享。"),
    ("人才安居服务实施细则", "人才住得安心，才能干得舒心。{park}随后公布《{park}{policy}》，简化申请材料。"),
    ("企业诉求闭环管理规定", "企业有呼声，园区有回应。{park}为此制定《{park}{policy}》，明确答复时限与责任部门。"),
    ("绿色园区建设导则", "发展要有含绿量，{park}开始施行《{park}{policy}》，引导企业更换老旧设备、利用余热余压。"),
)
"""The policy's name behind the park's, and the sentences that hold it."""

SERVICES: Final = (
    Wording("上半年，{park}累计帮助企业协调解决用地、用能等问题{0}。", (Fact("协调解决用地、用能等问题", _CASES),)),
    Wording("上半年，服务专班共受理企业诉求{0}，大都当场给出答复。", (Fact("受理企业诉求", _CASES),)),
    Wording("上半年，{park}政务服务中心为企业代办审批事项{0}。", (Fact("代办审批事项", _CASES),)),
    Wording("上半年，全区企业新获发明专利授权{0}，多数来自校企联合实验室。", (Fact("新获发明专利授权", _CASES),)),
)

REMARKS: Final = (
    "项目到了哪里，干部就跟到哪里，绝不能让企业多跑冤枉路。",
    "我们把办公桌搬到工地旁边，就是要把难题解决在现场。",
    "好项目是谈出来的，更是服务出来的，营商环境永远没有最好。",
    "稳住工业就稳住了基本盘，接下来要在补链强链上多下功夫。",
    "创新不能只停留在实验室，要让更多成果走上生产线。",
    "企业愿意留下来、能够长得大，才是检验园区工作的标尺。",
)
SPOKEN: Final = ("{office}{name}说：“{remark}”", "“{remark}”{office}{name}表示。", "{office}{name}介绍：“{remark}”")
OFFICES: Final = ("{park}管委会主任", "{park}党工委书记", "{park}经济发展局局长", "{park}投资促进局局长")

SCENES: Final = (
    "走进园区的施工现场，塔吊林立，机器轰鸣，工人们正抓紧安装设备，运送建材的车辆来来往往。",
    "盛夏时节，厂区里一派繁忙景象，自动化产线有序运转，成品下线后随即装车发往各地。",
    "在联合实验室里，科研人员盯着屏幕上跳动的曲线，反复比对样品的检测结果，不时低声讨论。",
    "清晨的工业大道上车流不息，满载零部件的货车驶入厂门，配套企业之间的距离只隔着围墙。",
    "洽谈室的灯光常常亮到深夜，招商人员与客商逐条推敲合作条款，图纸铺满了桌面。",
    "智能车间内，机械臂灵活翻转，几乎看不到工人的身影，中控室的大屏实时显示着订单进度。",
    "在人才公寓的楼下，年轻的工程师们结伴走向地铁站，不远处就是他们上班的研发大楼。",
)
BACKGROUNDS: Final = (
    "近年来，{park}坚持把创新摆在突出位置，推动产业链、人才链、资金链深度融合，老厂区焕发出新的生机。",
    "作为全省重要的先进制造业基地，{park}区位优越、配套齐全，吸引了不少行业龙头前来布局。",
    "面对复杂多变的外部环境，{park}上下铆足干劲、迎难而上，把压力变成转型升级的动力。",
    "从昔日的滩涂荒地到如今的产业新城，{park}始终围绕主责主业，把资源向实体经济集中。",
    "产业要升级，平台是支撑。{park}联合高校院所建设公共技术平台，为初创团队提供从研发到量产的帮助。",
    "营商环境是{park}的金字招牌，帮办代办队伍常年活跃在企业身边，遇到堵点难点随时会商。",
)
DETAILS: Final = (
    "在装备制造企业的总装车间，技术人员正在调试新下线的样机。过去这类关键部件要从外地采购，如今在园区内就能找到供应商，"
    "沟通更顺畅，交付也更及时。",
    "走访中记者注意到，不少厂房的屋顶铺上了光伏板，车间里的能耗看板实时更新。企业负责人坦言，绿色转型起初是压力，"
    "如今已经成为赢得海外客户的底气。",
    "过去企业办理手续要往返于多个部门，材料常常被退回。现在只要在窗口提交申请，后台自动流转、并联审批，"
    "工作人员还会主动上门指导，企业的获得感明显增强。",
    "产学研之间的围墙正在被推倒。高校教师带着课题进车间，企业工程师走上讲台，订单就是考题，产线就是考场，"
    "实验室里的成果得以更快走向市场。",
    "链主企业的带动作用日益显现。围绕龙头企业的需求，上下游厂商陆续迁入周边，原料在隔壁加工、成品在对面组装，"
    "运输和仓储的开支随之下降。",
    "夜校、社团和体育场馆让年轻人愿意留下来。下班之后，有人在球场上挥汗如雨，有人在自习室里钻研工艺，"
    "产业工人的精神生活越来越充实。",
)
VIEWS: Final = (
    "业界专家分析，园区的竞争归根结底是产业生态的竞争，谁能让要素更顺畅地流动，谁就能赢得主动。",
    "回望来路，从铺路架桥到招才引智，从单打独斗到抱团发展，改变的是面貌，不变的是实干的作风。",
    "一批年轻的创业者在这里扎根，他们带来新的想法，也带来新的活力，让老牌制造业有了新的打开方式。",
    "不同行业的企业在同一张桌子旁坐下来，交换订单、共享设备，合作的种子就这样悄然生长。",
    "道路两旁的标语牌换了又换，讲的都是同一件事：把实体经济做优做强，让创新成为最鲜明的底色。",
)
CLOSINGS: Final = (
    "据了解，当地还将完善道路、管网和公共交通，让产业工人生活更便利，让城市与产业相互成就。",
    "业内人士认为，随着在建项目陆续竣工，当地的产业集聚效应将进一步显现，发展后劲更足。",
    "眼下，各专班正对照清单逐项推进，力求把各项举措落到实处，为全年工作打下坚实基础。",
    "夜幕降临，园区依旧灯火通明，奋斗者的身影构成了这座产业新城动人的风景。",
    "不少企业负责人表达了继续扩大投资的意愿，他们看中的正是这里稳定、透明的营商环境。",
)

OUTLOOKS: Final = (
    Wording(
        "下半年，{park}计划新开工项目{0}，力争全年规模以上服务业营业收入达到{1}，新增就业岗位{2}。",
        (
            Fact("计划新开工项目", _PLANNED, "target", "下半年"),
            Fact("全年规模以上服务业营业收入", _PLANNED_OUTPUT, "target", "全年"),
            Fact("新增就业岗位", _POSTS, "target", "全年"),
        ),
    ),
    Wording(
        "按照安排，{park}力争全年竣工投产项目{0}，进出口总额达到{1}，提供实习岗位{2}。",
        (
            Fact("竣工投产项目", _PLANNED, "target", "全年"),
            Fact("进出口总额", _PLANNED_OUTPUT, "target", "全年"),
            Fact("提供实习岗位", _POSTS, "target", "全年"),
        ),
    ),
    Wording(
        "瞄准全年目标，{park}下半年计划推动技改项目{0}开工，力争全年技工贸总收入达到{1}，建成充电桩{2}。",
        (
            Fact("推动技改项目开工", _PLANNED, "target", "下半年"),
            Fact("全年技工贸总收入", _PLANNED_OUTPUT, "target", "全年"),
            Fact("建成充电桩", _POSTS, "target", "全年"),
        ),
    ),
)

HEADLINES: Final = (
    "{park}：项目建设跑出“加速度”（{mark}）",
    "{park}交出期中“成绩单”（{mark}）",
    "{park}挑起稳增长大梁（{mark}）",
    "聚链强芯 {park}稳中有进（{mark}）",
    "{park}厚植创新沃土（{mark}）",
    "向新而行 {park}积蓄发展动能（{mark}）",
)
REPRINT_HEADLINES: Final = (
    "期中盘点：{park}上半年亮点纷呈",
    "{park}上半年经济运行向好",
    "看{park}如何稳住工业基本盘",
)
OUTLETS: Final = ("日报", "晚报", "新闻网", "融媒体中心")
REPRINT_OUTLETS: Final = ("东淮经济报", "澜江新闻网", "高新观察", "园区时讯", "产业周报")

PARK_HEADS: Final = "岚淞砚霁澹榆沅朗棠鹭蘅湉"
PARK_TAILS: Final = "川屿溪州泽岭澜汀"
SURNAMES: Final = "沈顾林周许陆方何程苏裴温"
GIVEN_NAMES: Final = ("砚秋", "知远", "启明", "以宁", "念安", "清越", "松年", "望舒", "闻舟", "予墨", "晓禾", "景行")
