"""The dashboard: every figure of a place and a time, what is late, who stands below; and nothing that is not yours."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tests.web.conftest import Site
from tests.web.office.conftest import CITY, COUNTY, OTHER_TOWN, TOWN, Desk, acting, keep_to_itself
from xianfeng import paths
from xianfeng.ledger import actions
from xianfeng.scheme import loader
from xianfeng.web import warm

PAGE = "/office/fuzhou-2010/"


def line(page: str, title: str) -> str:
    """The row of a measure or an organisation, its markup gone."""
    found = re.search(rf'<tr[^>]*><th scope="row"><a [^>]*>{re.escape(title)}</a></th>(.*?)</tr>', page, re.S)
    assert found, f"no line for {title}"
    return " ".join(re.sub("<[^>]+>", " ", found.group(1)).split())


def link(page: str, title: str, number: str) -> str:
    found = re.search(rf">{re.escape(title)}</a></th>.*?</tr>", page, re.S)
    assert found
    inner = re.search(rf'href="([^"]+)">{number}</a>', found.group())
    assert inner, found.group()
    return unescape(inner.group(1))


def test_every_number_opens_to_its_figure_at_the_same_place_and_time(books: Site) -> None:
    books.file("task_force", TOWN, times=3, name="突击队 {n}")
    books.file("task_force", OTHER_TOWN, name="荆溪突击队")
    desk = acting(books, CITY)
    page = desk.get(f"{PAGE}?period=2010-06")
    assert line(page, "党员突击队").startswith("4 支")
    address = link(page, "党员突击队", "4")
    assert "since=2010-06-01" in address
    assert "until=2010-06-30" in address
    assert '<span class="value">4</span>' in desk.get(address)


def test_drilling_keeps_the_measure_and_the_time(books: Site) -> None:
    books.file("task_force", TOWN, times=3, name="突击队 {n}")
    books.file("task_force", OTHER_TOWN, name="荆溪突击队")
    desk = acting(books, CITY)
    page = desk.get(f"{PAGE}?period=2010-06&measure=task_forces&at={COUNTY}")
    assert line(page, "青口镇").startswith("3")
    assert line(page, "荆溪镇").startswith("1")
    below = re.search(r'href="([^"]+)">青口镇</a></th>', page)
    assert below
    town = desk.get(unescape(below.group(1)))
    assert "<h1>青口镇</h1>" in town
    assert line(town, "党员突击队").startswith("3 支")
    assert '<option value="task_forces" selected>' in town
    assert '<option value="2010-06" selected>' in town


def test_beside_every_sum_stands_who_has_not_reported(books: Site) -> None:
    branches = books.found_branches(TOWN)
    page = acting(books, CITY).get(PAGE)
    assert line(page, "目标管理承诺书").startswith("未报")
    assert f"{branches} / {branches}" in line(page, "目标管理承诺书")
    assert f"未报 {branches} / {branches}" in page, "and among what stands out"
    assert " / " not in line(page, "党员突击队"), "nobody owes a task force"


def test_one_begins_at_ones_own_place_and_elsewhere_at_the_campaigns(books: Site) -> None:
    assert "<h1>青口镇</h1>" in acting(books, TOWN).get(PAGE)
    assert "<h1>福州市</h1>" in acting(books, CITY).get(PAGE)
    province = acting(books, "350000")
    assert "<h1>福州市</h1>" in province.get(PAGE)


def test_what_a_campaign_keeps_to_itself_is_seen_only_within(books: Site) -> None:
    keep_to_itself(books, "task_forces")
    books.file("task_force", TOWN, times=3, name="突击队 {n}")
    books.file("task_force", OTHER_TOWN, times=2, name="荆溪 {n}")
    desk = acting(books, TOWN)
    assert line(desk.get(PAGE), "党员突击队").startswith("3 支")
    for elsewhere in (COUNTY, OTHER_TOWN, CITY):
        page = desk.get(f"{PAGE}?at={elsewhere}")
        assert "党员突击队" not in page, "county less own would be the neighbour's"
        desk.get(f"{PAGE}?at={elsewhere}&measure=task_forces", status=404)
    assert line(acting(books, CITY).get(f"{PAGE}?at={OTHER_TOWN}"), "党员突击队").startswith("2 支")


def test_a_rate_of_hidden_numbers_tells_nothing_but_itself(books: Site) -> None:
    """8 hours a day on each of 3 lines: whoever reads the mean may not read 3 or 24 from what stands around it."""
    keep_to_itself(books, "doctor_lines")
    books.file("carrier", OTHER_TOWN, times=3, category="doctor", name="电话 {n}", daily_hours=8)
    outside, inside = acting(books, TOWN), acting(books, COUNTY)
    title = "家庭责任医生电话每天服务时长"
    address = f"/figures/fuzhou-2010/doctor_line_hours/{OTHER_TOWN}"
    assert line(outside.get(f"{PAGE}?at={OTHER_TOWN}"), title) == "8 小时 —"
    assert "24 / 3" not in outside.get(address)
    assert "依据记录" not in outside.get(address)
    assert "24 / 3" in inside.get(address)
    assert "未审 3" in line(inside.get(f"{PAGE}?at={OTHER_TOWN}"), title)


def test_who_has_not_reported_is_named_within_and_only_counted_outside(books: Site) -> None:
    branches = books.found_branches(OTHER_TOWN)
    address = f"/figures/fuzhou-2010/letters_in_consultation/{OTHER_TOWN}"
    outside, inside = acting(books, TOWN).get(address), acting(books, COUNTY).get(address)
    for page in (outside, inside):
        assert f">{branches}</span> 个组织" in page
    assert "支部</a>" in inside
    assert "支部</a>" not in outside


def test_a_page_asks_no_more_as_records_grow(books: Site) -> None:
    desk = acting(books, CITY)

    def asked() -> int:
        desk.get(PAGE)
        with CaptureQueriesContext(connection) as queries:
            desk.get(f"{PAGE}?measure=task_forces&at={COUNTY}")
        return len(queries)

    books.file("task_force", TOWN, name="突击队")
    few = asked()
    books.file("task_force", TOWN, times=40, name="又一支 {n}")
    books.file("vanguard_post", OTHER_TOWN, times=40, name="岗 {n}")
    assert asked() <= few
    assert few <= 60


def test_everything_is_read_without_a_script(books: Site) -> None:
    """The tables are there, the pictures only draw them; trends come by a link where nothing loads them."""
    books.file("task_force", TOWN, times=2, name="突击队 {n}", day=dt.date(2010, 6, 1))
    books.file("task_force", TOWN, times=4, name="七月 {n}", day=dt.date(2010, 7, 1))
    desk = acting(books, CITY)
    page = desk.get(PAGE)
    assert not re.search(r"<script(?![^>]*(src=|application/json))", page)
    assert " style=" not in page
    trends = re.search(r'<a href="([^"]+trend=1)"', page)
    assert trends
    drawn = desk.get(unescape(trends.group(1)))
    assert heights(drawn, "党员突击队") == ["12.0", "24.0"], "twice as much is twice as high"


def heights(page: str, title: str) -> list[str]:
    """Of the columns drawn in a measure's row."""
    row = re.search(rf"{title}</a></th>.*?</tr>", page, re.S)
    assert row
    drawn: list[str] = re.findall(r'<rect x="[^"]+" y="[^"]+" width="[^"]+" height="([\d.]+)"', row.group())
    return [height for height in drawn if float(height)]


