"""Plans as pages: asked as of a day, by light, under another date that nobody has written down."""

from __future__ import annotations

import json

from tests.web.conftest import Site
from tests.web.office.conftest import CITY, TOWN, acting
from xianfeng.ledger.models import Record

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


def test_another_date_is_tried_and_nothing_is_written(site: Site) -> None:
    number = project(site)
    page = acting(site, TOWN).get(f"{LIST}/key_projects/{number}?day=2010-09-01&to=2010-10-29")
    assert "步赶不上" in page
    assert json.loads(Record.objects.get(id=number).values)["due"] == "2011-12-30"
