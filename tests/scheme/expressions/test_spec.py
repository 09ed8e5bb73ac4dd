"""The language's examples hold on a record and on a table, and the reference prints them as they are."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from tests.scheme.expressions import spec, tables
from xianfeng.scheme.expressions import Expression, parse

EXAMPLES = [example for chapter in spec.CHAPTERS for example in chapter.examples]


def _parsed(text: str) -> Expression:
    return parse(text, tables.NAMES, constants=tables.CONSTANTS, expect=None)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.text} {dict(example.row)}")
def test_an_example_holds_on_a_record(example: spec.Example) -> None:
    value = _parsed(example.text).value(example.row, today=tables.TODAY)
    assert (value, type(value)) == (example.value, type(example.value))
    assert str(value) == str(example.value)  # Decimal('1.0') == Decimal('1.00'), but they print differently


def test_a_text_is_compared_as_records_hold_it() -> None:
    """Records hold NFC; a formula may have been typed with the accent apart."""
    assert _parsed("note == 'Cafe\u0301'").value({"note": "Caf\u00e9"}, today=tables.TODAY) is True


@tables.quiet
def test_every_example_holds_on_a_table() -> None:
    rows = [example.row for example in EXAMPLES]
    columns = tables.column_values(tables.connect(), [_parsed(example.text) for example in EXAMPLES], rows)
    wrong = [(example, columns[at][at]) for at, example in enumerate(EXAMPLES) if columns[at][at] != example.value]
    assert not wrong


def test_the_reference_page_is_up_to_date() -> None:
    page = Path(__file__).parents[3] / spec.PAGE
    assert page.read_text(encoding="utf-8") == spec.page(), "python -m tests.scheme.expressions.spec"


def test_a_record_may_hold_numbers_and_days_in_any_canonical_form() -> None:
    expression = parse("amount > 3.69 and due < '2010-08-31'", tables.NAMES)
    for amount in ("3.70", Decimal("3.7"), Decimal("3.700")):
        for due in ("2010-08-30", dt.date(2010, 8, 30)):
            assert expression.value({"amount": amount, "due": due}, today=tables.TODAY) is True
