"""What one thing answers and what a list answers are the same answer, for every reader."""

from __future__ import annotations

import datetime as dt

import pytest
from pytest_django.fixtures import Settings

from tests.accounts.offices import Offices
from tests.web.conftest import Site
from xianfeng.accounts.models import Account
from xianfeng.accounts.reader import Reader, acting_by
from xianfeng.ledger import actions, versions
from xianfeng.ledger.models import Record
from xianfeng.registry import tree
from xianfeng.registry.actions import appoint, enter, move
from xianfeng.registry.models import Organisation
from xianfeng.web.scope import Scope

COUNTY, TOWN, OTHER_TOWN, VILLAGE = "350121", "350121105", "350121108", "350121105201"
BRANCH = f"{VILLAGE}-D"
DAY = dt.date(2010, 1, 4)


@pytest.fixture
def books(site: Site, settings: Settings) -> Site:
    settings.XIANFENG_SYNTHETIC = False
    return site


def at(code: str) -> int:
    found = tree.by_code(code)
    assert found is not None
    return found.id


def reader(site: Site, code: str, role: str) -> Reader:
    name = f"{role}-{code}"
    person = enter(code=name, name=name, day=DAY, by=site.office)
    appoint(person=person, organisation=at(code), role=role, day=DAY, by=site.office)
    return acting_by(Account.objects.create(username=name.lower(), person_id=person))


def readers(site: Site) -> list[Scope]:
    site.found_branches(TOWN)
    places = (
        ("350100", "office"),
        (COUNTY, "leader"),
        (TOWN, "clerk"),
        (OTHER_TOWN, "reviewer"),
        (BRANCH, "clerk"),
        (BRANCH, "leader"),
    )
    return [Scope(Reader.public()), *(Scope(reader(site, code, role)) for code, role in places)]


def test_one_and_many_agree(books: Site) -> None:
    for code in ("350100", COUNTY, TOWN, OTHER_TOWN, VILLAGE):
        books.file("task_force", code, name="有公开栏目")
        books.file("site_service", code, members=7)
        books.file("commitment_letter", code, goals="草稿")
    (gone,) = books.file("task_force", TOWN, name="撤销的")
    actions.withdraw(by=books.office, record=gone, reason="重复")
    for scope in readers(books):
        listed = set(scope.records(Record.objects.all()).values_list("id", flat=True))
        assert listed == {one.id for one in Record.objects.all() if scope.record(one)}
        full = set(scope.records_in_full(Record.objects.all()).values_list("id", flat=True))
        assert full == {one.id for one in Record.objects.all() if scope.full(one)}
        known = set(scope.organisations(Organisation.objects.all()).values_list("id", flat=True))
        assert known == scope.all_within(Organisation.objects.values_list("id", flat=True))


def test_how_much_each_reader_sees(books: Site) -> None:
    for code in ("350100", COUNTY, TOWN, OTHER_TOWN, VILLAGE):
        books.file("site_service", code, members=7)
    seen = [scope.records(Record.objects.all()).count() for scope in readers(books)]
    assert seen == [0, 5, 4, 2, 1, 1, 0]


def test_a_record_that_was_handed_over_is_read_by_its_holder_too(books: Site) -> None:
    (number,) = books.file("commitment_letter", TOWN, goals="草稿")
    there, here = Scope(reader(books, OTHER_TOWN, "clerk")), Scope(reader(books, TOWN, "clerk"))
    assert not there.full(Record.objects.get(id=number))
    actions.hand_over(by=books.office, record=number, to=at(OTHER_TOWN), day=dt.date(2010, 9, 1), reason="划转")
    again = Scope(there.reader)
    assert again.full(Record.objects.get(id=number))
    assert Scope(here.reader).full(Record.objects.get(id=number))


