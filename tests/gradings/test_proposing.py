"""Classes from figures: points, bars and quotas, each counted by hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.gradings.sheets import grading, sheet
from xianfeng.gradings.lines import Facts, lines
from xianfeng.gradings.proposing import Proposed, proposed
from xianfeng.measured import Sheet
from xianfeng.scheme.grading import Grading

PLAIN = """
classes: {advanced: 80, average: 60, backward: 0}
parts: {work: {title: 实绩, weight: 1, indicators: {visits: {measure: visits, full: 10, points: value}}}}
"""


def classes(rule: Grading, found: Proposed) -> list[str]:
    names = [*rule.classes, "-"]
    return [names[at] for at in found.grade.tolist()]


def totals(found: Proposed) -> list[float]:
    return [total / 100 for total in found.total.tolist()]


def test_a_class_begins_at_its_points() -> None:
    rule = grading(PLAIN)
    found = proposed(rule, sheet({"visits": ["10", "8", "7", "6", "5", "0"]}))
    assert totals(found) == [100, 80, 70, 60, 50, 0]
    assert classes(rule, found) == ["advanced", "advanced", "average", "average", "backward", "backward"]


def test_points_stay_between_nought_and_the_full_mark() -> None:
    rule = grading(PLAIN.replace("points: value", 'points: "value - 3"'))
    assert totals(proposed(rule, sheet({"visits": ["1", "30"]}))) == [0, 100]


def test_parts_count_by_weight_each_as_a_share_of_its_full_marks() -> None:
    rule = grading("""
    classes: {advanced: 80, backward: 0}
    parts:
      work:
        title: 实绩
        weight: 60
        indicators:
          visits: {measure: visits, full: 10, points: value / 3}
          share: {measure: share, full: 5, bands: [{at_least: 0.6, points: 2}, {at_least: 0.9, points: 5}]}
      public: {title: 群众, weight: 40, indicators: {deeds: {measure: deeds, full: 20, points: value}}}
    """)
    found = proposed(rule, sheet({"visits": ["7", "7"], "share": ["0.600000", "0.590000"], "deeds": ["18", "18"]}))
    # 7 ÷ 3 is 2.33; (2.33 + 2) ÷ 15 is 28.87 of a hundred; 18 ÷ 20 is 90; (60 × 28.87 + 40 × 90) ÷ 100 is 53.32
    assert found.shares["work"].tolist() == [28_87, 15_53]
    assert totals(found) == [53.32, 45.32]


def test_what_is_not_known_is_no_nought() -> None:
    rule = grading(PLAIN)
    found = proposed(rule, sheet({"visits": [None, "0"]}))
    assert classes(rule, found) == ["-", "backward"]
    rule = grading(PLAIN.replace("points: value", "points: value, unknown: 6"))
    assert classes(rule, proposed(rule, sheet({"visits": [None, "0"]}))) == ["average", "backward"]


def test_a_formula_without_a_value_is_not_known() -> None:
    rule = grading(PLAIN.replace("points: value", 'points: "1 / value"'))
    assert classes(rule, proposed(rule, sheet({"visits": ["0", "1"]}))) == ["-", "backward"]


BARS = """bars:
  few: {title: 实事太少, when: "deeds < 2", at_most: average}
  others: {title: 不是支部, when: "level != 'branch'", at_most: backward}
