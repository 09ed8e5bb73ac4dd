"""Starting a scheme from what an office already has: a task-decomposition table in Excel."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from xianfeng.problems import Problem
from xianfeng.scheme.loader import load_package, with_libraries
from xianfeng.scheme.nodes import Scheme, Sum
from xianfeng.scheme.start import Heading, Task, skeleton, tasks_in, text_of

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


def table(tmp_path: Path) -> Path:
    return workbook(
        tmp_path / "tasks.xlsx",
        ["2012年基层组织建设年工作任务分解表"],
        ["序号", "工作任务", "目标要求", "牵头单位", "完成时限"],
        [1, "培育农村示范点", "100个", "市委组织部", dt.date(2012, 12, 31)],
        [2, "走访群众", "7.5万人次以上", None, "2012年6月底"],
        [3, '建立"述职"制度: 三级', "县乡村三级全覆盖", "市直机关工委", "年底前"],
        [None, None, None, None, None],
    )


def test_columns_are_found_by_their_headings(tmp_path: Path) -> None:
    assert tasks_in(table(tmp_path)) == (
        Task(
            row=3,
            title="培育农村示范点",
            lead="市委组织部",
            goal="100个",
            amount=Decimal(100),
            unit="个",
            due=dt.date(2012, 12, 31),
        ),
        Task(
            row=4,
            title="走访群众",
            lead="市委组织部",  # a merged cell
            goal="7.5万人次以上",
            amount=Decimal(75000),
            unit="人次",
            due=dt.date(2012, 6, 30),
        ),
        Task(
            row=5,
            title='建立"述职"制度: 三级',
            lead="市直机关工委",
            goal="县乡村三级全覆盖",
            due_text="年底前",
        ),
    )


def test_the_scheme_passes_its_check_and_says_what_the_table_says(tmp_path: Path) -> None:
    scheme = load_package(with_libraries({"scheme.yaml": text_of(HEADING, tasks_in(table(tmp_path)))}))
    assert isinstance(scheme, Scheme), str(scheme)
    assert scheme.title == "样例：“固本强基”"
    assert [role.title for role in scheme.roles.values()] == ["市委组织部", "市直机关工委"]
    assert [obligation.at_least for obligation in scheme.obligations.values()] == [2, 1]
    visited = scheme.measures["task_4"]
    assert isinstance(visited, Sum)
    assert visited.target is not None
    assert (visited.target.value, visited.target.due, visited.unit) == (Decimal(75000), dt.date(2012, 6, 30), "人次")
    assert scheme.measures["task_5"].title == '建立"述职"制度: 三级'


def test_a_skeleton_passes_its_check() -> None:
    assert isinstance(load_package(with_libraries({"scheme.yaml": skeleton(HEADING)})), Scheme)


def test_a_table_without_tasks_says_which_columns_it_needs(tmp_path: Path) -> None:
    with pytest.raises(Problem) as refused:
        tasks_in(workbook(tmp_path / "other.xlsx", ["姓名", "电话"], ["张", "1"]))
    assert refused.value.code == "scheme.no_tasks"
    assert "牵头单位" in refused.value.hint or "责任单位" in refused.value.hint or "完成" in refused.value.hint


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04broken"])
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "tasks.xlsx"
    path.write_bytes(content)
    with pytest.raises(Problem) as refused:
        tasks_in(path)
    assert refused.value.code == "scheme.not_a_table"
