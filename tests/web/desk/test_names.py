"""On forms and records people and organisations are called by name, people only before those who may ask for names."""

from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from tests.ledger.factories import package
from tests.web.conftest import DAY
from tests.web.desk.conftest import OTHER_TOWN, TOWN, VILLAGE, Desk, records, text
from xianfeng.ledger import actions
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.registry.actions import appoint, enter
from xianfeng.vault.models import PersonalRead

ADDRESS = "/desk/trial-2012/study/new"
GRID = "/desk/trial-2012/study/grid"
_IMPORT = Actor(kind=ActorKind.IMPORT)


@pytest.fixture
def trial(desk: Desk, settings: Settings) -> Desk:
    settings.XIANFENG_SYNTHETIC = False
    actions.adopt(package(), by=desk.site.office)
    return desk


def somebody(desk: Desk, code: str, name: str) -> int:
    person = enter(code=f"k-{code}", name=name, day=DAY, by=_IMPORT)
    appoint(person=person, organisation=desk.organisation(code), role="member", day=DAY, by=_IMPORT)
    return person


def typed(speaker: str, **more: str) -> dict[str, str]:
    return {"day": "2012-03-01", "f-name": "学", "f-count": "许多", "f-speaker": speaker, "do": "file:hold", **more}


@pytest.mark.parametrize(("role", "named"), [("office", True), ("clerk", False)])
def test_a_person_is_named_where_names_may_be_read(trial: Desk, role: str, named: bool) -> None:
    somebody(trial, VILLAGE, "李大海")
    client = trial.client(TOWN, role)
    page = text(client.post(ADDRESS, typed(f"k-{VILLAGE}")))
    assert ("李大海" in page) is named
    assert f'value="k-{VILLAGE}"' in page
    rows = {"day": "2012-03-01", "r0-f-name": "学", "r0-f-count": "3", "r0-f-speaker": f"k-{VILLAGE}"}
    preview = text(client.post(GRID, rows | {"do": "check"}))
    assert ("李大海" in preview) is named
    client.post(ADDRESS, typed(f"k-{VILLAGE}", **{"f-count": "3"}))
    page = text(client.get(f"/records/{records('study')[0].id}"))
    assert ("李大海" in page) is named
    assert (f"k-{VILLAGE}" in page) is not named
    title = "活动办公室" if named else "经办人"
    assert f" · {title}</div>" in page  # who filed it, and not under which number
    assert PersonalRead.objects.filter(field="name").exists() is named
    assert ("姓名不公开（代码" in page) is not named


def test_nobody_learns_the_name_of_somebody_elsewhere_by_typing_a_code(trial: Desk) -> None:
    somebody(trial, OTHER_TOWN, "林小山")
    office = trial.client(TOWN, "office")
    assert "林小山" not in text(office.post(ADDRESS, typed(f"k-{OTHER_TOWN}")))
    assert not PersonalRead.objects.exists()


def test_organisations_are_named_beside_their_codes(trial: Desk) -> None:
    clerk = trial.client(TOWN, "clerk")
    name = text(clerk.get(f"/organisations/{VILLAGE}")).split("<h1>")[1].split("<")[0]
    page = text(clerk.post(ADDRESS, typed("", **{"f-host": VILLAGE})))
    assert f'data-value="{VILLAGE}" data-shown="{name}"' in page
    rows = {"day": "2012-03-01", "r0-for": VILLAGE, "r0-f-name": "学", "r0-f-count": "3", "r0-f-host": VILLAGE}
    preview = text(clerk.post(GRID, rows | {"do": "check"}))
    assert preview.count(f">{name}<") == 2
    assert f">{VILLAGE}<" not in preview