"""


def test_a_bar_holds_down_and_never_up() -> None:
    rule = grading(PLAIN + BARS)
    found = proposed(rule, sheet({"visits": ["10", "10", "5", "10"], "deeds": ["1", "2", "1", None]}))
    assert classes(rule, found) == ["average", "advanced", "backward", "advanced"]
    assert found.barred["few"].tolist() == [True, False, True, False], "what is not known bars nobody"
    there = proposed(rule, sheet({"visits": ["10"], "deeds": ["9"]}, level="county"))
    assert classes(rule, there) == ["backward"]


def test_of_a_bar_over_a_value_that_may_be_more_people_decide() -> None:
    rule = grading(PLAIN + BARS + "quotas: {advanced: {at_most: 1}}\n")
    held = sheet({"visits": ["10", "10", "10", "7", "4"], "deeds": ["1", "2", "1", "1", "1"]})
    more = replace(held.values["deeds"], floors=np.array([True, True, False, True, True]))
    held = replace(held, values={**held.values, "deeds": more})
    found = proposed(rule, held)
    assert found.unsure["few"].tolist() == [True, False, False, True, True], "two at least are not fewer than two"
    assert found.barred["few"].tolist() == [False, False, True, False, False]
    assert classes(rule, found) == ["-", "advanced", "average", "average", "backward"], "it matters to the first alone"
    first = next(iter(lines(rule, held, found)))
    assert (first[2], first[3]) == ("", 100_00)
    assert Facts.read(first[4]).unsure == ("few",)


def test_a_bar_that_holds_leaves_nothing_to_what_is_not_known() -> None:
    both = BARS.replace("at_most: backward", "at_most: average")
    rule = grading(PLAIN + both)
    held = sheet({"visits": ["10"], "deeds": ["1"]}, level="county")
    held = replace(held, values={**held.values, "deeds": replace(held.values["deeds"], floors=np.array([True]))})
    assert classes(rule, proposed(rule, held)) == ["average"]


def floors(held: Sheet, measure: str, marks: list[bool]) -> Sheet:
    """Where the measure's value may be more than the sheet says."""
    return replace(held, values={**held.values, measure: replace(held.values[measure], floors=np.array(marks))})


SHARE = """
classes: {advanced: 92, average: 60, backward: 0}
parts: {work: {title: 实绩, weight: 1, indicators: {share: {measure: share, full: 100, points: "value * 100"}}}}
"""


def test_points_of_a_value_that_may_be_more_lie_between_two() -> None:
    rule = grading(SHARE)
    held = floors(
        sheet({"share": ["0.900000", "0.930000", "0.500000", "0.930000"]}), "share", [True, True, True, False]
    )
    found = proposed(rule, held)
    assert totals(found) == [90, 93, 50, 93]
    assert found.most.tolist() == [100_00, 100_00, 100_00, 93_00]
    assert classes(rule, found) == ["-", "advanced", "-", "advanced"], "whatever more it is, the second is advanced"
    first, second, _, last = (Facts.read(line[4]) for line in lines(rule, held, found))
    assert (first.points, first.most, first.reach) == ((Decimal(90),), (Decimal(100),), Decimal(100))
    assert (second.reach, last.most, last.reach) == (Decimal(100), (), None)


def test_where_more_gives_fewer_points_the_least_is_not_taken_for_all() -> None:
    rule = grading(PLAIN.replace("full: 10, points: value", 'full: 100, points: "100 - value"'))
    found = proposed(rule, floors(sheet({"visits": ["9", "30", "95"]}), "visits", [True, False, True]))
    assert totals(found) == [0, 70, 0]
    assert found.most.tolist() == [91_00, 70_00, 5_00]
    assert classes(rule, found) == ["-", "average", "backward"]


def test_bands_and_conditions_that_nothing_more_would_alter_are_known() -> None:
    bands = "bands: [{at_least: 0.8, points: 70}, {at_least: 0.9, points: 100}]"
    either = 'points: "80 if value >= 0.9 else 70"'
    values = {"share": ["0.900000", "0.850000", "0.500000"]}
    for said, told, most in ((bands, [100, 70, 0], 100_00), (either, [80, 70, 70], 80_00)):
        rule = grading(SHARE.replace('points: "value * 100"', said))
        found = proposed(rule, floors(sheet(values), "share", [True, True, True]))
        assert totals(found) == told
        assert found.most.tolist() == [most] * 3


def test_a_bar_or_a_lower_class_that_holds_either_way_is_proposed() -> None:
    rule = grading(SHARE + 'bars: {few: {title: 实事太少, when: "deeds < 2", at_most: average}}\n')
    held = sheet({"share": ["0.900000", "0.900000"], "deeds": ["1", "2"]})
    assert classes(rule, proposed(rule, floors(held, "share", [True, True]))) == ["average", "-"]


