"""Starting a scheme from what an office already has: a task-decomposition table in Excel."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from xianfeng.problems import Problem
from xianfeng.scheme.loader import load_package, with_libraries
from xianfeng.scheme.measuring import Count, Sum
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.owing import owing
from xianfeng.scheme.start import Heading, Task, skeleton, tasks_in, text_of
from xianfeng.scheme.start.sheet import opened
from xianfeng.scheme.whom import GROUPS, group_of

HEADING = Heading(
    name="new-2012", title="样例：“固本强基”", at="350100", since=dt.date(2012, 1, 1), until=dt.date(2012, 12, 31)
)


def workbook(path: Path, *rows: list[object]) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def table(tmp_path: Path, merge: str = "D3:D4") -> Path:
    path = workbook(
        tmp_path / "tasks.xlsx",
        ["2012年基层组织建设年工作任务分解表"],
        ["序号", "工作任务", "目标要求", "牵头单位", "完成时限"],
        [1, "培育农村示范点", "100个", "市委组织部", dt.date(2012, 12, 31)],
        [2, "走访群众", "7.5万人次以上", None, "2012年6月底"],
        [3, '建立"述职"制度: 三级', "县乡村三级全覆盖", "市直机关工委", "年底前"],
        [None, None, None, None, None],
    )
    if merge:
        book = openpyxl.load_workbook(path)
        book.worksheets[0].merge_cells(merge)
        book.save(path)
    return path


def test_columns_are_found_by_their_headings(tmp_path: Path) -> None:
    first, second, third = tasks_in(table(tmp_path)).tasks
    assert (first.row, first.title, first.lead, first.goal) == (3, "培育农村示范点", "市委组织部", "100个")
    assert (first.amount, first.unit, first.due, first.doubts) == (Decimal(100), "个", dt.date(2012, 12, 31), ())
    assert (second.lead, second.amount, second.unit) == ("市委组织部", Decimal(75000), "人次")
    assert (third.title, third.lead, third.amount) == ('建立"述职"制度: 三级', "市直机关工委", None)


def test_a_unit_is_carried_down_only_in_merged_cells(tmp_path: Path) -> None:
    tasks = tasks_in(table(tmp_path, merge="D3:D4")).tasks
    assert [task.lead for task in tasks] == ["市委组织部", "市委组织部", "市直机关工委"]
    blank = tasks_in(table(tmp_path, merge="")).tasks[1]
    assert blank.lead == ""
    assert any("牵头单位是空的" in doubt.words for doubt in blank.doubts)
    scheme = load_package(with_libraries({"scheme.yaml": text_of(HEADING, tasks_in(table(tmp_path, merge="")).tasks)}))
    assert isinstance(scheme, Scheme), str(scheme)
    assert [obligation.at_least for obligation in scheme.obligations.values()] == [1, 1]


def one(tmp_path: Path, goal: object, due: object = None) -> Task:
    rows = [["2012年任务分解表"], ["工作任务", "目标要求", "牵头单位", "完成时限"], ["整顿", goal, "组织部", due]]
    (task,) = tasks_in(workbook(tmp_path / "one.xlsx", *rows)).tasks
    return task


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2012年6月底", dt.date(2012, 6, 30)),
        ("2012.3.15", dt.date(2012, 3, 15)),
        ("年底前", dt.date(2012, 12, 31)),
        ("上半年", dt.date(2012, 6, 30)),
        ("9月底前", dt.date(2012, 9, 30)),
        ("6月15日", dt.date(2012, 6, 15)),
        ("2013年底", dt.date(2013, 12, 31)),
        ("长期坚持", None),
        ("2012年13月", None),
    ],
)
def test_when_it_is_due(tmp_path: Path, said: str, day: dt.date | None) -> None:
    task = one(tmp_path, "100个", said)
    assert task.due == day
    assert day is not None or (task.due_text == said and task.doubts)


@pytest.mark.parametrize(
    ("goal", "due", "every", "times"),
    [
        ("每季度1次", None, "quarter", 1),
        ("每月报送2期", None, "month", 2),
        ("开展讲评", "每季度末", "quarter", 1),
        ("每年召开2次", "12月底", "year", 2),
    ],
)
def test_what_repeats_is_owed_and_no_target_of_the_year(
    tmp_path: Path, goal: str, due: str | None, every: str, times: int
) -> None:
    task = one(tmp_path, goal, due)
    assert (task.every, task.times, task.amount) == (every, times, None)
    scheme = load_package(with_libraries({"scheme.yaml": text_of(HEADING, [task])}))
    assert isinstance(scheme, Scheme), str(scheme)
    (owed,) = scheme.obligations.values()
    assert (owed.every, owed.at_least) == (every, times)
    assert scheme.measures["task_3"].target is None


def test_a_row_that_is_due_again_and_again_keeps_its_amount(tmp_path: Path) -> None:
    task = one(tmp_path, "5个", "每季度末")
    assert (task.every, task.times, task.amount, task.unit) == ("quarter", 1, Decimal(5), "个")
    scheme = load_package(with_libraries({"scheme.yaml": text_of(HEADING, [task])}))
    assert isinstance(scheme, Scheme), str(scheme)
    target = scheme.measures["task_3"].target
    assert target is not None
    assert target.value == 5
    assert "每季度末" in scheme.measures["task_3"].help


@pytest.mark.parametrize("goal", ["整顿率100%", "整顿率达到95％以上", 1])
def test_a_rate_is_never_summed(tmp_path: Path, goal: object) -> None:
    path = workbook(tmp_path / "rate.xlsx", ["任务", "目标", "责任单位"], ["整顿", goal, "组织部"])
    if goal == 1:
        book = openpyxl.load_workbook(path)
        book.worksheets[0]["B2"].number_format = "0%"
        book.save(path)
    (task,) = tasks_in(path).tasks
    assert task.amount is None
    assert any("比率" in doubt.words for doubt in task.doubts)
    text = text_of(HEADING, [task])
    assert "amount\n" not in text
    assert "# 请核对：" in text


@pytest.mark.parametrize(("goal", "value"), [("1.2万人次", "12000"), (12000.0, "12000"), ("0.5亿元", "50000000")])
def test_amounts_are_written_as_people_write_them(tmp_path: Path, goal: object, value: str) -> None:
    assert f"value: {value}" in text_of(HEADING, [one(tmp_path, goal)])
    assert f"value: {value}." not in text_of(HEADING, [one(tmp_path, goal)])


def test_rows_without_a_task_are_told(tmp_path: Path) -> None:
    rows = [["任务", "责任单位"], ["整顿", "组织部"], [None, "宣传部"]]
    assert tasks_in(workbook(tmp_path / "left.xlsx", *rows)).left == ("第 3 行没有写任务，没有读：宣传部",)


def test_the_scheme_passes_its_check_and_says_what_the_table_says(tmp_path: Path) -> None:
    scheme = load_package(with_libraries({"scheme.yaml": text_of(HEADING, tasks_in(table(tmp_path)).tasks)}))
    assert isinstance(scheme, Scheme), str(scheme)
    assert scheme.title == "样例：“固本强基”"
    assert [role.title for role in scheme.roles.values()] == ["市委组织部", "市直机关工委"]
    assert [obligation.at_least for obligation in scheme.obligations.values()] == [2, 1]
    visited = scheme.measures["task_4"]
    assert isinstance(visited, Sum)
    assert visited.target is not None
    assert (visited.target.value, visited.target.due, visited.unit) == (Decimal(75000), dt.date(2012, 6, 30), "人次")
    assert scheme.measures["task_5"].title == '建立"述职"制度: 三级'


def test_a_unit_in_charge_that_is_known_binds_organisations_and_owes_its_own_rows(tmp_path: Path) -> None:
    tasks = tasks_in(table(tmp_path)).tasks
    text = text_of(HEADING, tasks, {"市委组织部": GROUPS["townships"].whom})
    scheme = load_package(with_libraries({"scheme.yaml": text}))
    assert isinstance(scheme, Scheme), str(scheme)
    assert [role.title for role in scheme.roles.values()] == ["市直机关工委"]
    bound, unbound = scheme.obligations.values()
    assert (bound.of, group_of(bound.where), unbound.of) == ("organisations", "townships", "lead_2")
    assert bound.matching is not None
    assert bound.matching.text == "task == 'row_3' or task == 'row_4'"
    owed = [[rule.name for rule in owing(scheme, scheme.measures[name])] for name in ("task_3", "task_5")]  # type: ignore[arg-type]
    assert owed == [[bound.name], []]


def test_a_skeleton_passes_its_check() -> None:
    started = load_package(with_libraries({"scheme.yaml": skeleton(HEADING)}))
    assert isinstance(started, Scheme)
    counted = [measure for measure in started.measures.values() if isinstance(measure, Count)]
    assert counted
    assert all(measure.since_start for measure in counted)


def test_a_table_without_tasks_says_which_columns_it_needs(tmp_path: Path) -> None:
    with pytest.raises(Problem) as refused:
        tasks_in(workbook(tmp_path / "other.xlsx", ["姓名", "电话"], ["张", "1"]))
    assert refused.value.code == "scheme.no_tasks"
    assert "牵头单位" in refused.value.hint or "责任单位" in refused.value.hint or "完成" in refused.value.hint


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "workbook.not_its_name"),
        (b"not a workbook", "workbook.not_its_name"),
        (b"PK\x03\x04broken", "workbook.damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "workbook.old"),
    ],
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "tasks.xlsx"
    path.write_bytes(content)
    with pytest.raises(Problem) as refused:
        tasks_in(path)
    assert refused.value.code == code


def rewritten(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """A workbook with one of its parts written by a stranger."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


