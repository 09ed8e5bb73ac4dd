"""The page of search and the suggestions of pickers: what is asked is found, and nobody finds more than he may read."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from tests.web.conftest import Site
from xianfeng.accounts.models import Account
from xianfeng.ledger import actions
from xianfeng.registry import actions as registry
from xianfeng.registry import tree
from xianfeng.search import index
from xianfeng.vault.models import PersonalRead

TOWN, VILLAGE, OTHER_TOWN = "350121105", "350121105201", "350121108"
DAY = dt.date(2010, 6, 1)


@pytest.fixture
def site(site: Site, settings: Settings) -> Site:
    settings.XIANFENG_SYNTHETIC = False
    index.extend()
    return site


def signed_in(site: Site, code: str, role: str, name: str = "张三") -> Client:
    """A client of somebody with this role there."""
    at = tree.by_code(code)
    assert at is not None
    person = registry.enter(code=f"p-{role}-{code}", name=name, day=DAY, by=site.office)
    registry.appoint(person=person, organisation=at.id, role=role, day=DAY, by=site.office)
    account = Account.objects.create(username=f"{role}{code}", person_id=person)
    client = Client(HTTP_HOST="127.0.0.1", REMOTE_ADDR="127.0.0.1")
    client.force_login(account, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def plain(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", page.partition("<main")[2].partition("</main")[0]))


def found(client: Client, **asked: str) -> str:
    response = client.get("/search", asked)
    assert response.status_code == 200
    return response.content.decode()


def test_results_are_grouped_and_their_words_marked(site: Site) -> None:
    (number,) = site.file("task_force", TOWN, name="青口拆遷突击队")
    page = found(site.client, q="拆迁")
    assert "<mark>拆遷</mark>" in page
    assert f'href="/records/{number}"' in page
    assert "突击队" in plain(found(site.client, q="青口"))
    assert re.search(r"<h2[^>]*>组织</h2>.*<h2[^>]*>记录</h2>", found(site.client, q="青口"), flags=re.DOTALL)


@pytest.mark.parametrize("asked", ["闽侯", "mhx", "350121", "閩侯縣"])
def test_an_organisation_by_name_initials_or_code(site: Site, asked: str) -> None:
    page = found(site.client, q=asked)
    assert 'href="/organisations/350121"' in page
    assert "福建省 › 福州市" in plain(page)


@pytest.mark.parametrize("asked", ["{}", "第{}号", "第 {} 号"])
def test_a_record_by_its_number_where_one_may_read_it(site: Site, asked: str) -> None:
    (number,) = site.file("task_force", TOWN, name="青口突击队")
    (own,) = site.file("visit", TOWN, people={"villagers": 3})
    assert f'href="/records/{number}"' in found(site.client, q=asked.format(number))
    assert f'href="/records/{own}"' not in found(site.client, q=asked.format(own))
    clerk, elsewhere = signed_in(site, TOWN, "clerk"), signed_in(site, OTHER_TOWN, "clerk")
    assert f'href="/records/{own}"' in found(clerk, q=asked.format(own))
    assert f'href="/records/{own}"' not in found(elsewhere, q=asked.format(own))


def test_nothing_asked_and_nothing_found_say_what_to_try(site: Site) -> None:
    assert "两个字就能找" in found(site.client)
    assert "两个字就能找" in found(site.client, q="，。")
    page = found(site.client, q="没有这样的词")
    assert "没有找到“没有这样的词”" in plain(page)


def test_what_was_typed_is_only_text(site: Site) -> None:
    site.file("task_force", TOWN, name="<script>alert(1)</script>突击队")
    for asked in ("script", "<script>", '"><img src=x>'):
        page = found(site.client, q=asked)
        assert "<script>alert" not in page
        assert "<img src=x" not in page
    assert "&lt;<mark>script</mark>&gt;" in found(site.client, q="script")


def test_a_record_s_inner_words_are_found_only_within(site: Site) -> None:
    (number,) = site.file("commitment_letter", TOWN, goals="尚未公布的隐秘方案")
    here, elsewhere = signed_in(site, TOWN, "clerk"), signed_in(site, OTHER_TOWN, "clerk")
    above = signed_in(site, "350121", "leader")
    for client, yes in ((here, True), (above, True), (elsewhere, False), (site.client, False)):
        page = found(client, q="隐秘")
        assert (f"/records/{number}" in page) is yes
        assert ("尚未公布" in page) is yes
    nothing = re.sub("没有这样", "隐秘", plain(found(elsewhere, q="没有这样")))
    assert plain(found(elsewhere, q="隐秘")) == nothing


def test_what_changed_since_is_not_shown_from_an_index_that_lags(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    (number,) = site.file("task_force", TOWN, name="旧名突击队")
    assert f"/records/{number}" in found(site.client, q="旧名")
    actions.withdraw(by=site.office, record=number, reason="重复登记")
    monkeypatch.setattr(index, "_BEFORE_A_SEARCH", 0)
    assert f"/records/{number}" not in found(site.client, q="旧名")


def test_pages_go_on(site: Site) -> None:
    site.file("task_force", TOWN, times=45, name="突击队{n}")
    address, seen = "/search?q=突击队&kind=records", set[str]()
    for expected in (20, 40, 45):
        page = site.get(address)
        seen |= set(re.findall(r"/records/(\d+)", page))
        assert len(seen) == expected
        following = re.search(r'href="([^"]+)" rel="next"', page)
        assert (following is not None) is (expected < 45)
        address = html.unescape(following[1]) if following else ""


@pytest.mark.parametrize("address", ["/search?kind=people", "/search?q=%00", "/search?q=%07a"])
def test_what_cannot_be_asked_is_not_there(site: Site, address: str) -> None:
    site.get(address, status=404)


def test_a_page_asks_no_more_as_answers_grow(site: Site) -> None:
    def queries() -> int:
        found(site.client, q="突击队")
        with CaptureQueriesContext(connection) as asked:
            found(site.client, q="突击队")
        return len(asked)

    site.file("task_force", TOWN, times=2, name="突击队 {n}")
    few = queries()
    site.file("task_force", TOWN, times=60, name="突击队 {n}")
    assert queries() <= few + 1  # whether there is more is one look at a longer list


def pick(client: Client, what: str, **asked: str) -> list[dict[str, object]]:
    response = client.get(f"/pick/{what}", {"format": "json", **asked})
    assert response.status_code == 200
    found: list[dict[str, object]] = response.json()["found"]
    return found


@pytest.mark.parametrize("asked", ["qkz", "青口", "350121105", "qingkou"])
def test_organisations_are_suggested(site: Site, asked: str) -> None:
    assert pick(signed_in(site, "350121", "clerk"), "organisations", q=asked)[0]["code"] == TOWN


def test_a_few_are_suggested_and_only_of_the_type_and_subtree(site: Site) -> None:
    site.found_branches(TOWN)
    client = signed_in(site, OTHER_TOWN, "clerk")
    assert len(pick(client, "organisations", q="村")) == 10
    bodies = pick(client, "organisations", q="村", kind="body")
    assert bodies
    assert all("支部" in str(one["name"]) for one in bodies)
    assert pick(client, "organisations", q="支部", within="1") == []
    assert pick(client, "organisations", q="") == []


def test_suggestions_are_options_of_a_list(site: Site) -> None:
    page = (
        signed_in(site, "350121", "clerk")
        .get("/pick/organisations", {"q": "青口", "field": 'x" onx="'})
        .content.decode()
    )
    assert re.search(r'<li role="option" id="xonx-\d+"', page)
    assert "青口镇" in page


@pytest.mark.parametrize("what", ["organisations", "people"])
def test_suggestions_are_for_those_who_work(site: Site, what: str) -> None:
    assert site.client.get(f"/pick/{what}", {"q": "a"}).status_code == 302


def test_people_are_suggested_to_whoever_may_read_names_and_each_reading_is_kept(site: Site) -> None:
    office = signed_in(site, TOWN, "office", name="李明")
    signed_in(site, TOWN, "clerk", name="王乐")
    assert [one["name"] for one in pick(office, "people", q="王")] == ["王乐"]
    for asked in ("wl", "wangyue", "p-clerk"):
        assert [one["code"] for one in pick(office, "people", q=asked)] == [f"p-clerk-{TOWN}"]
    assert PersonalRead.objects.filter(field="name", actor__startswith="appointment").exists()


def test_who_files_finds_the_people_of_his_own_and_of_those_he_may_file_for(site: Site) -> None:
    clerk = signed_in(site, TOWN, "clerk", name="王乐")
    signed_in(site, VILLAGE, "member", name="陈水生")
    assert [one["name"] for one in pick(clerk, "people", q="wl")] == ["王乐"]
    assert pick(clerk, "people", q="陈") == []
    assert [one["name"] for one in pick(clerk, "people", q="css", at=VILLAGE)] == ["陈水生"]
    assert PersonalRead.objects.filter(purpose="查找人员").exists()


def test_nobody_else_gets_names(site: Site) -> None:
    clerk = signed_in(site, TOWN, "clerk", name="王乐")
    for role in ("leader", "inspector", "member", "administrator"):
        assert signed_in(site, TOWN, role).get("/pick/people", {"q": "王"}).status_code == 404, role
    office = signed_in(site, OTHER_TOWN, "office", name="李明")
    assert office.get("/pick/people", {"q": "王", "at": TOWN}).status_code == 404
    assert office.get("/pick/people", {"q": "王", "at": "nowhere"}).status_code == 404
    assert pick(office, "people", q="王") == []
    read = PersonalRead.objects.count()
    for elsewhere in ("350121", OTHER_TOWN):
        assert clerk.get("/pick/people", {"q": "李", "at": elsewhere}).status_code == 404
    assert PersonalRead.objects.count() == read
