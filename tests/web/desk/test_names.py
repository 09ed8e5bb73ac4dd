"""On forms and records people and organisations are called by name, people only before those who may ask for names."""

from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from tests.ledger.factories import package
from tests.web.conftest import DAY
from tests.web.desk.conftest import OTHER_TOWN, TOWN, VILLAGE, Desk, records, text, values
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


@pytest.mark.parametrize(("role", "reads"), [("office", True), ("clerk", False)])
def test_a_person_is_named_to_who_files_and_on_records_to_who_reads_names(trial: Desk, role: str, reads: bool) -> None:
    somebody(trial, VILLAGE, "李大海")
    client = trial.client(TOWN, role)
    page = text(client.post(ADDRESS, typed(f"k-{VILLAGE}")))
    assert f'data-value="k-{VILLAGE}" data-shown="李大海"' in page
    rows = {"day": "2012-03-01", "r0-f-name": "学", "r0-f-count": "3", "r0-f-speaker": f"k-{VILLAGE}"}
    assert "李大海" in text(client.post(GRID, rows | {"do": "check"}))
    assert {one.purpose for one in PersonalRead.objects.filter(field="name")} == {"核对填写的人员"}
    client.post(ADDRESS, typed(f"k-{VILLAGE}", **{"f-count": "3"}))
    page = text(client.get(f"/records/{records('study')[0].id}"))
    assert ("李大海" in page) is reads
    assert ("姓名不公开（代码" in page and f"k-{VILLAGE}" in page) is not reads
    title = "活动办公室" if reads else "经办人"
    assert f" · {title}</div>" in page  # who filed it, and not under which number


def test_a_name_is_enough_for_the_people_of_whom_the_form_is(trial: Desk) -> None:
    number = somebody(trial, VILLAGE, "李大海")
    town, village = trial.client(TOWN, "clerk"), trial.client(VILLAGE, "clerk")
    filed = {"f-count": "3", "f-speaker": "李大海"}
    refused = text(town.post(ADDRESS, typed("李大海", **filed)))  # nobody of the town itself
    assert "没有找到“李大海”" in refused
    assert town.post(ADDRESS, typed("李大海", **filed, **{"for": VILLAGE})).status_code == 302
    assert village.post(ADDRESS, typed("李大海", **filed)).status_code == 302
    rows = {"day": "2012-03-01", "r0-for": VILLAGE, "r0-f-name": "学", "r0-f-count": "3", "r0-f-speaker": "李大海"}
    assert town.post(GRID, rows | {"do": "file:hold"}).status_code == 302
    assert [values(one)["speaker"] for one in records("study")] == [number] * 3


def test_namesakes_are_told_apart_by_their_codes(trial: Desk) -> None:
    somebody(trial, VILLAGE, "李大海")
    second = enter(code="k-second", name="李大海", day=DAY, by=_IMPORT)
    appoint(person=second, organisation=trial.organisation(VILLAGE), role="member", day=DAY, by=_IMPORT)
    village = trial.client(VILLAGE, "clerk")
    assert "叫“李大海”的人不止一个" in text(village.post(ADDRESS, typed("李大海", **{"f-count": "3"})))
    assert village.post(ADDRESS, typed("k-second", **{"f-count": "3"})).status_code == 302


def test_the_picker_looks_where_the_form_is_for(trial: Desk) -> None:
    town = trial.client(TOWN, "clerk")
    assert 'data-picker="/pick/people"' in text(town.get(ADDRESS))
    assert f'data-picker="/pick/people?at={VILLAGE}"' in text(town.get(f"{ADDRESS}?for={VILLAGE}"))


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
