"""Plans as pages: asked as of a day, by light, under another date that nobody has written down."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.web.conftest import DAY, Site
from tests.web.office.conftest import CITY, TOWN, acting
from xianfeng.ledger.models import Record
from xianfeng.registry.actions import enter

LIST = "/office/plans/fuzhou-2010"


def project(site: Site) -> int:
    """To be done by the end of 2011; its permits are there, nothing else is."""
    (number,) = site.file("key_project", TOWN, name="大桥", investment="1.00", due="2011-12-30")
    site.file("project_progress", TOWN, project=number, stage="approval")
    return number


def test_a_list_as_of_a_day_and_by_light(site: Site) -> None:
    project(site)
    office = acting(site, CITY, "office")
    page = office.get(f"{LIST}?day=2010-09-01")
    assert "大桥" in page
    assert 'class="tag tag">正常' in page
    assert "大桥" not in office.get(f"{LIST}?day=2010-09-01&light=late")
    late = office.get(f"{LIST}?day=2011-09-01&light=late")
    assert "大桥" in late
    assert "已超期" in late


def test_one_plan_shows_its_picture_and_says_the_same_in_a_table(site: Site) -> None:
    number = project(site)
    page = acting(site, TOWN).get(f"{LIST}/key_projects/{number}?day=2010-09-01")
    assert page.count('<g class="step ') == 5
    assert "style=" not in page.partition("<svg")[2].partition("</svg>")[0]
    assert "2010年6月1日按期办完。" in page
    assert "项目环节办结" in page  # what names the project hangs on it


def test_the_day_of_the_latest_beginning_is_one_in_the_table_and_in_its_computation(site: Site) -> None:
    page = acting(site, TOWN).get(f"{LIST}/key_projects/{project(site)}?day=2010-09-01")
    table, _, computed = page.partition('id="computed"')
    begins = re.findall(r'<summary><time datetime="([^"]+)">', computed)
    assert len(begins) == 5
    assert all(day in table for day in begins)


def test_requests_upward_hang_on_the_plan_with_their_time_to_be_answered_and_so_do_feedback_and_inspections(
    site: Site,
) -> None:
    number = project(site)
    site.file("project_request", TOWN, project=number, problem="请协调迁管线")
    site.file("project_feedback", TOWN, project=number, text="施工噪声太大")
    one, other = (enter(code=f"g-{n}", name=f"组员{n}", day=DAY, by=site.office) for n in (1, 2))
    lists: dict[str, Any] = {"projects": "大桥", "responsibility": "各一人", "deadlines": "年底"}
    (group,) = site.file("leading_group", CITY, name="项目组", campaign="industry", first=one, second=other, **lists)
    site.file("project_inspection", CITY, project=number, leading_group=group, note="进度滞后")
    page = acting(site, CITY, "office").get(f"{LIST}/key_projects/{number}?day=2010-09-01")
    for said in ("请协调迁管线", "答复期限", "2010-06-08", "施工噪声太大", "进度滞后"):
        assert said in page


def test_another_date_is_tried_and_nothing_is_written(site: Site) -> None:
    number = project(site)
    page = acting(site, TOWN).get(f"{LIST}/key_projects/{number}?day=2010-09-01&to=2010-10-29")
    assert "步赶不上" in page
    assert json.loads(Record.objects.get(id=number).values)["due"] == "2011-12-30"