def test_one_late_record_takes_no_trend_away(books: Site) -> None:
    for day, times in ((dt.date(2010, 6, 1), 2), (dt.date(2010, 7, 1), 4)):
        books.file("task_force", TOWN, times=times, name=f"{day:%m}月 {{n}}", day=day)
        books.file("vanguard_post", TOWN, times=times, name=f"{day:%m}月岗 {{n}}", day=day)
    books.file("task_force", TOWN, name="迟来的", day=dt.date(2012, 3, 1))
    page = acting(books, CITY).get(f"{PAGE}?trend=1")
    assert heights(page, "党员突击队") == ["12.0", "24.0"]
    assert heights(page, "党员先锋岗") == ["12.0", "24.0"]
    assert "至 2010-07" in page


def test_where_no_boundary_is_known_tiles_say_so(books: Site) -> None:
    books.file("task_force", TOWN, name="突击队")
    page = acting(books, CITY).get(f"{PAGE}?at={COUNTY}&measure=task_forces")
    assert "没有下级的边界" in page
    assert re.search(r'<li class="shade-\d"><a [^>]*><span>青口镇</span>', page)


def test_a_table_is_had_as_a_file_with_the_levels_in_columns(books: Site) -> None:
    books.file("task_force", TOWN, times=3, name="突击队 {n}")
    desk = acting(books, CITY)
    name = re.search(r'id="(measures-\d)"', desk.get(PAGE))
    assert name
    response = desk.client.get(f"{PAGE}?format=xlsx&table={name.group(1)}")
    sheet = load_workbook(BytesIO(response.content)).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    row = next(row for row in rows if "党员突击队" in row)
    assert row[1:3] == [3, "支"]
    assert row[-3:] == [3, 0, 0]


