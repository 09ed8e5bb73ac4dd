"""Whoever is about to change a record is told which printed figures counted it, and no others."""

from __future__ import annotations

from tests.bulletins.office import TEMPLATE, Office
from xianfeng.bulletins.corrections import corrections
from xianfeng.bulletins.resting import printed
from xianfeng.ledger import actions
from xianfeng.ledger.models import Record


def told(number: int) -> list[tuple[str, str, str]]:
    """Bulletin, figure, as printed."""
    found = printed(Record.objects.get(id=number))
    return [(one.closing.bulletin, one.wording.title, one.source.text) for one in found]


def test_the_figures_that_counted_it_are_those_that_are_corrected_when_it_goes(office: Office) -> None:
    office.adopt(("first", TEMPLATE), ("second", TEMPLATE))
    record = office.file(members=3)
    office.file(office.gulou, members=4)
    closing = office.close()
    assert told(record) == [("first", "先锋岗", "2"), ("first", "在岗党员", "7")]
    actions.withdraw(by=office.actor, record=record, reason="重复")
    assert [one.source.text for one in corrections(closing)] == ["2", "7"]


def test_what_was_filed_after_the_closing_is_in_nothing_printed(office: Office) -> None:
    office.adopt(("first", TEMPLATE))
    office.file()
    office.close()
    assert told(office.file()) == []


def test_of_a_breakdown_only_its_own_row_counts_it(office: Office) -> None:
    tables = "{{ table('posts', by='children') }}\n\n{{ table('posts', by='category', field='sort') }}"
    office.adopt(("first", f"各县区：\n\n{tables}"))
    mine, other = office.file(sort="window"), office.file(office.gulou, sort="site")
    office.file(office.gulou, sort="site")
    office.close()
    assert told(mine) == [("first", "先锋岗", "1"), ("first", "先锋岗", "1")]
    assert told(other) == [("first", "先锋岗", "2"), ("first", "先锋岗", "2")]


def test_whoever_it_is_about_counts_it_where_the_measure_says_so(office: Office) -> None:
    office.adopt(("first", "{{ table('kept', by='children') }}"))
    record = office.file(office.minhou, keeper=office.gulou)
    office.file(office.gulou, keeper=office.minhou)
    office.file(office.gulou)
    closing = office.close()
    assert told(record) == [("first", "管理的先锋岗", "1")]
    actions.amend(by=office.actor, record=record, values={"keeper": office.minhou}, reason="填错单位")
    assert {(one.source.text, one.text) for one in corrections(closing)} == {("1", "2"), ("1", "0")}


def test_a_share_is_told_by_its_parts_and_by_its_whole(office: Office) -> None:
    office.adopt(("first", "占{{ figure('share') }}，满员{{ figure('strong') }}。"))
    in_whole_only = office.file(members=1)
    office.file(members=3)
    office.close()
    assert [title for _, title, _ in told(in_whole_only)] == ["人均", "满员先锋岗"]
