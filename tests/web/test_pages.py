"""The reading pages: from a number to its records, from a record to its history, in two clicks."""

from __future__ import annotations

import datetime as dt
import io
import re

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from pytest_django.fixtures import Settings

from tests.web.conftest import Site
from xianfeng import paths
from xianfeng.bulletins.closing import close
from xianfeng.bulletins.compose import compose
from xianfeng.ledger import actions

TOWN, OTHER_TOWN = "350121105", "350121108"
GROWN = "    growth_from: 2010-04-30"
HIDDEN = f"""\
xianfeng: 1
scheme: hidden-2010
title: 工地
at: "350100"
historical: true
include: [core]
runs: {{from: 2010-01-01, to: 2010-12-31}}
measures:
  members:
    title: 工地党员人数
    sum: site_service.members
  services:
    title: 登记
    count: site_service
{GROWN}
  rate: {{title: 每次人数, public: true, ratio: [members, services]}}
  members_growth: {{title: 人数增长, public: true, growth: {{of: members, since: 2010-04-30}}, show: percent}}
"""


def links(page: str, start: str) -> list[str]:
    return [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]+)"', page) if link.startswith(start)]


def shown(page: str) -> str:
    found = re.search(r'<div><span class="value">(.*?)</span>(?:<span class="unit">[^<]*</span>)?</div>', page)
    assert found, page
    return re.sub("<[^>]+>", "", found.group(1))


def test_a_figure_opens_to_its_records_in_two_clicks(site: Site) -> None:
    (first, second) = site.file("task_force", TOWN, times=2, name="突击队 {n}")
    (third,) = site.file("task_force", OTHER_TOWN, name="荆溪突击队")
    campaign = site.get("/schemes/fuzhou-2010")
    address = next(link for link in links(campaign, "/figures/") if "/task_forces/350100?" in link)
    figure = site.get(address)
    assert shown(figure) == "3"
    records = links(figure, "/records/")
    assert records == [f"/records/{number}" for number in (first, second, third)]
    assert "荆溪突击队" in site.get(records[2])


def test_children_open_to_their_own_part(site: Site) -> None:
    site.file("task_force", TOWN, times=2, name="突击队 {n}")
    site.file("task_force", OTHER_TOWN, name="荆溪突击队")
    county = site.get("/figures/fuzhou-2010/task_forces/350121")
    towns = [link for link in links(county, "/figures/") if f"/{TOWN}?" in link]
    assert shown(site.get(towns[0])) == "2"


def test_a_record_page_tells_its_whole_history(site: Site) -> None:
    (number,) = site.file("task_force", TOWN, name="青口突击队", members=12)
    actions.amend(by=site.office, record=number, values={"members": 15}, reason="漏记三人")
    page = site.get(f"/records/{number}")
    assert "漏记三人" in page
    assert "人数：12 → 15" in page
    kept = site.client.get(f"/records/{number}?format=xlsx&table=history").content
    lines = list(openpyxl.load_workbook(io.BytesIO(kept)).worksheets[0].values)
    assert lines[-1][-2:] == ("漏记三人", "人数：12 → 15")


def test_a_closed_figure_says_when_today_differs(site: Site) -> None:
    (number, _) = site.file("task_force", TOWN, times=2, name="突击队 {n}")
    before = f"/figures/fuzhou-2010/task_forces/350100?as_of={number + 1}"
    assert "今天是" not in site.get(before)
    actions.withdraw(by=site.office, record=number, reason="重复登记", day=dt.date(2010, 7, 1))
    page = site.get(before)
    assert shown(page) == "2"
    assert "今天是 1" in page


def test_not_reported_is_not_zero(site: Site) -> None:
    """Branches owe a commitment letter; nobody owes a task force."""
    branches = site.found_branches(TOWN)
    page = site.get(f"/figures/fuzhou-2010/letters_in_consultation/{TOWN}")
    assert shown(page) == "未报"
    assert f">{branches}</span> 个组织" in page
    assert re.search(r'<div><span class="value">[^\n]*</span></div>', page), "no unit behind what is not reported"
    assert "<dt>应报依据</dt><dd>签订并公布目标管理承诺书</dd>" in page
    assert shown(site.get(f"/figures/fuzhou-2010/task_forces/{TOWN}")) == "0"


