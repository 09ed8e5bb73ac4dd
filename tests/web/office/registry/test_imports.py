"""Lists sent by browsers: nothing is written until it is asked for, then everything once, or nothing."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.registry.trees import unit
from tests.web.office.registry.conftest import Desk, World
from xianfeng.registry import tree
from xianfeng.registry.models import Appointment, Organisation
from xianfeng.web.office.imports import jobs
from xianfeng.web.pending import Pending, State

HEADS = ["代码", "名称", "上级代码", "类型"]
SENT = "/office/registry/imports/"


def book(*rows: list[Any]) -> bytes:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def sent(desk: Desk, content: bytes, name: str = "名单.xlsx") -> str:
    """The address of the file after it was sent."""
    response = desk.client.post(SENT, {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == 302, response.content.decode()
    address: str = response["Location"]
    return address


def test_a_list_is_looked_at_written_and_taken_back(county: Desk, world: World) -> None:
    address = sent(county, book(HEADS, ["F", "机械厂", "town", "单位"], ["F-1", "车间", "F", "单位"]))
    before = Organisation.objects.count()
    page = county.get(address)
    assert "组织 2 个" in page
    assert Organisation.objects.count() == before
    assert [county.client.post(address).status_code for _ in range(2)] == [302, 302]  # pressed twice
    assert Organisation.objects.count() == before + 2
    done = county.client.get(address)["Location"]
    assert county.client.post(f"{done}/undo").status_code == 200  # asks first
    county.client.post(f"{done}/undo", {"confirmed": "yes"})
    assert tree.by_code("F") is None
    assert "已经撤回" in county.get(done)


def test_an_import_that_later_work_needs_stays(county: Desk, world: World) -> None:
    address = sent(county, book(HEADS, ["F", "机械厂", "town", "单位"]))
    county.client.post(address)
    made = tree.by_code("F")
    assert made is not None
    unit("below", made.id)
    done = county.client.get(address)["Location"]
    county.client.post(f"{done}/undo", {"confirmed": "yes"})
    assert "机械厂有下级below单位" in county.get(SENT)
    assert tree.by_code("F") is not None


def test_each_fault_is_told_with_its_row(county: Desk, world: World) -> None:
    page = county.get(sent(county, book(HEADS, ["F", "", "town", "单位"], ["G", "=1+1", "nowhere", "怪"])))
    for told in ("第 2 行", "名称是空的", "第 3 行 B 列", "这一格是公式"):
        assert told in page
    assert "整份导入" not in page


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.xlsx", book(HEADS, ["F", "厂", "town", ""])[:900], "已经损坏"),
        ("a.xlsx", b"%PDF-1.4", "内容不是Excel 工作簿"),
        ("a.docx", b"x", "不能导入 .docx"),
        ("a.csv", b"", "没有找到认识的表头"),
    ],
)
def test_a_wrong_or_half_file_is_refused_in_words(county: Desk, name: str, content: bytes, told: str) -> None:
    assert told in county.get(sent(county, content, name))


def test_a_file_that_is_too_large_is_refused(county: Desk) -> None:
    response = county.client.post(SENT, {"file": SimpleUploadedFile("a.csv", b"x" * (10 * 2**20 + 1))})
    assert response.status_code == 413


def test_nothing_is_brought_into_another_county(county: Desk, world: World) -> None:
    page = county.get(sent(county, book(HEADS, ["F", "厂", "beside", "单位"])))
    assert "上级“beside”不在本级范围内" in page
    address = sent(county, book(["组织代码", "姓名", "职务"], ["beside", "张三", "经办人"]))
    assert "不在本级范围内" in county.get(address)
    county.client.post(address)
    assert not Appointment.objects.filter(organisation=world.offices.beside).exists()


def test_contacts_come_in_with_roles_by_their_titles_and_no_name_is_shown(county: Desk, world: World) -> None:
    address = sent(
        county, book(["组织代码", "姓名", "职务"], ["town", "张三", "经办人"], ["village", "李四", "书记官"])
    )
    page = county.get(address)
    assert "没有“书记官”这种职务" in page
    address = sent(county, book(["组织代码", "姓名", "职务"], ["town", "张三", "经办人"]))
    assert "张三" not in county.get(address)
    county.client.post(address)
    assert Appointment.objects.get(organisation=world.offices.town).role == "clerk"


def test_a_file_is_nobody_elses(county: Desk, city: Desk) -> None:
    city.get(sent(county, book(HEADS, ["F", "厂", "town", "单位"])), 404)


def test_a_killed_import_wrote_nothing_and_can_begin_again(county: Desk, world: World) -> None:
    address = sent(county, book(HEADS, ["F", "厂", "town", "单位"]))
    kept = Pending(address.rpartition("/")[2])
    killed = subprocess.Popen([sys.executable, "-c", ""])
    killed.wait()
    kept.begin_writing()
    kept.tell(State("writing", done=1, total=2, pid=killed.pid))
    assert "一行也没有写入" in county.get(address)
    county.client.post(address)
    assert tree.by_code("F") is not None


def test_a_stopped_import_is_taken_back(county: Desk, world: World) -> None:
    rows = [["town", f"人{n}", "经办人"] for n in range(450)]
    address = sent(county, book(["组织代码", "姓名", "职务"], *rows))
    kept = Pending(address.rpartition("/")[2])
    kept.stop()  # as if pressed while it is written
    county.client.post(address)
    assert "已按您的要求停止" in county.get(address)
    assert not Appointment.objects.filter(organisation=world.offices.town).exists()


def test_while_it_is_written_the_page_tells_how_far(county: Desk) -> None:
    address = sent(county, book(HEADS, ["F", "厂", "town", "单位"]))
    Pending(address.rpartition("/")[2]).tell(State("writing", done=200, total=450, pid=os.getpid()))
    page = county.get(address)
    assert "200 / 450" in page
    assert 'hx-trigger="every 2s"' in page


def test_a_page_that_waits_is_led_on_once_it_is_written(county: Desk) -> None:
    address = sent(county, book(HEADS, ["F", "厂", "town", "单位"]))
    county.client.post(address)
    response = county.client.get(address, headers={"HX-Request": "true"})
    assert response["HX-Redirect"] == county.client.get(address)["Location"]


@pytest.mark.parametrize("kind", ["organisations", "contacts"])
def test_a_sample_can_be_sent_as_it_is(county: Desk, kind: str) -> None:
    sample = county.client.get(f"{SENT}samples/{kind}.xlsx").content
    assert "整份导入" in county.get(sent(county, sample))
    assert len(sample) < jobs.AT_ONCE
