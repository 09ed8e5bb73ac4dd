"""What stands around every page: language, navigation, built files, and what a device may keep."""

from __future__ import annotations

import gzip
import json
import re

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from tests.web.conftest import Site
from tests.web.office.conftest import acting
from xianfeng.accounts import abilities
from xianfeng.accounts.reader import Reader
from xianfeng.web import built, offline
from xianfeng.web.shell import SECTIONS, face_of


def static(site: Site, file: str) -> dict[str, str]:
    """The headers of a built file, compressed as a browser would get it."""
    response = site.client.get(file, headers={"accept-encoding": "br"})
    assert response.status_code == 200, file
    b"".join(response.streaming_content)
    response.close()
    return dict(response.headers)


def test_a_chosen_language_stays_and_leads_back(site: Site) -> None:
    response = site.client.post("/language", {"language": "en", "next": "/verify"})
    assert response["Location"] == "/verify"
    assert '<html lang="en">' in site.get("/")


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""])
def test_choosing_a_language_leads_nowhere_else(site: Site, elsewhere: str) -> None:
    response = site.client.post("/language", {"language": "xx", "next": elsewhere})
    assert response["Location"] == "/"
    assert not response.cookies


@pytest.mark.parametrize(
    ("path", "face"),
    [("/", "public"), ("/desk/file", "desk"), ("/account/", "desk"), ("/office/", "office"), ("/deskless", "public")],
)
def test_a_page_belongs_to_a_face(path: str, face: str) -> None:
    assert face_of(path) == face
    assert face in SECTIONS


def test_who_is_not_signed_in_is_shown_no_inner_face(site: Site) -> None:
    page = site.get("/")
    assert "工作台" not in page
    assert "办公室" not in page
    assert 'name="reader" content=""' in page  # nobody's, so pages kept for others go


def test_a_leader_on_the_offices_pages_sees_where_he_is(site: Site) -> None:
    leader = acting(site, "350100").client
    inside, outside = leader.get("/office/fuzhou-2010/").content.decode(), leader.get("/").content.decode()
    assert re.search(r'href="/office/dashboard" aria-current="true">办公室<', inside)
    assert 'href="/office/judgement/">办公室<' in outside, "whoever follows judgement has a page there"


def rows(page: str) -> list[list[str]]:
    navs = re.findall(r'<nav class="strip sections.*?</nav>', page, re.S)
    return [re.findall(r">([^<]+)</a>", nav) for nav in navs]


def test_the_offices_many_pages_stand_in_groups(site: Site) -> None:
    office = acting(site, "350100", "office").client
    top, below = rows(office.get("/office/briefings").content.decode())
    assert top == ["数据总览", "文稿", "督办", "评议", "意见", "组织", "管理"]
    assert below == ["简报", "汇报材料"]
    assert len(rows(office.get("/office/dashboard", follow=True).content.decode())) == 1


def test_of_a_group_whoever_has_one_page_sees_that_one(site: Site) -> None:
    leader = acting(site, "350100").client
    top, *_below = rows(leader.get("/office/fuzhou-2010/").content.decode())
    assert top == ["数据总览", "汇报材料", "倒排计划", "评议", "组织"]


def test_pages_are_sent_compressed_and_workbooks_as_they_are(site: Site) -> None:
    asked = {"accept-encoding": "gzip, br"}
    page = site.client.get("/schemes/fuzhou-2010/rules", headers=asked)
    assert page["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in page["Vary"]
    assert gzip.decompress(page.content).decode().startswith("<!doctype html>")
    book = site.client.get("/schemes/fuzhou-2010/rules?format=xlsx&table=counted", headers=asked)
    assert "Content-Encoding" not in book
    assert book.content.startswith(b"PK")


def test_the_campaign_at_hand_is_marked(site: Site) -> None:
    assert re.search(r'href="/schemes/fuzhou-2010" aria-current="true"', site.get("/schemes/fuzhou-2010"))


def test_built_files_are_kept_for_ever_and_sent_compressed(site: Site) -> None:
    """Their sizes are held to their limits by the build."""
    files = re.findall(r'"(/static/build/[^"]+)"', site.get("/"))
    assert {file.rsplit(".", 1)[1] for file in files} == {"css", "js"}
    answers = {file: static(site, file) for file in files}
    assert all("immutable" in answer["Cache-Control"] for answer in answers.values())
    assert [answer["Content-Encoding"] for file, answer in answers.items() if file.endswith(".css")] == ["br"]


def test_a_name_that_was_not_built_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        built.address("nowhere.css")


def test_the_desk_can_be_installed_and_has_a_page_without_network(site: Site) -> None:
    about = json.loads(site.get("/desk/manifest.webmanifest"))
    assert about["scope"] == about["start_url"] == "/desk/"
    for icon in about["icons"]:
        assert static(site, icon["src"])
    worker = site.client.get("/desk/worker.js")
    assert worker["Content-Type"].startswith("text/javascript")
    kept = set(re.findall(r"[a-z]+-[0-9A-Z]{8}\.(?:js|css)", worker.content.decode()))
    assert kept
    assert all(static(site, f"/static/build/{name}") for name in kept)
    assert "没有网络" in site.get("/desk/offline")


def test_the_outbox_is_told_where_the_answer_would_have_led(site: Site) -> None:
    response = site.client.post("/language", {"language": "en", "next": "/verify"}, headers={"X-Outbox": "1"})
    assert response.status_code == 204
    assert response["X-Location"] == "/verify"
    assert not response.has_header("Location")
    assert "django_language" in response.cookies


def test_only_pages_that_say_so_are_kept_on_a_device() -> None:
    view = offline.kept(lambda request: HttpResponse("x"))
    request = RequestFactory().get("/desk/file")
    request.reader = Reader.public()  # type: ignore[attr-defined]
    assert view(request)[offline.KEEP] == "offline"
    assert offline.KEEP not in Client(HTTP_HOST="127.0.0.1").get("/desk/offline").headers


ROLES = """
xianfeng: 1
scheme: trial-2012
title: 试点活动
at: "350121"
runs: {from: 2012-01-01, to: 2012-12-31, timezone: Asia/Shanghai}
roles: {village_guide: {title: 驻村指导员}}
"""


def test_a_role_is_called_what_its_scheme_calls_it(site: Site) -> None:
    assert abilities.title("village_guide") == "village_guide"
    site.adopt(ROLES)
    assert abilities.title("village_guide") == "驻村指导员"


def test_the_public_is_promised_what_it_gets(site: Site, settings: Settings) -> None:
    settings.XIANFENG_SYNTHETIC = False
    home = site.get("/")
    assert "公开的数都可以点开" in home
    assert "背后的记录" not in home
    assert "办理经过" not in home
    settings.XIANFENG_SYNTHETIC = True
    assert "每条记录都可以点开，看到它的全部办理经过" in site.get("/")
