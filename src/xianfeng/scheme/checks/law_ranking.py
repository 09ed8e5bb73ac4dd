"""The law: no points, rankings, usage rates, likes or online votes as a basis of appraisal (国办函〔2026〕12号)."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault

WORDS = ("积分", "排名", "排行", "使用率", "活跃度", "点赞", "网上投票", "网络投票", "下载量", "注册率", "打卡率")


def check(draft: Draft) -> Iterator[Fault]:
    titled = [(f"measures.{measure.name}", measure.title) for measure in draft.measures.values()]
    titled += [(f"kinds.{kind.name}", kind.title) for kind in draft.kinds.values()]
    titled += [(f"gradings.{grading.name}", grading.title) for grading in draft.gradings.values()]
    titled += [(f"commendations.{each.name}", each.title) for each in draft.commendations.values()]
    for path, title in titled:
        if any(word in title for word in WORDS):
            yield draft.at("law_ranking", f"{path}.title", title=title)
