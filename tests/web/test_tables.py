"""Tables on the screen and as workbooks: what is not reported, what is exact, and what a hostile cell cannot do."""

from __future__ import annotations

import io
from decimal import Decimal
from urllib.parse import unquote

import openpyxl
import pytest
from django.http import Http404
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.safestring import mark_safe
from openpyxl.worksheet.worksheet import Worksheet

from tests.web.conftest import Site
from xianfeng.web import cells
from xianfeng.web.cells import Cell
from xianfeng.web.tables import Column, Table, answer

CODE = "350102199001011234"


def table(*rows: tuple[Cell, ...], **more: object) -> Table:
    columns = (Column("组织"), Column("人数", "人", align="right"))
    return Table(name="people", title="人数", columns=columns, rows=rows, **more)  # type: ignore[arg-type]


def sheet(found: Table) -> Worksheet:
    response = answer(RequestFactory().get("/", {"format": "xlsx", "table": found.name}), found)
    assert response is not None
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    assert isinstance(book.active, Worksheet)
    return book.active


def body(found: Table) -> list[tuple[object, ...]]:
    rows = [
        row for row in sheet(found).iter_rows(values_only=True) if len([cell for cell in row if cell is not None]) > 1
    ]
    assert rows[0] == ("组织", "人数（人）")
    return rows[1:]


def page(found: Table) -> str:
    return render_to_string("components/table.html", {"table": found}, RequestFactory().get("/"))


def test_numbers_are_numbers_and_codes_are_text() -> None:
    rows = (cells.text(CODE), cells.number(1_234_567)), (cells.text("007"), cells.number(Decimal("0.125")))
    assert body(table(*rows)) == [(CODE, 1_234_567), ("007", 0.125)]


def test_a_number_longer_than_excel_keeps_stays_exact() -> None:
    assert body(table((cells.text("甲"), cells.number(12_345_678_901_234_567)))) == [("甲", "12345678901234567")]


def test_not_reported_is_no_zero_anywhere() -> None:
    found = table(
        (cells.text("甲"), cells.unreported()), (cells.text("乙"), cells.number(0)), (cells.text("丙"), cells.nothing())
    )
    assert body(found) == [("甲", "未报"), ("乙", 0), ("丙", "—")]
    shown = page(found)
    assert shown.count('class="unreported"') == 1
    assert shown.count('data-value="0"') == 1
    assert shown.count('class="nothing"') == 1


@pytest.mark.parametrize(
    "hostile",
    [
        "=1+1",
        "+86",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        " =1",
        "＝1+1",
        "＋1",
        "－1",
        "＠A1",
        '=HYPERLINK("http://x","y")',
    ],
)
def test_no_text_is_a_formula(hostile: str) -> None:
    found = sheet(table((cells.text(hostile), cells.number(1))))
    (cell,) = [cell for row in found.iter_rows(max_col=1) for cell in row if str(cell.value).endswith(hostile[-3:])]
    assert cell.data_type == "s"
    assert str(cell.value).startswith("'")


def test_what_a_workbook_cannot_hold_is_left_out() -> None:
    assert body(table((cells.text("a\x00b\x0bc"), cells.number(1)))) == [("abc", 1)]
    ((long, _),) = body(table((cells.text("长" * 40_000), cells.number(1))))
    assert len(str(long)) < 32_768
    assert sheet(Table(name="t", title="a/b:c[d]*?" * 9, columns=(Column("x"),), rows=())).title


def test_hostile_cells_are_only_text_on_the_page() -> None:
    hostile = '<script>alert(1)</script>" onmouseover="x'
    shown = page(table((cells.text(hostile, link="/?a=%22", note=hostile), cells.number(1)), note=hostile))
    assert "<script>" not in shown
    assert 'onmouseover="' not in shown


def test_a_page_shows_the_unit_the_exact_number_and_the_name_of_the_row() -> None:
    shown = page(table((cells.text("甲"), cells.number(Decimal("12345.60"), shown="1.23万")), sources="/figures/x"))
    assert '<th scope="row">甲</th>' in shown
    assert "（人）" in shown
    assert 'data-value="12345.60"' in shown
    assert ">统计口径</a>" in shown
    assert "?format=xlsx&amp;table=people" in shown


def test_an_empty_table_says_so() -> None:
    assert "还没有填报" in page(table(empty="还没有填报"))


def test_a_row_of_another_width_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="2 columns"):
        table((cells.text("甲"),))


def test_a_table_that_the_page_lacks_is_not_found() -> None:
    with pytest.raises(Http404):
        answer(RequestFactory().get("/?format=xlsx&table=other"), table())


def test_a_page_gives_its_records_as_a_file(site: Site) -> None:
    numbers = site.file("task_force", "350121105", times=60, name="突击队 {n}")
    response = site.client.get("/figures/fuzhou-2010/task_forces?format=xlsx&table=records")
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    assert "背后的记录.xlsx" in unquote(response["Content-Disposition"])
    rows = openpyxl.load_workbook(io.BytesIO(response.content)).active
    assert rows is not None
    first = [str(row[0]) for row in rows.iter_rows(values_only=True)]
    assert {str(number) for number in numbers} <= set(first)
    assert "演示数据" in "".join(first)


def test_what_is_pressed_on_a_page_is_in_no_file() -> None:
    box = cells.text("", beside=mark_safe('<input type="checkbox">'))
    name = cells.text("甲", beside=mark_safe('<ul class="files"></ul>'))
    columns = (Column("选", tool=True), Column("组织"), Column("人数", "人", align="right"))
    found = Table("people", "人数", columns, [(box, name, cells.number(3))], head=1)
    assert body(found) == [("甲", 3)]
    assert '<td class="noprint"><input type="checkbox"></td>' in page(found)
    assert '<th scope="row">甲<ul class="files"></ul></th>' in page(found)


def test_the_answer_to_a_form_is_offered_as_no_file() -> None:
    assert "xlsx" in page(table((cells.text("甲"), cells.number(3))))
    assert "xlsx" not in page(table((cells.text("甲"), cells.number(3)), file=False))
