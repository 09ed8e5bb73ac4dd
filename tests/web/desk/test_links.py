"""Links: one unit, one kind, until a day; nothing else can be reached or filed by them."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from tests.web.desk.conftest import OTHER_TOWN, OTHER_VILLAGE, TOWN, VILLAGE, Desk, records, text, values
from tests.web.desk.test_sizes import asked
from xianfeng.accounts.models import Link
from xianfeng.log.models import Entry

GOOD = {"reference": "l1", "day": "2010-06-02", "f-place_note": "村口", "f-people.villagers": "4", "do": "file:"}


def until() -> str:
    return (timezone.localdate() + dt.timedelta(days=7)).isoformat()


@pytest.fixture
def made(town: Client) -> dict[str, str]:
    """The addresses of the links of two villages, by organisation, as the text for the chat group has them."""
    others = f"{VILLAGE}\n{OTHER_VILLAGE}"
    page = text(
        town.post("/desk/links", {"kind": "fuzhou-2010/visit", "until": until(), "others": others, "many": "0"})
    )
    found = re.findall(r"^(\S+)：http://127\.0\.0\.1(/l/[^\s<]+?)(?:</textarea>)?$", page, flags=re.MULTILINE)
    assert len(found) == 2
    return dict(zip((VILLAGE, OTHER_VILLAGE), (address for _, address in found), strict=True))


def test_pressed_twice_it_is_one_sending(town: Client) -> None:
    """And the same page comes back, so that whoever lost the first answer has the addresses."""
    reference = re.search(r'name="reference" value="(\w+)"', text(town.get("/desk/links")))
    assert reference is not None
    form = {"kind": "fuzhou-2010/visit", "until": until(), "others": f"{VILLAGE}\n{OTHER_VILLAGE}", "many": "0"}
    once, twice = (_addresses(text(town.post("/desk/links", form | {"reference": reference[1]}))) for _ in range(2))
    assert len(once) == 2
    assert (once, Link.objects.count()) == (twice, 2)
    another = _addresses(text(town.post("/desk/links", form | {"reference": reference[1], "many": "1"})))
    assert another.isdisjoint(once)
    assert Link.objects.count() == 4


def test_what_was_called_back_is_not_handed_out_again(town: Client) -> None:
    form = {"kind": "fuzhou-2010/visit", "until": until(), "others": VILLAGE, "many": "0", "reference": "a1"}
    town.post("/desk/links", form)
    town.post(f"/desk/links/{Link.objects.get().pk}/revoke")
    response = town.post("/desk/links", form)
    assert response.status_code == 422
    assert "已经收回" in text(response)


def _addresses(page: str) -> set[str]:
    return set(re.findall(r"http://127\.0\.0\.1/l/[\w-]+", page))


def test_the_unit_files_without_an_account(desk: Desk, made: dict[str, str]) -> None:
    visitor = Client(HTTP_HOST="127.0.0.1")
    response = visitor.post(made[VILLAGE], GOOD)
    assert response.status_code == 302
    assert "走访已登记 1 条" in text(visitor.get(response["Location"]))
    (record,) = records()
    assert (record.organisation, values(record)["people"]) == (desk.organisation(VILLAGE), {"villagers": 4})
    assert Entry.objects.get(seq=record.id).actor.startswith("link:")
    assert visitor.post(made[VILLAGE], GOOD)["Location"] == response["Location"]
    assert len(records()) == 1


def test_or_ten_at_once(made: dict[str, str]) -> None:
    visitor = Client(HTTP_HOST="127.0.0.1")
    address = made[VILLAGE] + "?many=1"
    assert "填写的表格" in text(visitor.get(address))
    pasted = "2010-06-01\t村口\t3\n" * 10
    response = visitor.post(address, {"day": "2010-06-02", "pasted": pasted, "reference": "g", "do": "file:"})
    assert response.status_code == 302
    assert len(records()) == 10


def test_links_name_the_site_and_not_whatever_the_request_says(town: Client, settings: Settings) -> None:
    settings.SITE, settings.SITE_IS_GIVEN = "https://xianfeng.example", True
    asked = {"kind": "fuzhou-2010/visit", "until": until(), "others": VILLAGE, "many": "0"}
    page = text(town.post("/desk/links", asked, HTTP_HOST="localhost:8099"))
    assert "：https://xianfeng.example/l/" in page
    assert "localhost:8099" not in page


def test_it_files_for_nobody_else(desk: Desk, made: dict[str, str]) -> None:
    visitor = Client(HTTP_HOST="127.0.0.1")
    visitor.post(made[VILLAGE], GOOD | {"for": OTHER_VILLAGE})
    visitor.post(
        made[VILLAGE] + "?many=1", {"day": "2010-06-02", "r0-for": OTHER_VILLAGE, "r0-f-people.villagers": "1"}
    )
    assert {record.organisation for record in records()} == {desk.organisation(VILLAGE)}
    for address in ("/desk/", "/desk/links", "/desk/fuzhou-2010/visit/new", f"/pick/organisations?q={VILLAGE}"):
        assert visitor.get(address).status_code == 302, address


def test_what_it_said_to_have_filed_it_must_have_filed(desk: Desk, made: dict[str, str]) -> None:
    (number,) = desk.site.file("visit", VILLAGE, people={"villagers": 9})
    page = text(Client(HTTP_HOST="127.0.0.1").get(f"{made[VILLAGE]}?filed={number}"))
    assert "已登记" not in page


def test_where_the_flow_begins_with_a_draft_the_unit_confirms(desk: Desk, town: Client) -> None:
    page = text(
        town.post("/desk/links", {"kind": "fuzhou-2010/commitment", "until": until(), "others": VILLAGE, "many": "0"})
    )
    found = re.search(r"http://127\.0\.0\.1(/l/[^\s<]+)", page)
    assert found
    visitor = Client(HTTP_HOST="127.0.0.1")
    assert visitor.post(found[1], {"day": "2010-06-02", "reference": "c", "do": "file:"}).status_code == 422
    sent = {"day": "2010-06-02", "reference": "c", "f-promiser": "organisation", "f-text": "修路"}
    assert visitor.post(found[1], sent | {"do": "file:submit"}).status_code == 422  # it is the unit's to send on
    visitor.post(found[1], sent | {"do": "file:"})
    (record,) = records("commitment")
    assert record.state == "draft"
    assert f"/desk/records/{record.id}/submit" in text(desk.client(VILLAGE, "secretary").get("/desk/"))


def test_a_link_that_is_over_says_so_and_files_nothing(town: Client, made: dict[str, str]) -> None:
    visitor = Client(HTTP_HOST="127.0.0.1")
    first, second = Link.objects.order_by("id")
    town.post(f"/desk/links/{first.pk}/revoke")
    Link.objects.filter(id=second.pk).update(expires=timezone.now() - dt.timedelta(seconds=1))
    for address in (*made.values(), "/l/nonsense"):
        assert "这个填报链接不能用了" in text(visitor.get(address))
        assert visitor.post(address, GOOD).status_code == 404
    assert not records()


def test_only_its_maker_revokes_it(desk: Desk, made: dict[str, str]) -> None:
    link = Link.objects.earliest("id")
    assert desk.client(OTHER_TOWN, "reviewer").post(f"/desk/links/{link.pk}/revoke").status_code == 404
    assert Link.objects.filter(revoked=None).count() == 2


def test_only_for_units_below_and_only_for_a_while(town: Client) -> None:
    asked = {"kind": "fuzhou-2010/visit", "until": until(), "others": VILLAGE}
    for wrong, said in (
        ({"others": OTHER_TOWN}, "本组织之下没有"),
        ({"until": "2099-01-01"}, "最长 92 天"),
        ({"until": "明天"}, "截止日期不对"),
        ({"kind": ""}, "没有选台账"),
        ({"others": ""}, "没有选单位"),
    ):
        response = town.post("/desk/links", asked | wrong)
        assert response.status_code == 422
        assert said in text(response)
    assert not Link.objects.exists()


def test_the_token_is_kept_nowhere(made: dict[str, str], town: Client) -> None:
    token = made[VILLAGE].removeprefix("/l/")
    assert not Link.objects.filter(token_hash__contains=token).exists()
    assert token not in text(town.get("/desk/links"))
    assert Link.objects.filter(maker__code=TOWN).count() == 2


def test_who_has_filed_is_seen_and_who_has_not_is_reminded(desk: Desk, town: Client, made: dict[str, str]) -> None:
    page = text(town.get("/desk/links"))
    assert "2 个单位未报" in page
    Client(HTTP_HOST="127.0.0.1").post(made[VILLAGE], GOOD)
    page = text(town.get("/desk/links"))
    names = {code: desk.site.get(f"/organisations/{code}").split("<h1>")[1].split("<")[0] for code in made}
    assert "1 个单位未报" in page
    assert "2 个单位，已报 1 个" in page
    reminder = page.split('class="reminder"')[1].split(">")[1].split("<")[0]
    assert names[OTHER_VILLAGE] in reminder
    assert names[VILLAGE] not in reminder
    assert "1 个单位已报，还有 1 个没有报" in reminder
    again = re.search(r'href="(/desk/links\?[^"]+)#make"', page)
    assert again
    form = text(town.get(again[1].replace("&amp;", "&")))
    assert f'value="{OTHER_VILLAGE}" checked' in form
    assert f'value="{VILLAGE}" checked' not in form
    assert 'value="fuzhou-2010/visit" selected' in form


def test_each_sending_stands_for_itself_however_soon_the_next_came(town: Client, made: dict[str, str]) -> None:
    others = f"{VILLAGE}\n{OTHER_VILLAGE}"
    town.post("/desk/links", {"kind": "fuzhou-2010/visit", "until": until(), "others": others, "many": "0"})
    assert text(town.get("/desk/links")).count("2 个单位，已报 0 个") == 2


def test_what_came_by_another_door_counts_and_what_came_before_does_not(desk: Desk, town: Client) -> None:
    desk.site.file("visit", VILLAGE, people={"villagers": 1})
    asked = {"kind": "fuzhou-2010/visit", "until": until(), "others": f"{VILLAGE}\n{OTHER_VILLAGE}"}
    town.post("/desk/links", asked)
    assert "已报 0 个" in text(town.get("/desk/links"))
    desk.site.file("visit", VILLAGE, people={"villagers": 2})
    page = text(town.get("/desk/links"))
    assert "已报 1 个" in page
    assert "没有用链接" in page
    Link.objects.filter(organisation__code=OTHER_VILLAGE).update(revoked=timezone.now())
    assert "已报齐" in text(town.get("/desk/links"))


def test_the_list_asks_the_same_of_few_and_of_many(desk: Desk, town: Client) -> None:
    def send(kind: str) -> None:
        asked = {"kind": f"fuzhou-2010/{kind}", "until": until(), "others": f"{VILLAGE}\n{OTHER_VILLAGE}"}
        town.post("/desk/links", asked)

    send("visit")
    asked(town, "/desk/links")
    few = asked(town, "/desk/links")
    for kind in ("commitment", "site_service", "visit"):
        send(kind)
    desk.site.file("visit", VILLAGE, times=20, people={"villagers": 2})
    assert asked(town, "/desk/links") == few


def test_an_action_that_the_link_does_not_offer_files_nothing(made: dict[str, str]) -> None:
    visitor = Client(HTTP_HOST="127.0.0.1")
    for action in ("zzz", "file:review", "keep"):
        assert visitor.post(made[VILLAGE], GOOD | {"do": action}).status_code == 422
        assert (
            visitor.post(made[VILLAGE] + "?many=1", {"pasted": "2010-06-01\t村口\t3", "do": action}).status_code == 422
        )
    assert not records()


def test_what_was_typed_is_not_lost_with_a_link_that_was_taken_back(made: dict[str, str]) -> None:
    Link.objects.update(revoked=timezone.now())
    response = Client(HTTP_HOST="127.0.0.1").post(made[VILLAGE], GOOD | {"f-place_note": "村口的<桥>"})
    page = text(response)
    assert response.status_code == 404
    assert "村口的&lt;桥&gt;" in page
    assert "后退" not in page