@pytest.mark.parametrize(
    "question",
    [
        "?period=2009-13",
        "?period=never",
        "?period=%00",
        "?since=2010-09-01&until=2010-06-01",
        "?at=999999",
        "?measure=nothing",
        "?until=yesterday",
    ],
)
def test_what_cannot_be_asked_is_not_there(books: Site, question: str) -> None:
    acting(books, CITY).get(f"{PAGE}{question}", status=404)


def test_the_overview_leads_to_the_newest_campaign(books: Site) -> None:
    response = acting(books, TOWN).client.get("/office/dashboard")
    assert response.headers["Location"] == PAGE


def test_a_phase_is_a_stretch_of_time(books: Site) -> None:
    books.file("task_force", TOWN, name="六月", day=dt.date(2010, 6, 1))
    books.file("task_force", TOWN, name="八月", day=dt.date(2010, 8, 15))
    desk: Desk = acting(books, CITY)
    assert line(desk.get(f"{PAGE}?period=study"), "党员突击队").startswith("1 支")
    assert line(desk.get(PAGE), "党员突击队").startswith("2 支")


def test_a_number_set_for_the_whole_campaign_is_no_targets_of_a_part(books: Site) -> None:
    """12 teams are what the city set itself; 3 of 12 at a county would be blame for what nobody asked of it."""
    package = loader.package(paths.PROJECT / "schemes" / "fuzhou-2010")
    target = "  task_forces: {target: {value: 12, due: 2010-07-01}, "
    texts = {name: text.replace("  task_forces: {", target) for name, text in package.items()}
    actions.adopt(texts, by=books.office)
    books.file("task_force", TOWN, times=3, name="突击队 {n}")
    desk = acting(books, CITY)
    assert "到期未达到 · 25%" in line(desk.get(PAGE), "党员突击队")
    assert "到期未达到" not in line(desk.get(f"{PAGE}?until=2010-06-30"), "党员突击队")
    assert "推进中" in line(desk.get(f"{PAGE}?until=2010-06-30"), "党员突击队")
    county = desk.get(f"{PAGE}?at={COUNTY}")
    assert "12" not in line(county, "党员突击队")
    assert "<dt>目标</dt>" not in desk.get(f"/figures/fuzhou-2010/task_forces/{COUNTY}")


def test_what_is_prepared_beforehand_is_what_a_page_asks(books: Site) -> None:
    books.file("task_force", TOWN, name="突击队")
    warm.prepare(after=0)
    assert list(warm.divided())
    assert line(acting(books, CITY).get(PAGE), "党员突击队").startswith("1 支")


def test_who_owes_nothing_beside_those_who_owe_has_no_zero(books: Site) -> None:
    branches = books.found_branches(TOWN)
    page = acting(books, CITY).get(f"{PAGE}?measure=letters_in_consultation&at={COUNTY}")
    assert line(page, "青口镇").startswith(f"未报 {branches} / {branches}")
    assert line(page, "荆溪镇").startswith("无报送要求")
    assert not re.search(r'class="shade-\d"><a [^>]*><span>荆溪镇', page), "no tile"
    figure = acting(books, COUNTY).get(f"/figures/fuzhou-2010/letters_in_consultation/{COUNTY}")
    assert line(figure, "荆溪镇").startswith("无报送要求")


def test_who_owes_nothing_comes_after_those_who_owe(books: Site) -> None:
    books.found_branches(OTHER_TOWN)
    asked, desk = f"letters_in_consultation&at={COUNTY}", acting(books, CITY)
    for address in (f"{PAGE}?measure={asked}", f"/figures/fuzhou-2010/letters_in_consultation/{COUNTY}"):
        rows = re.findall(r'<tr[^>]*><th scope="row"><a [^>]*>([^<]*镇)</a>', desk.get(address))
        assert rows[-2:] == ["荆溪镇", "青口镇"]