def test_who_moved_away_takes_later_work_along_and_leaves_the_earlier(books: Site) -> None:
    (before,) = books.file("site_service", TOWN, members=7)
    old, new = (Scope(reader(books, code, "leader")) for code in (COUNTY, "350100"))
    move(organisation=at(TOWN), parent=at("350100"), day=dt.date(2010, 7, 1), by=books.office)
    (after,) = books.file("site_service", TOWN, members=8, day=dt.date(2010, 8, 1))
    for scope, numbers in ((old, {before}), (new, {before, after})):
        assert set(Scope(scope.reader).records(Record.objects.all()).values_list("id", flat=True)) == numbers
    assert not Scope(old.reader).within(at(TOWN))


def test_only_the_office_of_the_whole_campaign_runs_it(books: Site) -> None:
    scheme = versions.current("fuzhou-2010")
    roles = (("350100", "office"), (COUNTY, "office"), ("350100", "leader"))
    assert [Scope(reader(books, *where)).runs(scheme) for where in roles] == [True, False, False]
    assert not Scope(Reader.public()).runs(scheme)


def test_a_demonstration_shows_everything_to_the_public_and_to_a_reader_what_is_his(
    site: Site, settings: Settings
) -> None:
    settings.XIANFENG_SYNTHETIC = True
    site.file("site_service", OTHER_TOWN, members=7)
    public, clerk = Scope(Reader.public()), Scope(reader(site, TOWN, "clerk"))
    assert [scope.records(Record.objects.all()).count() for scope in (public, clerk)] == [1, 0]


def test_what_is_filed_after_the_demonstration_is_no_more_public_than_elsewhere(site: Site, settings: Settings) -> None:
    (shown,) = site.file("site_service", OTHER_TOWN, members=7)
    (changed,) = site.file("site_service", OTHER_TOWN, members=8)
    settings.XIANFENG_DEMONSTRATED = changed
    (later,) = site.file("site_service", OTHER_TOWN, members=9)
    actions.amend(by=site.office, record=changed, values={"members": 10}, reason="少数了两个", day=dt.date(2010, 6, 2))
    public = Scope(Reader.public())
    assert list(public.records(Record.objects.all()).values_list("id", flat=True)) == [shown]
    records = Record.objects.in_bulk([shown, changed, later])
    assert [public.full(records[number]) for number in (shown, changed, later)] == [True, False, False]
    clerk = Scope(reader(site, OTHER_TOWN, "clerk"))
    assert clerk.full(records[later])


def test_personal_fields_are_for_those_who_may(books: Site) -> None:
    (number,) = books.file("site_service", TOWN, members=7)
    record = Record.objects.get(id=number)
    allowed = {role: Scope(reader(books, COUNTY, role)).personal(record) for role in ("office", "leader", "clerk")}
    assert allowed == {"office": True, "leader": False, "clerk": False}


def test_without_an_appointment_one_is_the_public(books: Site) -> None:
    books.file("site_service", TOWN, members=7)
    scope = Scope(acting_by(Offices.found().account("idle")))
    assert not scope.records(Record.objects.all()).exists()
    assert scope.key == ()


def test_the_newest_version_says_what_is_public_of_records_filed_before_it(books: Site) -> None:
    (number,) = books.file("task_force", TOWN, name="公开过的名字")
    record, public = Record.objects.get(id=number), Scope(Reader.public())
    assert "name" in public.record_fields(record)
    package = versions.package(versions.current("fuzhou-2010").hash)
    name = "name: {type: text, title: 名称, required: true, public: true}"
    hidden = {path: text.replace(name, name.replace("public: true", "public: false")) for path, text in package.items()}
    actions.adopt(hidden, by=books.office)
    closed = Scope(Reader.public())
    assert not closed.record(record)
    assert not closed.record_fields(record)
    assert number not in closed.records(Record.objects.all()).values_list("id", flat=True)
    assert books.client.get(f"/records/{number}").status_code == 404
    actions.adopt({path: f"{text}\n# open again\n" for path, text in package.items()}, by=books.office)
    assert Scope(Reader.public()).record(record)
