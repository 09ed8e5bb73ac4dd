"""What a loaded scheme says: the nodes that other rooms read."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from xianfeng.scheme.faults import Faults
from xianfeng.scheme.loader import load, load_package, package, with_libraries
from xianfeng.scheme.measuring import Count, Coverage, Dating, Display, Growth, Latest, Ratio
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.obliging import Rung, Span
from xianfeng.scheme.surface import words
from xianfeng.scheme.types import FieldType, Level

GOOD = Path(__file__).parent / "good"
HEAD = """xianfeng: 1
scheme: small
title: 小活动
at: "350100"
runs: {from: 2012-01-01, to: 2012-12-31}
"""


def good(name: str) -> Scheme:
    loaded = load(GOOD / f"{name}.yaml")
    assert isinstance(loaded, Scheme), str(loaded)
    return loaded


def small(text: str) -> Scheme:
    loaded = load_package(with_libraries({"scheme.yaml": HEAD + text}))
    assert isinstance(loaded, Scheme), str(loaded)
    return loaded


@pytest.mark.parametrize("path", sorted(GOOD.glob("*.yaml")), ids=lambda path: path.stem)
def test_good_schemes_load(path: Path) -> None:
    assert isinstance(load(path), Scheme)


def test_heading() -> None:
    scheme = good("design")
    assert (scheme.name, scheme.title, scheme.at) == ("jinwan-2010", "金湾区创先争优活动", "440404")
    assert (scheme.since, scheme.until) == (dt.date(2010, 4, 1), dt.date(2012, 11, 7))
    assert scheme.historical
    assert scheme.standards["five_goods"].items[4] == "群众反映好"
    assert scheme.phases["one"].until == dt.date(2011, 6, 30)


def test_an_included_kind_is_adjusted_and_keeps_what_is_not_said() -> None:
    kind = good("design").kinds["commitment"]
    assert kind.shared
    assert list(kind.fields["topic"].choices) == [
        "深入贯彻落实科学发展观",
        "关心服务党员群众",
        "提高工作效能",
        "推动经济社会又好又快发展",
    ]
    assert kind.fields["text"].title == "承诺内容"
    assert kind.flow.clocks["review"].within == Span(amount=5, unit="workdays")
    assert kind.flow.moves["review"].title == "审核公布"
    assert kind.flow.moves["lapse"].by == ("clock",)
    assert kind.flow.moves["send_back"].needs == ("reason",)
    assert kind.flow.states["fulfilled"].level is Level.REVIEWED
    assert not kind.flow.states["fulfilled"].open


@pytest.mark.parametrize(
    ("said", "span"),
    [
        ("1 workday", Span(amount=1, unit="workdays")),
        ("13 workdays", Span(amount=13, unit="workdays")),
        ("5 days", Span(amount=5, unit="days")),
        ("15 minutes", Span(amount=15, unit="minutes")),
        ("30 work minutes", Span(amount=30, unit="work_minutes")),
        ("1 work hour", Span(amount=1, unit="work_hours")),
        ("2 months", Span(amount=2, unit="months")),
        ("0 days", None),
        ("5 work days", None),
        ("5  days", None),
        ("work hour", None),
    ],
)
def test_spans_of_time(said: str, span: Span | None) -> None:
    assert words.span(said) == span


def test_retired_fields_stay_and_dropped_moves_go() -> None:
    scheme = good("everything")
    assert scheme.kinds["self_review"].fields["promiser"].retired
    assert "send_back" not in scheme.kinds["commitment"].flow.moves


def test_a_kind_without_a_flow_has_the_default_one() -> None:
    flow = good("everything").kinds["visit"].flow
    assert flow.initial == "filed"
    levels = {name: state.level for name, state in flow.states.items()}
    assert levels == {
        "filed": Level.FILED,
        "returned": Level.NONE,
        "reviewed": Level.REVIEWED,
        "submitted": Level.SUBMITTED,
        "withdrawn": Level.NONE,
    }
    assert flow.moves["send_back"].needs == ("reason",)


def test_every_flow_has_withdrawn() -> None:
    assert all(kind.flow.states["withdrawn"].level is Level.NONE for kind in good("everything").kinds.values())


def test_measures_of_the_design() -> None:
    measures = good("design").measures
    kept, rate, growth = measures["kept"], measures["kept_rate"], measures["projects_growth"]
    assert isinstance(kept, Count)
    assert kept.by == Dating(by="entered", name="published")
    assert kept.where is not None
    assert kept.where.value({"state": "fulfilled"}, today=dt.date(2011, 1, 1)) is True
    assert isinstance(rate, Ratio)
    assert (rate.numerator, rate.denominator, rate.show) == ("kept", "commitments", Display(style="percent"))
    assert isinstance(growth, Growth)
    assert (growth.of, growth.since) == ("projects", dt.date(2010, 1, 1))
    revenue = measures["revenue"]
    assert isinstance(revenue, Latest)
    assert revenue.target is not None
    assert revenue.target.field == ("economy", "revenue_target")


def test_a_short_coverage_loses_its_root() -> None:
    covered = good("design").measures["covered"]
    assert isinstance(covered, Coverage)
    assert covered.population == "firm"
    assert covered.where is not None
    assert covered.having is not None
    assert covered.where.names == {"employees"}
    assert covered.having.names == {"has_organisation"}


def test_constants_stand_in_formulas_and_targets() -> None:
    scheme = small(
        "include: [core]\nconstants:\n  fifty: {title: 五十人, value: 50}\n"
        "measures:\n  big: {title: 大企业, count: firm, where: employees >= fifty, target: fifty}\n"
    )
    big = scheme.measures["big"]
    assert isinstance(big, Count)
    assert big.where is not None
    assert big.where.value({"employees": 50}, today=dt.date(2012, 1, 1)) is True
    assert big.where.value({"employees": 49}, today=dt.date(2012, 1, 1)) is False
    assert big.target is not None
    assert big.target.value == Decimal(50)


def test_an_obligation_takes_its_title_from_the_kind_and_owes_one() -> None:
    commit = good("design").obligations["comment"]
    assert (commit.title, commit.at_least, commit.at_most, commit.exactly) == ("领导点评", 1, None, None)


def test_windows_may_end_on_a_leap_day() -> None:
    first = good("everything").obligations["visits"].windows[0]
    assert (first.since, first.until) == ((2, 1), (2, 29))


def test_lines_lead_back_to_the_file() -> None:
    lines = good("design").lines
    file, line = lines["measures.kept_rate"]
    assert (GOOD / "design.yaml").read_text(encoding="utf-8").splitlines()[line - 1].strip().startswith("kept_rate:")
    assert file == str(GOOD / "design.yaml")
    assert lines["kinds.visit.fields.people"][0] == "library/core.yaml"


def test_field_types_have_their_decimal_places() -> None:
    fields = good("everything").kinds["study"].fields
    places = {name: fields[name].decimals for name in ("hours", "cost", "share", "count")}
    assert places == {"hours": 1, "cost": 2, "share": 2, "count": 0}
    assert fields["people"].type is FieldType.TALLY
    assert dict(fields["people"].groups) == {"members": "党员", "masses": "群众"}


def test_names_may_be_chinese() -> None:
    scheme = small(
        "kinds:\n  学习:\n    title: 学习\n    check: 人数 > 3\n    fields:\n      人数: {type: integer, title: 人数}\n"
    )
    check = scheme.kinds["学习"].check
    assert check is not None
    assert check.value({"人数": 4}, today=dt.date(2012, 1, 1)) is True


def test_a_package_loads_as_its_folder_does_and_without_this_installation(tmp_path: Path) -> None:
    files = package(GOOD / "everything.yaml")
    assert set(files) == {"scheme.yaml", "library:core.yaml", "parts/more.yaml", "bulletins/first.md"}
    stored, loaded = load_package(files), good("everything")
    assert isinstance(stored, Scheme)
    assert stored.hash == loaded.hash
    lacking = load_package({name: text for name, text in files.items() if not name.startswith("library:")})
    assert isinstance(lacking, Faults)
    assert [fault.code for fault in lacking] == ["file_missing"]


def test_the_hash_is_of_every_text_and_of_nothing_else() -> None:
    files = package(GOOD / "everything.yaml")
    first = load_package(files)
    assert isinstance(first, Scheme)
    changed = load_package({**files, "bulletins/first.md": "# 改"})
    assert isinstance(changed, Scheme)
    assert changed.hash != first.hash
    beside = load_package({**files, "figures.yaml": "expected: 3"})
    assert isinstance(beside, Scheme)
    assert beside.hash == first.hash


def test_the_hash_is_the_one_documented() -> None:
    scheme = load_package({"scheme.yaml": HEAD})
    assert isinstance(scheme, Scheme)
    # sha256sum of {"scheme.yaml":"xianfeng: 1\nscheme: small\n…"}
    assert scheme.hash == "ddce008123edd604a1fa0ecb7df3b11a476de49b376df6f2c1979bd6a1866843"


def test_an_obligation_after_an_event_says_by_when_and_what_follows() -> None:
    scheme = good("everything")
    rule = scheme.obligations["answers"]
    assert (rule.every, rule.after, rule.due) == ("event", ("study", "checked"), Span(amount=5, unit="workdays"))
    assert (rule.joining, rule.leaving, rule.ladder) == ("pro_rata", "superior", "strict")
    assert scheme.kinds["study"].flow.clocks["check"].ladder == "strict"


def test_a_ladder_has_steps_before_and_after_the_deadline() -> None:
    ladder = good("everything").ladder("strict")
    assert ladder is not None
    assert list(ladder.rungs) == ["remind", "urge", "superior", "circular"]
    assert ladder.rungs["remind"] == Rung(span=Span(amount=2, unit="workdays"), after=False)
    assert ladder.rungs["circular"] == Rung(span=Span(amount=3, unit="workdays"), after=True)


def test_whoever_names_no_ladder_has_the_library_s() -> None:
    usual = good("everything").ladder("")
    assert usual is not None
    assert usual.name == "usual"
    assert small("").ladder("") is None
