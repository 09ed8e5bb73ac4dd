"""What a scheme's commands tell: explanation, burden, differences, counts."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import translation

from tests.scheme.spec.format import HEAD
from xianfeng.scheme.burden import Burden, burdens
from xianfeng.scheme.definition import define
from xianfeng.scheme.diff import Change, changes
from xianfeng.scheme.explain import explain, pages
from xianfeng.scheme.loader import load, load_package, with_libraries
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.stats import stats

EVERYTHING = Path(__file__).parent / "good" / "everything.yaml"
STUDY = """
kinds:
  study:
    title: 学习
    fields:
      name: {type: text, title: 题目, required: true}
      count: {type: integer, title: 人数, prefill: last}
      old: {type: integer, title: 旧字段, retired: true}
      form: {type: choice, title: 形式, choices: {class: 授课, talk: 讨论}}
"""


def scheme(text: str) -> Scheme:
    loaded = load_package(with_libraries({"scheme.yaml": HEAD + text}))
    assert isinstance(loaded, Scheme), str(loaded)
    return loaded


def everything() -> Scheme:
    loaded = load(EVERYTHING)
    assert isinstance(loaded, Scheme)
    return loaded


@pytest.mark.parametrize(
    "sentence",
    [
        "2012-01-01 至 2012-12-31，组织代码 350100",
        "- 五个好：领导班子好、党员队伍好、工作机制好、工作业绩好、群众反映好",
        "- 社区年办公经费：45000元（本单位自定：样例）",
        "- **年度承诺**：各党支部：每年至少 1 次、至多 8 次《公开承诺》",
        "- **党员自我讲评（党支部汇总）**：各党支部：每年至少 1 次《自我讲评》，只算讲评党员未填的",
        "- **自我讲评**（份）：“自我讲评”的记录数，一条记录计一；按发生日期计；已报即计；"
        "含其他活动登记在同一台账里的记录。应报依据：党员自我讲评（党支部汇总）。",
        "- 待审核 → 已公布：审核公布，由上级办理，5 个工作日内（本单位自定：文件没有规定期限）",
        "- 已公布 → 未兑现：逾期，由到期自动办理，过了“兑现期限”",
        "- **已兑现**（条）：“公开承诺”的记录数，一条记录计一；条件：状态为已兑现；按进入“已公布”的日期计；已报即计；"
        "含其他活动登记在同一台账里的记录。",
        "- **总投资增长**：“总投资”比2012年1月1日增长的比例；含其他活动登记在同一台账里的记录。",
        "- **承诺兑现率**：“已兑现”除以“公开承诺”；含其他活动登记在同一台账里的记录。",
    ],
)
def test_explains_in_chinese(sentence: str) -> None:
    assert sentence in explain(everything()).splitlines()


def test_items_with_a_comma_of_their_own_are_told_apart() -> None:
    """金湾's 五带头: joined by 、 nobody could count five."""
    items = "[带头学习提高、争当勤学标兵, 带头创造佳绩、争当敬业模范]"
    said = explain(scheme(f"standards:\n  lead: {{title: 五带头, of: member, items: {items}}}\n"))
    assert "- 五带头：带头学习提高、争当勤学标兵；带头创造佳绩、争当敬业模范" in said.splitlines()


def test_a_growth_stands_where_the_scheme_asks_for_it() -> None:
    measures = "measures:\n  a:\n    title: 学习\n    count: study\n    growth_from: 2012-01-31\n"
    loaded = scheme(STUDY + measures)
    asked = (HEAD + STUDY + measures).splitlines().index("    growth_from: 2012-01-31") + 1
    assert define(loaded, "a_growth").line == f"scheme.yaml:{asked}"


@pytest.mark.parametrize(
    ("kind", "told"), [("study", False), ("visit", True)], ids=["its own register", "a register that campaigns share"]
)
def test_whose_records_count_is_told_of_every_measure_over_them(kind: str, told: bool) -> None:
    measures = (
        f"measures:\n  a: {{title: 甲, count: {kind}, growth_from: 2012-01-31}}\n  b: {{title: 乙, ratio: [a, c]}}\n"
        f"  c: {{title: 丙, count: {kind}}}\n"
    )
    loaded = scheme("include: [core]\n" + STUDY + measures)
    for name in ("a", "a_growth", "b"):
        assert ("其他活动" in str(define(loaded, name))) is told


def test_a_measure_is_public_only_where_the_scheme_says_so() -> None:
    said = "measures:\n  a: {title: 甲, count: study, growth_from: 2012-01-31}\n"
    closed = scheme(STUDY + said).measures
    opened = scheme(STUDY + said.replace("甲,", "甲, public: true,")).measures
    assert {name: measure.public for name, measure in closed.items()} == {"a": False, "a_growth": False}
    assert {name: measure.public for name, measure in opened.items()} == {"a": True, "a_growth": True}


def test_explains_only_the_kinds_that_are_used() -> None:
    assert "### 走访" in explain(everything())
    assert "### 互派挂职" not in explain(everything())


def test_explains_in_english() -> None:
    with translation.override("en"):
        text = explain(everything(), "en")
    assert "- **承诺兑现率**: “已兑现” divided by “公开承诺”" in text
    assert "## Obligations" in text


def test_burden_counts_forms_and_fields_of_a_year() -> None:
    duty = (
        "obligations:\n"
        "  a: {title: 学习, kind: study, of: organisations, where: level == 'branch', matching: count > 3, exactly: 2, "
        "every: quarter}\n"
    )
    (burden,) = burdens(scheme(STUDY + duty))
    assert burden == Burden(
        obligation="a",
        title="学习",
        of="organisations",
        kind="study",
        where="level == 'branch'",
        matching="count > 3",
        each_subordinate=False,
        least=8,
        most=8,
        typed=2,
        required=1,
        prefilled=1,
        seconds=165,  # 120 for the form itself, 30 for a line of text, 10 for a choice, 5 to check what is prefilled
    )
    assert burden.fields == 16
    assert (burden.minutes_each, burden.minutes) == (3, 24)


