"""Every change of an organisation: its consequences first, done once, and by nobody beyond his own subtree."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.registry.trees import unit
from tests.web.office.registry.conftest import DAY, Desk, World, hidden
from xianfeng.log.actors import CLOCK
from xianfeng.log.models import Entry
from xianfeng.registry import rebuild, tree
from xianfeng.registry.actions import Founding, found_many
from xianfeng.registry.models import Organisation

HOME = "/office/registry/organisations/{}"


def of(number: int) -> Organisation:
    return Organisation.objects.get(id=number)


def test_an_organisation_is_added_below(county: Desk, world: World) -> None:
    county.confirm(
        HOME.format(world.offices.county) + "/found", name="机械厂", code="F-1", type="unit", level="", day=DAY
    )
    found = tree.by_code("F-1")
    assert found is not None
    assert [node.name for node in tree.path(found.id, found.founded)][-2:] == ["county单位", "机械厂"]
    assert Entry.objects.get(seq=found.id).actor.startswith("appointment:")


def test_a_question_changes_nothing_and_names_what_will_be(county: Desk, world: World) -> None:
    unit("below", world.village)
    entries = Entry.objects.count()
    address = HOME.format(world.village) + "/move"
    page = county.send(address, 200, parent="county", day=DAY).content.decode()
    assert "town单位少 2 个组织，county单位多 2 个" in page
    assert "下级组织 1 个" in page
    assert Entry.objects.count() == entries


def test_what_the_registry_refuses_is_told_beside_the_form(county: Desk, world: World) -> None:
    page = county.send(HOME.format(world.offices.town) + "/close", 400, day=DAY).content.decode()
    assert "还有 1 个下级组织：village单位" in page
    page = county.send(
        HOME.format(world.village) + "/rename", 400, name="新村", code="village", day="2999-01-01"
    ).content.decode()
    assert "还没有到" in page


def test_a_form_sent_twice_does_it_once(county: Desk, world: World) -> None:
    address = HOME.format(world.village) + "/rename"
    asked = county.send(address, 200, name="新村", code="village", day=DAY).content.decode()
    form = hidden(asked) | {"confirmed": "yes"}
    assert county.client.post(address, form).status_code == 302
    entries = Entry.objects.count()
    assert county.client.post(address, form).status_code == 302
    assert (of(world.village).name, Entry.objects.count()) == ("新村", entries)


def test_a_founding_sent_twice_founds_once(county: Desk, world: World) -> None:
    address = HOME.format(world.offices.county) + "/found"
    asked = county.send(address, 200, name="厂", code="F", type="unit", level="", day=DAY).content.decode()
    form = hidden(asked) | {"confirmed": "yes"}
    assert [county.client.post(address, form).status_code for _ in range(2)] == [302, 302]
    assert Organisation.objects.filter(name="厂").count() == 1


def test_a_form_older_than_another_change_does_nothing(county: Desk, city: Desk, world: World) -> None:
    address = HOME.format(world.village) + "/rename"
    asked = county.send(address, 200, name="甲村", code="village", day=DAY).content.decode()
    city.confirm(address, name="乙村", code="village", day=DAY)
    response = county.client.post(address, hidden(asked) | {"confirmed": "yes"})
    assert response.status_code == 400
    assert "有了新的变动：更名" in response.content.decode()
    assert of(world.village).name == "乙村"


def test_organisations_merge_and_their_children_come_along(county: Desk, world: World) -> None:
    other = unit("other", world.offices.county)
    address = HOME.format(world.offices.town) + "/merge"
    page = county.send(address, 200, into="other", others="", day=DAY).content.decode()
    assert "town单位之下的 1 个组织划到other单位之下" in page
    county.confirm(address, into="other", others="", day=DAY)
    ended = of(world.offices.town)
    assert (str(ended.closed), ended.successor_id) == (DAY, other)
    assert [node.code for node in tree.children(other, ended.closed)] == ["village"]


def test_a_split_asks_who_takes_which_child(county: Desk, world: World) -> None:
    first, second = (unit(code, world.offices.county) for code in ("p1", "p2"))
    address = HOME.format(world.offices.town) + "/split"
    page = county.send(address, 400, into="p1\np2", day=DAY).content.decode()
    assert f'name="child_{world.village}"' in page
    county.confirm(address, **{"into": "p1\np2", "day": DAY, f"child_{world.village}": second})
    ended = of(world.offices.town)
    assert ended.successor_id == first
    assert [node.code for node in tree.children(second, ended.closed)] == ["village"]
    assert rebuild.compare() == []


@pytest.mark.parametrize("change", ["found", "rename", "raise", "move", "merge", "split", "close"])
def test_a_county_never_touches_another(county: Desk, world: World, change: str) -> None:
    address = HOME.format(world.offices.beside) + f"/{change}"
    county.get(address, 404)
    data = {"name": "x", "code": "x", "type": "unit", "level": "unit", "parent": "town", "into": "town", "day": DAY}
    assert county.client.post(address, data | {"seen": "0", "confirmed": "yes"}).status_code == 404
    assert of(world.offices.beside).name == "beside单位"


@pytest.mark.parametrize(("change", "field"), [("move", "parent"), ("merge", "into"), ("close", "successor")])
def test_nor_gives_anything_to_it(county: Desk, world: World, change: str, field: str) -> None:
    address = HOME.format(world.village) + f"/{change}"
    page = county.send(address, 400, **{field: "beside", "day": DAY}).content.decode()
    assert "本级范围内没有代码为“beside”的组织" in page


def test_nor_changes_itself(county: Desk, city: Desk, world: World) -> None:
    county.get(HOME.format(world.offices.county) + "/close", 404)
    county.get(HOME.format(world.offices.county) + "/found")
    city.get(HOME.format(world.offices.city) + "/rename")  # nobody stands above


def test_the_tree_is_as_it_was(county: Desk, world: World) -> None:
    county.confirm(HOME.format(world.village) + "/move", parent="county", day=DAY)
    address = f"/office/registry/?at={world.offices.town}&on="
    assert "village单位" in county.get(address + "2012-03-15")
    assert "village单位" not in county.get(address + DAY).partition("<main")[2]
    history = county.get(HOME.format(world.village))
    assert "town单位 → county单位" in history
    assert "county单位 · 系统管理员" in history


def test_search_finds_only_the_own(county: Desk, world: World) -> None:
    found = county.get(f"/office/registry/?q={quote('单位')}").partition("<main")[2]
    assert "village单位" in found
    assert "beside单位" not in found


def test_a_level_of_thousands_costs_what_a_small_one_does(county: Desk, world: World) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            county.get(address)
        return len(queries)

    address = f"/office/registry/?at={world.offices.town}"
    unit("t-0", world.offices.town)
    asked()
    small = asked()

    rows = [
        Founding(code=f"c-{n:04}", name=f"第{n}村", type="unit", level="unit", parent=world.offices.town)
        for n in range(3000)
    ]
    found_many(foundings=rows, by=CLOCK)
    assert asked() == small
    page = county.get(address)
    assert page.count("<li>") < 200
    assert "再往后（共 3,002 个）" in page