@pytest.mark.parametrize(
    ("shares", "marks", "expected"),
    [
        # whether the first has more than the second is not known: nobody is put before the other
        (["0.930000", "0.950000"], [True, False], ["-", "-"]),
        (["0.960000", "0.950000"], [True, False], ["advanced", "average"]),
        (["0.950000", "0.950000"], [True, False], ["-", "average"]),  # as many do not fit; the second has no more
        (["0.930000", "0.950000", "0.920000"], [False, False, True], ["average", "-", "-"]),
    ],
)
def test_a_place_of_a_quota_goes_to_whoever_has_more_whatever_more_it_is(
    shares: list[str], marks: list[bool], expected: list[str]
) -> None:
    rule = grading(SHARE + "quotas: {advanced: {at_most: 1}}\n")
    assert classes(rule, proposed(rule, floors(sheet({"share": shares}), "share", marks))) == expected


def test_a_quota_is_of_those_graded_below_each_organisation() -> None:
    rule = grading(PLAIN + "quotas: {advanced: {at_most: 50%, within: county}}\n")
    values = {"visits": ["10", "9", "8", "10", "9", None]}
    found = proposed(rule, sheet(values, within={"county": [1, 1, 1, 2, 2, 2]}))
    assert classes(rule, found) == ["advanced", "average", "average", "advanced", "average", "-"]


def test_equals_who_do_not_all_fit_in_stand_back_together() -> None:
    rule = grading(PLAIN + "quotas: {advanced: {at_most: 2}}\n")
    found = proposed(rule, sheet({"visits": ["10", "9", "9", "8"]}))
    assert classes(rule, found) == ["advanced", "average", "average", "average"]


def test_who_does_not_fit_in_takes_up_the_next_quota() -> None:
    rule = grading(PLAIN + "quotas: {advanced: {at_most: 1}, average: {at_most: 1}}\n")
    found = proposed(rule, sheet({"visits": ["10", "9", "8", "7"]}))
    assert classes(rule, found) == ["advanced", "average", "backward", "backward"]


def test_lines_say_what_a_class_was_computed_from() -> None:
    rule = grading(PLAIN + BARS)
    held = sheet({"visits": ["7", None], "deeds": ["1", "2"]})
    first, second = lines(rule, held, proposed(rule, held))
    assert (first[2], first[3]) == ("average", 70_00)
    assert (second[2], second[3]) == ("", -1)
    facts = Facts.read(first[4])
    assert facts == Facts(values=(Decimal(7),), points=(Decimal(7),), shares=(Decimal(70),), bars=("few",))
    assert Facts.read(second[4]).values == (None,)


@settings(max_examples=60)
@given(
    data=st.lists(st.tuples(st.integers(0, 12), st.integers(0, 3), st.integers(1, 3)), min_size=1, max_size=25),
    most=st.integers(0, 5),
)
def test_columns_agree_with_one_organisation_after_another(data: list[tuple[int, int, int]], most: int) -> None:
    rule = grading(PLAIN + BARS + f"quotas: {{advanced: {{at_most: {most}, within: county}}}}\n")
    visits, deeds, groups = (list(each) for each in zip(*data, strict=True))
    values = {"visits": [*map(str, visits)], "deeds": [*map(str, deeds)]}
    found = proposed(rule, sheet(values, within={"county": groups}))
    begun = []
    for many, few, _ in data:
        points = Fraction(min(many, 10) * 10)
        scored = 0 if points >= 80 else 1 if points >= 60 else 2
        begun.append((points, max(scored, 1) if few < 2 else scored))
    for (points, grade), group, got in zip(begun, groups, found.grade.tolist(), strict=True):
        rivals = [other for (other, at), own in zip(begun, groups, strict=True) if at == 0 and own == group]
        out = grade == 0 and sum(other >= points for other in rivals) > most
        assert got == (1 if out else grade)


@pytest.mark.parametrize("count", [1, 3])
def test_a_bar_that_looks_at_nothing_holds_for_all(count: int) -> None:
    rule = grading(PLAIN + "bars: {all: {title: 全部, when: 1 > 0, at_most: backward}}\n")
    assert np.all(proposed(rule, sheet({"visits": ["10"] * count})).grade == 2)