def test_an_organisation_is_shown_as_it_was_on_a_day(site: Site) -> None:
    page = site.get(f"/organisations/{TOWN}?on=2010-06-01")
    assert "青口镇" in page
    assert "闽侯县" in page


def test_hostile_text_is_only_text(site: Site) -> None:
    (number,) = site.file("task_force", TOWN, name="<script>alert(1)</script>")
    page = site.get(f"/records/{number}")
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    "address",
    [
        "/schemes/nowhere",
        "/figures/fuzhou-2010/no_such_measure",
        "/figures/fuzhou-2010/task_forces/999999",
        "/figures/fuzhou-2010/task_forces?until=2010-02-30",
        "/figures/fuzhou-2010/task_forces?as_of=-1",
        "/figures/fuzhou-2010/task_forces?as_of=999999999999",
        "/figures/fuzhou-2010/task_forces?version=abc",
        "/records/999999",
        "/organisations/none",
        "/organisations/350100?on=yesterday",
        "/schemes/fuzhou-2010/bulletins/no98",
        "/verify?bulletin=fuzhou-2010/no98",
    ],
)
def test_what_is_not_there_is_said_in_words(site: Site, address: str) -> None:
    page = site.get(address, status=404)
    assert "没有找到" in page
    assert "首页" in page


def test_every_page_of_a_demonstration_says_so(site: Site, settings: Settings) -> None:
    (number,) = site.file("task_force", TOWN, name="突击队")
    pages = ["/", "/schemes/fuzhou-2010", "/figures/fuzhou-2010/task_forces", f"/records/{number}", "/verify"]
    assert all("演示数据" in site.get(page) for page in pages)
    settings.XIANFENG_SYNTHETIC = False
    assert "演示数据" not in site.get("/")


def test_the_public_sees_only_what_the_scheme_makes_public(site: Site, settings: Settings) -> None:
    (number,) = site.file("task_force", TOWN, name="青口突击队", members=4711)
    actions.amend(by=site.office, record=number, values={"members": 4712}, reason="内部说明")
    settings.XIANFENG_SYNTHETIC = False
    page = site.get(f"/records/{number}")
    assert "青口突击队" in page
    assert "4711" not in page
    assert "4712" not in page
    assert "内部说明" not in page


def test_every_answer_allows_nothing_from_elsewhere(site: Site) -> None:
    response = site.client.get("/")
    assert response["Content-Security-Policy"].startswith("default-src 'none'")
    assert "unsafe" not in response["Content-Security-Policy"]
    assert not re.search(
        r"<style|<script(?! type=\"(?:module\" src=|application/json))| style=| on[a-z]+=", response.content.decode()
    )


