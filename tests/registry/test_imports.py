"""An office's lists: every fault is told at once, everything is written or nothing, and what nobody uses goes back."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db.models import Sum

from tests.registry.trees import DAY, EARLY, refused, unit
from xianfeng.log.actors import CLOCK
from xianfeng.log.models import Entry, Posting
from xianfeng.problems import Problem, Problems
from xianfeng.registry import imports, places, rebuild, snapshots, tree
from xianfeng.registry.actions import rename
from xianfeng.registry.models import Appointment, Organisation, Person
from xianfeng.vault import values

pytestmark = pytest.mark.django_db

HEADINGS = ["代码", "名称", "上级代码", "类型", "成立日期"]


@pytest.fixture(autouse=True)
def city() -> int:
    return unit("350100", type_="division", name="福州市")


def workbook(path: Path, *rows: list[Any], title: str = "名单") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def csv(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def test_a_list_of_organisations_comes_in_whatever_its_order(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        ["某市基层组织名单"],
        HEADINGS,
        ["F-1", "车间支部", "F", "党组织", "2010年8月30日"],
        ["F", "机械厂", "350100", "单位", None],
        ["007", "七号所", "350100", "", "1998-5-1"],
    )
    read = imports.preview(path)
    assert (read.problems, len(read.foundings)) == ((), 3)
    assert Organisation.objects.count() == 1  # looking writes nothing
    imports.apply(read, by=CLOCK)
    branch = Organisation.objects.get(code="F-1")
    assert (branch.name, branch.type, branch.level, branch.founded) == ("车间支部", "body", "branch", DAY)
    assert [node.code for node in tree.path(branch.id, DAY)] == ["350100", "F", "F-1"]
    assert Organisation.objects.get(code="007").name == "七号所"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
def test_csv_in_the_encodings_of_offices(tmp_path: Path, encoding: str) -> None:
    path = csv(tmp_path / "a.csv", "代码,名称,上级代码\n0591,第一所,350100\n", encoding)
    imports.apply(imports.preview(path), by=CLOCK)
    assert Organisation.objects.get(code="0591").name == "第一所"


def test_every_fault_is_told_with_its_row_and_nothing_is_written(tmp_path: Path) -> None:
    unit("old", None, name="老厂")
    path = csv(
        tmp_path / "a.csv",
        "代码,名称,上级代码,类型,成立日期\n"
        "A,甲,350100,单位,2010-02-30\n"  # 2: no such day
        "B,,350100,单位,\n"  # 3: no name
        "B,乙,350100,单位,\n"  # 4: twice
        "C,丙,nowhere,单位,\n"  # 5: unknown parent
        "old,丁,350100,单位,\n"  # 6: taken
        "D,戊,E,单位,\n"  # 7, 8: a circle
        "E,己,D,单位,\n"
        "F,庚,350100,庙,\n"  # 9: no such type
        "91350100M000100Y44,辛,350100,单位,\n"  # 10: wrong check symbol
        "G,壬,350100,单位,2999-01-01\n",  # 11: to come
    )
    read = imports.preview(path)
    assert [(problem.place, problem.code) for problem in read.problems] == [
        ("第 2 行", "import.day"),
        ("第 3 行", "import.empty"),
        ("第 4 行", "import.twice"),
        ("第 5 行", "import.unknown_parent"),
        ("第 6 行", "import.taken"),
        ("第 7 行", "import.circle"),
        ("第 8 行", "import.circle"),
        ("第 9 行", "import.type"),
        ("第 10 行", "registry.code"),
        ("第 11 行", "import.future"),
    ]
    with pytest.raises(Problems):
        imports.apply(read, by=CLOCK)
    assert Organisation.objects.count() == 2


def test_long_numbers_that_were_typed_as_numbers_are_refused(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        HEADINGS,
        [913501001234567890, "甲", "350100", "", ""],
        ["913501001234567890"[:17] + "0", "乙", "350100", "", ""],
    )
    first = imports.preview(path).problems[0]
    assert (first.code, first.place) == ("import.digits_lost", "第 2 行 A 列")
    scientific = csv(tmp_path / "b.csv", "代码,名称,上级代码\n9.1350100E+17,甲,350100\n")
    assert imports.preview(scientific).problems[0].code == "import.digits_lost"


def test_an_18_digit_code_as_text_is_kept_to_the_last_digit(tmp_path: Path) -> None:
    code = "91350100M000100Y43"
    imports.apply(imports.preview(workbook(tmp_path / "a.xlsx", HEADINGS, [code, "厂", "350100"])), by=CLOCK)
    assert Organisation.objects.filter(code=code).exists()


def test_zeros_that_only_the_cell_format_shows_are_kept(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", HEADINGS, [42, "甲", 350100])
    book = openpyxl.load_workbook(path)
    book["名单"]["A2"].number_format = "00000"
    book.save(path)
    imports.apply(imports.preview(path), by=CLOCK)
    assert Organisation.objects.filter(code="00042", name="甲").exists()


def test_formulas_are_refused_and_hidden_sheets_are_not_read(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", HEADINGS, ["A", "=B1", "350100"])
    book = openpyxl.load_workbook(path)
    hidden = book.create_sheet("旧名单")
    hidden.append(HEADINGS)
    hidden.append(["X", "不要", "350100"])
    hidden.sheet_state = "hidden"
    book.save(path)
    read = imports.preview(path)
    assert read.problems[0].code == "import.formula"
    assert read.problems[0].place == "第 2 行 B 列"
    assert "旧名单" in read.notes[0]


def test_a_file_that_is_not_what_its_name_says_is_refused(tmp_path: Path) -> None:
    book = workbook(tmp_path / "real.xlsx", HEADINGS)
    (tmp_path / "text.xlsx").write_text("代码,名称,上级代码\n", "utf-8")
    (tmp_path / "book.csv").write_bytes(book.read_bytes())
    (tmp_path / "page.csv").write_bytes(b"%PDF-1.7 \n")
    (tmp_path / "old.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    (tmp_path / "cut.xlsx").write_bytes(book.read_bytes()[:900])
    (tmp_path / "noise.csv").write_bytes(bytes(range(1, 256)) * 20)
    with zipfile.ZipFile(tmp_path / "zip.xlsx", "w") as archive:
        archive.writestr("hello.txt", "hello")
    expected = {
        "text.xlsx": "workbook.not_its_name",
        "book.csv": "workbook.not_its_name",
        "page.csv": "workbook.not_its_name",
        "zip.xlsx": "workbook.not_its_name",
        "old.xlsx": "workbook.old",
        "cut.xlsx": "workbook.damaged",
        "noise.csv": "import.encoding",
        "none.csv": "import.unreadable",
        "list.txt": "import.format",
    }
    (tmp_path / "list.txt").write_text("代码")
    for name, code in expected.items():
        with refused(code):
            imports.preview(tmp_path / name)


def test_files_too_large_packed_or_unpacked_are_refused(tmp_path: Path) -> None:
    (tmp_path / "big.csv").write_bytes(b"a," * (6 * 2**20))
    with refused("import.too_large"):
        imports.preview(tmp_path / "big.csv")
    path = workbook(tmp_path / "bomb.xlsx", HEADINGS)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", b"0" * (30 * 2**20))
    with refused("workbook.bomb"):
        imports.preview(path)


def test_a_file_without_known_headings_or_with_two_lists_is_refused(tmp_path: Path) -> None:
    with refused("import.no_list"):
        imports.preview(workbook(tmp_path / "a.xlsx", ["甲", "乙"], ["1", "2"]))
    path = workbook(tmp_path / "b.xlsx", HEADINGS, ["A", "甲", "350100"])
    book = openpyxl.load_workbook(path)
    book.create_sheet("二").append(HEADINGS)
    book.save(path)
    with refused("import.two_lists"):
        imports.preview(path)


def test_what_only_the_registry_knows_is_told_at_the_preview(tmp_path: Path) -> None:
    unit("young", None, founded=DAY)
    read = imports.preview(csv(tmp_path / "a.csv", "代码,名称,上级代码,成立日期\nA,甲,young,2005-01-01\n"))
    assert [problem.code for problem in read.problems] == ["registry.order"]
    assert not Organisation.objects.filter(code="A").exists()


def test_undo_takes_back_and_the_corrected_file_comes_in(tmp_path: Path, city: int) -> None:
    path = csv(tmp_path / "a.csv", "代码,名称,上级代码,成立日期\nA,甲,350100,2010-08-30\nB,乙,A,\n")
    number = imports.apply(imports.preview(path), by=CLOCK)
    ids = list(Organisation.objects.filter(code__in=["A", "B"]).values_list("id", flat=True))
    as_imported = snapshots.snapshot(number)
    imports.undo(number, by=CLOCK)
    assert places.at(ids, DAY) == places.current(ids) == {}
    assert tree.children(city, DAY) == ()
    assert tree.by_code("A", DAY) is tree.by_any_code("B") is None
    assert Posting.objects.aggregate(net=Sum("sign"))["net"] == 0
    assert rebuild.compare() == []
    assert snapshots.snapshot(number) == as_imported  # what was published then can still be recomputed
    again = imports.apply(imports.preview(path), by=CLOCK)
    assert Organisation.objects.get(code="A").id > again - 3
    with refused("import.undone"):
        imports.undo(number, by=CLOCK)


def test_contacts_taken_back_hold_no_organisation_back(tmp_path: Path) -> None:
    founded = csv(tmp_path / "a.csv", "代码,名称,上级代码,成立日期\nA,甲厂,350100,2010-03-01\nB,乙厂,350100,\n")
    organisations = imports.apply(imports.preview(founded), by=CLOCK)
    listed = csv(tmp_path / "b.csv", "组织代码,姓名,职务,人员编号\nA,张三,secretary,P-1\nB,李四,secretary,P-2\n")
    contacts = imports.apply(imports.preview(listed), by=CLOCK)
    with refused("import.in_use"):
        imports.undo(organisations, by=CLOCK)
    imports.undo(contacts, by=CLOCK)
    imports.undo(organisations, by=CLOCK)
    assert tree.by_any_code("A") is None
    assert rebuild.compare() == []


def test_undo_is_refused_with_what_depends_on_it(tmp_path: Path) -> None:
    path = csv(tmp_path / "a.csv", "代码,名称,上级代码\nA,甲厂,350100\n")
    number = imports.apply(imports.preview(path), by=CLOCK)
    factory = Organisation.objects.get(code="A").id
    unit("A-1", factory, name="一车间")
    rename(organisation=factory, name="新厂", day=DAY, by=CLOCK)
    with refused("import.in_use") as caught:
        imports.undo(number, by=CLOCK)
    assert "新厂有下级一车间" in caught.value.message
    assert "2010-08-30" in caught.value.message


def test_contacts_are_people_whose_names_stay_out_of_the_log(tmp_path: Path, city: int) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        ["组织代码", "姓名", "职务", "手机", "任职日期"],
        ["350100", "林某某", "联络员", "13800000000", "2010-01-01"],
        ["350100", "陈某某", "书记", "", ""],
    )
    number = imports.apply(imports.preview(path), by=CLOCK)
    role = Appointment.objects.get(role="联络员")
    assert (role.organisation_id, role.since) == (city, EARLY.replace(year=2010))
    kept = values.latest(person=role.person_id, field="name")
    assert kept is not None
    assert values.read(kept, by=CLOCK) == "林某某"
    assert not any("林某某" in body or "1380000" in body for body in Entry.objects.values_list("body", flat=True))
    imports.undo(number, by=CLOCK)
    assert not Appointment.objects.filter(until=None).exists()
    assert all(code.startswith("~") for code in Person.objects.values_list("code", flat=True))
    assert rebuild.compare() == []


def test_identity_numbers_are_not_collected(tmp_path: Path) -> None:
    text = "组织代码,姓名,职务,人员编号\n350100,林某某,书记,35010219800101001X\nnone,,书记,1\n"
    problems = imports.preview(csv(tmp_path / "a.csv", text)).problems
    assert [(problem.place, problem.code) for problem in problems] == [
        ("第 2 行", "import.identity_number"),
        ("第 3 行", "import.empty"),
        ("第 3 行", "import.unknown"),
    ]


def test_a_device_is_not_read(tmp_path: Path) -> None:
    endless = tmp_path / "a.csv"
    endless.symlink_to("/dev/zero")
    with refused("import.not_a_file"):
        imports.preview(endless)
    with refused("import.unreadable"):
        imports.preview(tmp_path / "none.csv")


@pytest.mark.parametrize("headings", [HEADINGS, ["组织代码", "姓名", "职务"]])
def test_a_list_of_headings_only_says_that_it_has_no_rows(tmp_path: Path, headings: list[str]) -> None:
    with pytest.raises(Problem, match="只有表头，没有数据行"):
        imports.preview(workbook(tmp_path / "名单.xlsx", headings, ["", "", ""]))