SHEET = "xl/worksheets/sheet1.xml"


def test_a_sheet_that_breaks_off_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(Problem) as refused:
        tasks_in(rewritten(table(tmp_path), SHEET, lambda xml: xml[: len(xml) // 2]))
    assert refused.value.code == "workbook.damaged"


def test_a_workbook_that_unpacks_to_too_much_is_not_read(tmp_path: Path) -> None:
    rows = b"".join(b"<row r='%d'><c r='A%d'><v>%d</v></c></row>" % (row, row, row) for row in range(9, 300_000))
    with pytest.raises(Problem) as refused:
        tasks_in(rewritten(table(tmp_path), SHEET, lambda xml: xml.replace(b"</sheetData>", rows + b"</sheetData>")))
    assert refused.value.code == "workbook.bomb"


def test_a_cell_far_to_the_right_or_below_makes_no_rows_of_empty_cells(tmp_path: Path) -> None:
    path = table(tmp_path)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet["XFD150"], sheet["A1048576"] = "远", "深"
    book.save(path)
    with opened(path) as read:
        (rows,) = (sheet.rows for sheet in read.sheets)
    assert len(rows) == 500
    assert {len(row) for row in rows} == {60}
    assert len(tasks_in(path).tasks) == 3


def test_rows_that_are_not_read_are_told(tmp_path: Path) -> None:
    rows = [["任务", "责任单位"], *([f"任务{number}", "组织部"] for number in range(600))]
    found = tasks_in(workbook(tmp_path / "long.xlsx", *rows))
    assert len(found.tasks) == 499
    assert found.left == ("第 500 行以后还有内容，没有读。",)


def test_rows_are_read_whatever_the_sheet_says_of_its_size(tmp_path: Path) -> None:
    path = rewritten(
        table(tmp_path), SHEET, lambda xml: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', xml)
    )
    assert len(tasks_in(path).tasks) == 3


def test_hidden_sheets_are_not_read_and_that_is_told(tmp_path: Path) -> None:
    path = table(tmp_path)
    book = openpyxl.load_workbook(path)
    hidden = book.create_sheet("旧表", 0)
    hidden.append(["任务", "责任单位"])
    hidden.append(["不要", "组织部"])
    hidden.sheet_state = "veryHidden"
    book.active = 1
    book.save(path)
    found = tasks_in(path)
    assert found.tasks[0].title == "培育农村示范点"
    assert "隐藏的工作表“旧表”没有读。" in found.left
