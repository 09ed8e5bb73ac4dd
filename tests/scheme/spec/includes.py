"""Including and adjusting by example: what a scheme says over a library, and what comes of it."""

from __future__ import annotations

from tests.scheme.spec.format import Spec, Table
from xianfeng.scheme.diff import written
from xianfeng.scheme.nodes import Scheme

TITLE = "引用和调整"
WORDS = (
    "`include` 引用通用台账库（只写名称，如 `core`）或活动文件夹里的文件（写路径）。"
    "表按键合并，列表、选项和单个值整个替换。字段的类型不能改；不再问的字段写 `retired: true`，旧记录照样读得出。"
    "同一个通用台账在各个活动里是同一本账：一次填报，处处可用。"
)


def at(scheme: Scheme, path: str) -> str:
    """What stands at 'kinds.visit.fields.people.title', as a person would write it."""
    value: object = scheme
    for name in path.split("."):
        value = value[name] if hasattr(value, "keys") else getattr(value, name)  # type: ignore[index]
    return written(dict(value) if hasattr(value, "keys") else value)


SPECS = (
    Spec(
        title="只写要改的",
        words="没有写的，照通用台账。",
        scheme="""
        include: [core]
        kinds:
          contact_point:
            title: 挂钩联系点
            fields:
              until: {help: 按届次}
              budget: {type: money, title: 帮扶资金}
        """,
        expected=Table.of("""
            路径                                       | 结果
            kinds.contact_point.title                  | 挂钩联系点
            kinds.contact_point.shared                 | True
            kinds.contact_point.fields.leader.title    | 领导干部
            kinds.contact_point.fields.until.title     | 联系至
            kinds.contact_point.fields.until.help      | 按届次
            kinds.contact_point.fields.budget.decimals | 2
        """),
    ),
    Spec(
        title="选项整个替换",
        words="选项可以写成列表（值就是标题）或“值: 标题”；写了就替换原来的全部选项。",
        scheme="""
        include: [core]
        kinds:
          opinion:
            fields:
              category: {choices: {setting: 组织设置, team: 班子建设}}
        """,
        expected=Table.of("""
            路径                                  | 结果
            kinds.opinion.fields.category.choices | {'setting': '组织设置', 'team': '班子建设'}
            kinds.opinion.fields.category.title   | 类别
        """),
    ),
    Spec(
        title="停用字段",
        words="停用的字段不再问，但还在：旧记录里有它。",
        scheme="""
        include: [core]
        kinds:
          visit:
            fields:
              households: {retired: true}
        """,
        expected=Table.of("""
            路径                                 | 结果
            kinds.visit.fields.households.retired | True
            kinds.visit.fields.households.type    | integer
        """),
    ),
    Spec(
        title="分成几个文件",
        words="被引用的文件有同样的各节；后面的盖过前面的，主文件盖过所有被引用的。",
        scheme="""
        include: [parts/roles.yaml]
        roles:
          helper: {title: 联络员}
        """,
        files={"parts/roles.yaml": "xianfeng: 1\nroles:\n  helper: {title: 帮手}\n  guide: {title: 指导员}\n"},
        expected=Table.of("""
            路径               | 结果
            roles.helper.title | 联络员
            roles.guide.title  | 指导员
        """),
    ),
)
