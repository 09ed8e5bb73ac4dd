"""Anybody can recompute a closed bulletin; what changed after closing shows as corrections."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.bulletins.office import TEMPLATE, Office, body_text
from xianfeng.bulletins.closing import close
from xianfeng.bulletins.corrections import corrections
from xianfeng.bulletins.models import Closing
from xianfeng.bulletins.verifying import verify
from xianfeng.ledger import actions


@pytest.fixture
def closed(office: Office) -> tuple[Office, Closing, int]:
    """A bulletin closed on two posts; the number of the first."""
    office.adopt(("first", TEMPLATE), ("second", TEMPLATE))
    record = office.file(members=3)
    office.file(office.gulou, members=4)
    return office, office.close(), record


def amended(office: Office, record: int, **values: object) -> None:
    actions.amend(by=office.actor, record=record, values=values, reason="核对后更正")


def test_a_closing_stands(closed: tuple[Office, Closing, int]) -> None:
    _, closing, _ = closed
    found = verify(closing)
    assert found.faults == ()
    assert found.figures == len(closing_texts(closing))


def closing_texts(closing: Closing) -> list[str]:
    from xianfeng.bulletins.closing import document_of

    return [source.text for source in document_of(closing).sources]


def test_a_record_changed_afterwards_leaves_the_closing_standing(closed: tuple[Office, Closing, int]) -> None:
    office, closing, record = closed
    amended(office, record, members=30)
    assert verify(closing).stands
    assert body_text(office.compose()) == "全市共设先锋岗2个，在岗党员34名。"


def test_corrections_say_what_differs_and_which_record_changed(closed: tuple[Office, Closing, int]) -> None:
    office, closing, record = closed
    assert corrections(closing) == ()
    amended(office, record, members=30)
    (correction,) = corrections(closing)
    assert (correction.wording.title, correction.source.text, correction.text) == ("在岗党员", "7", "34")
    assert [change.record for change in correction.changes] == [record]
    assert all(seq > closing.as_of for change in correction.changes for seq in change.entries)


def test_late_work_is_a_correction_of_every_figure_it_enters(closed: tuple[Office, Closing, int]) -> None:
    office, closing, _ = closed
    late = office.file(members=5, day=dt.date(2012, 3, 10))
    found = corrections(closing)
    assert [(item.wording.title, item.text) for item in found] == [("先锋岗", "3"), ("在岗党员", "12")]
    assert {change.record for item in found for change in item.changes} == {late}


def test_work_after_the_day_of_issue_is_no_correction(closed: tuple[Office, Closing, int]) -> None:
    office, closing, _ = closed
    office.file(day=dt.date(2012, 4, 1))
    assert corrections(closing) == ()


def test_a_withdrawn_record_is_a_correction(closed: tuple[Office, Closing, int]) -> None:
    office, closing, record = closed
    actions.withdraw(by=office.actor, record=record, reason="重复登记")
    assert [item.text for item in corrections(closing)] == ["1", "4"]


def test_the_next_issue_can_print_corrections(closed: tuple[Office, Closing, int]) -> None:
    office, _, record = closed
    amended(office, record, members=30)
    template = "{% for c in corrections() %}上期{{ c.title }}{{ c.old }}更正为{{ c.new }}。{% endfor %}"
    office.adopt(("second", template), number=2)
    composition = office.compose("second")
    assert body_text(composition) == "上期在岗党员7更正为34。"
    closing = close(composition, by=office.actor)
    amended(office, record, members=31)
    assert verify(closing).stands


def test_a_cell_of_a_table_is_corrected_by_itself(office: Office) -> None:
    office.adopt(("first", "{{ table('members', by='category', field='sort') }}"))
    record = office.file(members=3, sort="site")
    office.file(members=4, sort="window")
    closing = office.close()
    amended(office, record, members=5)
    (correction,) = corrections(closing)
    assert (correction.source.text, correction.text) == ("3", "5")


def test_a_share_of_records_names_the_record_that_lost_its_condition(office: Office) -> None:
    office.adopt(("first", "{{ figure('strong') }}"))
    record = office.file(members=3)
    office.file(members=4)
    closing = office.close()
    amended(office, record, members=2)
    (correction,) = corrections(closing)
    assert (correction.source.text, correction.text) == ("100%", "50%")
    assert [change.record for change in correction.changes] == [record]


def test_a_share_names_the_record_that_joined_what_it_is_a_share_of(office: Office) -> None:
    office.adopt(("first", "{{ figure('strong') }}"))
    record = office.file(members=0)
    office.file(members=4)
    closing = office.close()
    amended(office, record, members=1)
    (correction,) = corrections(closing)
    assert (correction.source.text, correction.text) == ("100%", "50%")
    assert [change.record for change in correction.changes] == [record]


def test_another_text_in_the_books_is_told(closed: tuple[Office, Closing, int]) -> None:
    _, closing, _ = closed
    closing.document = closing.document.replace("在岗党员", "在册党员")
    assert {fault.code for fault in verify(closing).faults} >= {"bulletin.altered", "bulletin.text_differs"}


def test_another_value_in_the_books_is_named(closed: tuple[Office, Closing, int]) -> None:
    _, closing, _ = closed
    closing.document = closing.document.replace('"value":"7"', '"value":"70"')
    places = [fault.place for fault in verify(closing).faults if fault.code == "bulletin.figure_differs"]
    assert places == ["在岗党员"]


def test_another_root_in_the_books_is_told(closed: tuple[Office, Closing, int]) -> None:
    _, closing, _ = closed
    closing.root = "00" * 32
    assert "bulletin.seal_differs" in {fault.code for fault in verify(closing).faults}


def test_words_about_a_source_are_no_part_of_what_was_closed(closed: tuple[Office, Closing, int]) -> None:
    """They are made when it is read, so a better wording leaves every closing standing."""
    _, closing, _ = closed
    assert "统计" not in closing.document
    assert "/figures/" not in closing.document


def test_a_closing_with_more_figures_reads_the_postings_no_more_often(office: Office) -> None:
    template = "{{ figure('posts') }}、{{ figure('members') }}、{{ figure('strong') }}"
    one, many = (
        f"{template}{rest}"
        for rest in ("", "".join(f"、{{{{ figure('posts', until='2012-03-{n:02}') }}}}" for n in range(1, 12)))
    )
    office.adopt(("first", one), ("second", many))
    office.file(members=3)
    few, more = office.close(), office.close("second")

    def queries(closing: Closing) -> int:
        corrections(closing)
        with CaptureQueriesContext(connection) as asked:
            corrections(closing)
        return sum("log_posting" in query["sql"] for query in asked)

    assert queries(more) == queries(few)
