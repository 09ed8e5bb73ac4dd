"""Wordings of what the law forbids (国办函〔2026〕12号, 个人信息保护法); historical schemes may hold it, and say so."""

from __future__ import annotations

from xianfeng.scheme.catalogue.wording import Wording

_RELAXED = "历史活动可写 historical: true，页面会注明。"
_RELAXED_EN = "A historical scheme may say historical: true, and its pages will tell."

WORDINGS = {
    "law_compulsory_proof": Wording(
        "不得强制上传照片或定位：“{name}”是必填的{what}。",
        "Photos and locations may not be compulsory: '{name}'.",
        "去掉必填。" + _RELAXED,
        "Make it optional. " + _RELAXED_EN,
    ),
    "law_ranking": Wording(
        "“{title}”像积分排名、使用率、点赞或网上投票，不得作为考核依据。",
        "'{title}' looks like points, rankings, usage rates, likes or votes: no basis of appraisal.",
        "改为统计办成的事。" + _RELAXED,
        "Count what was done instead. " + _RELAXED_EN,
    ),
    "law_advisory_vote": Wording(
        "“{title}”设了推荐票；现行规定不得以投票作为考核评选的依据，供参考的也不设。",
        "'{title}' has an advisory vote; votes may not be a basis of appraisal, and none is held even as advice.",
        "删掉 advisory，由审议决定。" + _RELAXED,
        "Remove advisory and let deliberation decide. " + _RELAXED_EN,
    ),
    "law_check_in": Wording(
        "“{title}”像打卡签到，不得要求。",
        "'{title}' looks like a check-in, which may not be demanded.",
        "删掉这项要求。" + _RELAXED,
        "Remove it. " + _RELAXED_EN,
    ),
    "law_asked_twice": Wording(
        "“{second}”与“{first}”向同样的组织要同一台账，属于重复填报。",
        "'{second}' asks the same organisations for the same kind as '{first}': repeated form filling.",
        "合并成一项要求。" + _RELAXED,
        "Make it one obligation. " + _RELAXED_EN,
    ),
    "law_too_often": Wording(
        "“{title}”要求每周填报，属于频繁填报。",
        "'{title}' demands a form every week.",
        "改为按月或按季；随时发生的事由填报人随时记。" + _RELAXED,
        "Ask by month or quarter. " + _RELAXED_EN,
    ),
}