@pytest.mark.parametrize(
    "address",
    [
        "/schemes/fuzhou-2010",
        "/figures/fuzhou-2010/task_forces/350121",
        f"/organisations/{TOWN}",
        "/organisations/350121",
    ],
)
def test_no_page_asks_more_as_rows_grow(site: Site, address: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            site.get(address)
        return len(asked)

    site.file("task_force", TOWN, times=2, name="突击队 {n}")
    site.get(address)
    few = queries()
    site.file("task_force", TOWN, times=40, name="突击队 {n}")
    site.get(address)
    assert queries() <= few


def test_the_public_reads_no_drafts_and_nothing_withdrawn(site: Site, settings: Settings) -> None:
    (draft,) = site.file("commitment_letter", TOWN, goals="秘密草稿")
    (withdrawn,) = site.file("task_force", TOWN, name="已撤突击队")
    actions.withdraw(by=site.office, record=withdrawn, reason="重复登记")
    settings.XIANFENG_SYNTHETIC = False
    for number in (draft, withdrawn):
        site.get(f"/records/{number}", status=404)
    page = site.get(f"/organisations/{TOWN}")
    assert f"/records/{draft}" not in page
    assert f"/records/{withdrawn}" not in page


def test_a_public_figure_opens_no_records_that_are_not_public(site: Site, settings: Settings) -> None:
    """`site_service` has no public field: its sum is public, its records are not."""
    (number,) = site.file("site_service", TOWN, members=12345)
    address = f"/figures/fuzhou-2010/site_members/{TOWN}"
    assert f"/records/{number}" in site.get(address)
    settings.XIANFENG_SYNTHETIC = False
    page = site.get(address)
    assert "这类记录不公开" in page
    assert f"/records/{number}" not in page


@pytest.mark.parametrize(
    "address",
    [
        "/schemes/fuzhou-2010?version=%00",
        "/schemes/fuzhou-2010?at=%00",
        "/verify?bulletin=%00/%00",
        "/figures/fuzhou-2010/task_forces?until=9999-12-31",
        "/figures/fuzhou-2010/task_forces?since=0001-01-01",
        "/figures/fuzhou-2010/task_forces?after=%00",
    ],
)
def test_hostile_addresses_are_only_not_found(site: Site, address: str) -> None:
    site.get(address, status=404)


def _numbered_addresses() -> list[str]:
    """Every address of the site map that has a place for a name or number, and every number of a question."""
    routes = [str(each.pattern) for each in get_resolver().url_patterns]
    paths = [re.sub("<paper:[a-z]+>", "pdf", route) for route in routes if "<" in route]
    one_by_one = [
        "schemes/fuzhou-2010/bulletins/{}",
        "figures/fuzhou-2010/task_forces/{}",
        *(f"figures/fuzhou-2010/task_forces?{key}={{}}" for key in ("as_of", "after", "since", "until", "version")),
        f"organisations/{TOWN}?on={{}}",
        "verify?bulletin=fuzhou-2010/{}",
    ]
    return ["/" + re.sub("<[^>]+>", "{}", path) for path in (*paths, *one_by_one)]


@pytest.mark.parametrize("address", _numbered_addresses())
def test_a_number_that_no_row_can_bear_is_only_not_found(site: Site, address: str) -> None:
    """Where one has to sign in, that is asked first."""
    for number in (str(2**63), "9" * 30, "9" * 5000):
        answer = site.client.get(address.replace("{}", number))
        assert answer.status_code == 404 or answer.headers.get("Location", "").startswith("/account/"), address


def test_a_bulletin_with_a_correction_asks_no_more_as_changed_records_grow(site: Site) -> None:
    address = "/schemes/fuzhou-2010/bulletins/no98"
    site.file("task_force", TOWN, name="突击队")
    close(compose("fuzhou-2010", "no98"), by=site.office)

    def queries() -> int:
        site.get(address)
        with CaptureQueriesContext(connection) as asked:
            page = site.get(address)
        assert "变动的记录" in page
        return len(asked)

    verify = "/verify?bulletin=fuzhou-2010/no98"
    assert "项更正" not in site.get(verify)
    site.file("task_force", TOWN, name="迟到的突击队")
    page = site.get(verify)
    assert "定稿后另有 1 项更正：印发的数没有改" in page
    assert f'<a href="{address}#corrections">' in page
    few = queries()
    site.file("task_force", TOWN, times=30, name="又一支突击队 {n}")
    assert queries() <= few <= 28


def test_a_figure_made_of_others_opens_no_records_that_are_not_public(site: Site, settings: Settings) -> None:
    """`site_service` has no public field; a share and a growth of it stand on the same records."""
    site.adopt(HIDDEN)
    (number,) = site.file("site_service", TOWN, scheme="hidden-2010", members=12345)
    site.file("site_service", TOWN, scheme="hidden-2010", members=7)
    settings.XIANFENG_SYNTHETIC = False
    for measure in ("rate", "members_growth"):
        page = site.get(f"/figures/hidden-2010/{measure}/{TOWN}")
        assert "这类记录不公开" in page
        assert f"/records/{number}" not in page
        assert "12,352" not in page
    settings.XIANFENG_SYNTHETIC = True
    assert f"/records/{number}" in site.get(f"/figures/hidden-2010/rate/{TOWN}")


def test_a_measure_that_its_scheme_does_not_make_public_is_not_there(site: Site, settings: Settings) -> None:
    site.adopt(HIDDEN)
    settings.XIANFENG_SYNTHETIC = False
    site.get(f"/figures/hidden-2010/members/{TOWN}", status=404)
    assert "工地党员人数" not in site.get("/schemes/hidden-2010")


def test_every_figure_says_what_it_counts_and_states_in_words(site: Site) -> None:
    """Also those made of others: whose records count, states by their titles, where the scheme says it, months."""
    site.adopt(HIDDEN)
    site.file("site_service", TOWN, scheme="hidden-2010", members=300, day=dt.date(2010, 3, 1))
    site.file("site_service", TOWN, scheme="hidden-2010", members=60, day=dt.date(2010, 6, 1))
    line = HIDDEN.splitlines().index(GROWN) + 1
    for measure in ("rate", "services_growth"):
        page = site.get(f"/figures/hidden-2010/{measure}/{TOWN}")
        assert "<dt>范围</dt><dd>含其他活动登记在同一台账里的记录</dd>" in page
        assert not re.search(r"<td[^>]*>(filed|reviewed|submitted)</td>", page)
        assert ">已填报</td>" in page
        assert ">按月份</h2>" in page
    assert "<dt>构成</dt><dd>(2 − 1) / 1</dd>" in page
    assert shown(page) == "100%"
    assert f"<code>scheme.yaml:{line}</code>" in page


def test_a_withdrawn_record_counts_nowhere_and_is_no_draft(site: Site) -> None:
    (number,) = site.file("task_force", TOWN, name="突击队")
    assert "一条记录计一项" in site.get(f"/records/{number}")
    actions.withdraw(by=site.office, record=number, reason="重复登记")
    page = site.get(f"/records/{number}")
    assert '<span class="tag accent">已撤销</span>' in page
    assert "已撤销，不计入任何数字" in page
    assert "草稿" not in page
    assert "一条记录计一项" not in page


def test_a_record_says_amounts_shares_and_days_as_an_office_does(site: Site) -> None:
    listed = {"category": "industry", "investment": "139000000", "progress": "21", "due": dt.date(2010, 8, 10)}
    (number,) = site.file("key_project", TOWN, name="项目", **listed)
    page = site.get(f"/records/{number}")
    assert '<dd>1.39亿元 <span class="quiet">（139,000,000元）</span></dd>' in page
    assert "<dt>完成进度</dt><dd>21%</dd>" in page
    assert "2010年8月10日" in page
    assert "139000000" not in page
    words, _, _ = page.partition('id="history"')  # a table has days as spreadsheets do
    assert not re.search(r"2010-\d\d-\d\d", words)


def test_a_campaign_says_of_when_its_figures_are_in_the_unit_of_the_office(site: Site) -> None:
    (number,) = site.file("key_project", TOWN, name="项目", category="town", investment="636100000000")
    page = site.get("/schemes/fuzhou-2010")
    assert re.search(rf"截至\d{{4}}年\d+月\d+日（此刻，第 {number:,} 条办理记录）", page)
    assert '<span title="636,100,000,000">6361亿</span></td>' in page
    assert ">文件规定的数</h2>" in page
    assert "本地选择" not in page


def test_a_campaign_that_is_not_there_is_said_in_one_sentence(site: Site) -> None:
    assert "没有载入过活动“nowhere”。</p>" in site.get("/schemes/nowhere", status=404)


def test_a_demonstration_tells_itself_from_another(site: Site, settings: Settings) -> None:
    """Two checkouts on one machine: the second must not take the first one's server for its own."""
    assert site.client.get("/")["X-Xianfeng-Installation"] == paths.installation()
    settings.XIANFENG_SYNTHETIC = False
    assert "X-Xianfeng-Installation" not in site.client.get("/")