@pytest.mark.parametrize(
    ("where", "told", "english"),
    [
        ("type == 'body' and level == 'county'", "各县（市）区党委", "each county Party committee"),
        ("type == 'division' and level == 'township'", "各乡镇（街道）", "each township"),
        (
            "type == 'body' and (level == 'county' or level == 'township')",
            "各县（市）区党委、各乡镇（街道）党委",
            "each county Party committee, each township Party committee",
        ),
        ("level in ['branch']", "各党支部", "each Party branch"),
        ("code == '350100'", "活动所属的组织", "the campaign's own organisation"),
        ("code == '350102'", "鼓楼区", "鼓楼区"),
        ("name == '甲'", "各组织（名称为“甲”）", "each organisation (Name is “甲”)"),
    ],
)
def test_whom_an_obligation_binds_is_told_as_offices_say_it(where: str, told: str, english: str) -> None:
    loaded = scheme(f'{STUDY}obligations:\n  a: {{kind: study, of: organisations, where: "{where}"}}\n')
    called = {"350102": "鼓楼区"}
    assert pages.whom(loaded, loaded.obligations["a"], "zh", called) == told
    with translation.override("en"):
        assert pages.whom(loaded, loaded.obligations["a"], "en", called) == english


@pytest.mark.parametrize(
    ("every", "times"), [("once", 1), ("month", 12), ("quarter", 4), ("half_year", 2), ("year", 1), ("phase", 2)]
)
def test_burden_of_each_period(every: str, times: int) -> None:
    phases = (
        "phases:\n"
        "- {id: a, title: 甲, from: 2012-01-01, to: 2012-06-30}\n"
        "- {id: b, title: 乙, from: 2012-07-01, to: 2012-12-31}\n"
    )
    duty = f"obligations:\n  a: {{kind: study, of: organisations, every: {every}}}\n"
    (burden,) = burdens(scheme(STUDY + phases + duty))
    assert (burden.least, burden.most) == (times, None)


def test_no_difference_in_comments_order_and_short_forms() -> None:
    old = scheme("roles:\n  a: {title: 甲}\n  b: {title: 乙}\n" + STUDY)
    new = scheme("# 说明\nroles:\n  b: {title: 乙}\n  a: {title: 甲}\n" + STUDY)
    assert changes(old, new) == ()
    assert old.hash != new.hash


def test_differences_in_meaning() -> None:
    changed = STUDY.replace("题目", "学习题目").replace("talk: 讨论", "talk: 讨论, visit: 参观")
    measure = "measures: {a: {title: 学习, count: study, where: count > 3}}\n"
    after = "measures: {a: {title: 学习, count: study, where: count > 4}}\n"
    assert changes(scheme(STUDY + measure), scheme(changed + after)) == (
        Change("kinds.study.fields.form.choices.visit", "added", "", "参观"),
        Change("kinds.study.fields.name.title", "changed", "题目", "学习题目"),
        Change("measures.a.where", "changed", "count > 3", "count > 4"),
    )


def test_differences_in_who_owes_what() -> None:
    duties = "obligations:\n  a: {title: 甲, kind: study, of: organisations, matching: count > 3}\n"
    more = duties.replace("> 3", "> 4") + "  b: {title: 乙, kind: study, of: organisations}\n"
    measure = "measures: {m: {title: 学习, count: study, owed: a}}\n"
    assert changes(
        scheme(STUDY + duties + measure), scheme(STUDY + more + measure.replace("owed: a", "owed: [a, b]"))
    ) == (
        Change("measures.m.owed", "changed", "a", "a、b"),
        Change("obligations.a.matching", "changed", "count > 3", "count > 4"),
        Change("obligations.b", "added", "", "乙"),
    )


def test_a_changed_type_and_a_lost_field_break_old_records() -> None:
    retyped = scheme(STUDY.replace("type: integer, title: 人数", "type: decimal, title: 人数"))
    (places, type_) = changes(scheme(STUDY), retyped)
    assert (places.path, type_.path) == ("kinds.study.fields.count.places", "kinds.study.fields.count.type")
    assert places.breaks
    assert type_.breaks
    (lost,) = changes(
        scheme(STUDY), scheme(STUDY.replace("      old: {type: integer, title: 旧字段, retired: true}\n", ""))
    )
    assert (lost.what, lost.breaks) == ("removed", True)


def test_counts() -> None:
    counted = stats(scheme(STUDY + "measures: {a: {title: 学习, count: study, local: 自定}}\n"))
    wanted = {"kinds": 1, "fields": 4, "fields.required": 1, "fields.prefilled": 1, "fields.retired": 1, "local": 1}
    assert {name: counted[name] for name in wanted} == wanted
    assert counted["measures.count"] == 1


def test_what_is_owed_after_an_event_is_explained_with_its_ladder() -> None:
    scheme = load(EVERYTHING)
    assert isinstance(scheme, Scheme)
    told = explain(scheme)
    assert "各组织：“学习”每次进入“已核实”后至少 1 次《文件所述总数》，5 个工作日内报" in told
    assert "，中途加入的按剩余时间折算，中途退出的由上级承担，按“从严催办”催办" in told
    assert "从严催办：期限前 2 个工作日提醒、逾期 1 个工作日催办、逾期 2 个工作日报告上级" in told
    assert "remind 2 working days before the deadline" in explain(scheme, "en")
