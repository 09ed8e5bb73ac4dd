"""The real divisions come in by any part, all or nothing, however often and however rudely interrupted."""

from __future__ import annotations

import datetime as dt
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection

from tests.databases import Database
from tests.registry.trees import DAY, refused
from xianfeng.log.actors import CLOCK
from xianfeng.log.append import head
from xianfeng.log.models import Entry, Posting
from xianfeng.paths import PROJECT
from xianfeng.registry import divisions, places, rebuild, tree
from xianfeng.registry.actions import rename
from xianfeng.registry.models import Affiliation, Organisation, Place

SOURCE = PROJECT / divisions.SOURCE


def names(level: str) -> list[str]:
    return list(Organisation.objects.filter(level=level).order_by("code").values_list("name", flat=True))


@pytest.mark.django_db
def test_a_district_comes_with_what_stands_above_it() -> None:
    assert divisions.import_(SOURCE, under=["440404"], by=CLOCK) == 4 + 6 + 44
    assert names("nation") == ["中华人民共和国"]
    assert (names("province"), names("city"), names("county")) == (["广东省"], ["珠海市"], ["金湾区"])
    assert len(names("township")) == 6
    assert len(names("village")) == 44
    district = Organisation.objects.get(code="440404")
    assert [node.code for node in tree.path(district.id, DAY)] == ["000000", "440000", "440400", "440404"]
    assert (district.founded, district.type) == (None, "division")
    assert rebuild.compare() == []


@pytest.mark.django_db
@pytest.mark.parametrize(("township", "name"), [("420684103", "高\ue170村委会"), ("450681101", "\ue08b尾村村委会")])
def test_a_village_whose_name_has_a_character_of_the_private_area_comes_in(township: str, name: str) -> None:
    divisions.import_(SOURCE, under=[township], by=CLOCK)
    assert name in names("village")


@pytest.mark.django_db
def test_what_was_always_there_is_an_entry_but_no_event() -> None:
    divisions.import_(SOURCE, under=["440404"], by=CLOCK)
    assert set(Entry.objects.values_list("stream", "action")) == {("organisation", "import")}
    assert not Posting.objects.exists()


@pytest.mark.django_db
def test_again_and_wider_adds_only_what_is_missing() -> None:
    divisions.import_(SOURCE, under=["440404100"], by=CLOCK)
    before = dict(Organisation.objects.values_list("code", "id"))
    added = divisions.import_(SOURCE, under=["440404", "350112"], by=CLOCK)
    assert Organisation.objects.count() == len(before) + added
    assert dict(Organisation.objects.filter(code__in=before).values_list("code", "id")) == before
    assert divisions.import_(SOURCE, under=["350112"], by=CLOCK) == 0
    assert Affiliation.objects.filter(parent=None).count() == 1


@pytest.mark.django_db
def test_a_division_that_was_recoded_here_is_not_brought_in_twice() -> None:
    divisions.import_(SOURCE, under=["440404"], by=CLOCK)
    district = Organisation.objects.get(code="440404")
    rename(organisation=district.id, code="440499", name="新区", day=dt.date(2020, 1, 1), by=CLOCK)
    assert divisions.import_(SOURCE, under=["440404"], by=CLOCK) == 0


@pytest.mark.django_db
def test_counties_bear_the_names_of_their_time() -> None:
    divisions.import_(SOURCE, under=["350112001", "120118100"], by=CLOCK)
    for now, then, former, last in (
        ("350112", "350182", "长乐市", dt.date(2017, 11, 5)),
        ("120118", "120223", "静海县", dt.date(2015, 7, 22)),
    ):
        county = Organisation.objects.get(code=now)
        on = tree.named([county.id], last)[county.id]
        assert (on.code, on.name) == (then, former)
        bearer = tree.by_code(then, DAY)
        assert bearer is not None
        assert bearer.id == county.id
        assert tree.named([county.id], last + dt.timedelta(days=1))[county.id].code == now


@pytest.mark.django_db
def test_a_prefecture_without_counties_stands_in_as_its_own() -> None:
    divisions.import_(SOURCE, under=["441900003"], by=CLOCK)
    street = Organisation.objects.get(code="441900003")
    codes_above = [node.code for node in tree.path(street.id, DAY)]
    assert codes_above == ["000000", "440000", "441900", "441900000", "441900003"]


@pytest.mark.django_db
def test_villages_and_communities_are_told_apart() -> None:
    divisions.import_(SOURCE, under=["350112"], by=CLOCK)
    villages = Organisation.objects.filter(level="village").values_list("code", "category")
    expected = {code: "community" if int(code[-3:]) < 200 else "village" for code, _ in villages}
    assert dict(villages) == expected
    assert set(Counter(expected.values())) == {"community", "village"}


@pytest.mark.django_db
def test_unknown_codes_and_files_that_are_none_are_refused(tmp_path: Path) -> None:
    with refused("registry.unknown_division"):
        divisions.import_(SOURCE, under=["440404", "350182"], by=CLOCK)
    with refused("registry.no_divisions"):
        divisions.import_(tmp_path / "data.sqlite", by=CLOCK)
    (tmp_path / "data.sqlite").write_text("no database")
    with refused("registry.not_divisions"):
        divisions.import_(tmp_path / "data.sqlite", by=CLOCK)
    assert head() == 0


_IMPORT = """
import os, resource, signal, django
django.setup()
from pathlib import Path
from xianfeng.log.actors import CLOCK
from xianfeng.registry import divisions
{before}
divisions.import_(Path({source!r}), under=["350100"], by=CLOCK, progress=lambda done: {during})
"""


def _interrupted(database: Database, *, before: str = "", during: str = "None") -> subprocess.CompletedProcess[bytes]:
    script = _IMPORT.format(before=before, during=during, source=str(SOURCE))
    return subprocess.run([sys.executable, "-c", script], env=database.environment, capture_output=True, check=False)


def _comes_in_whole_afterwards() -> None:
    assert (head(), Organisation.objects.count(), Place.objects.count()) == (0, 0, 0)
    assert divisions.import_(SOURCE, under=["350100"], by=CLOCK) == 3 + 13 + 186 + 3022
    assert Entry.objects.count() == head() == 3224
    assert len(places.current(Organisation.objects.values_list("id", flat=True))) == 3224


@pytest.mark.parametrize("name", ["SIGKILL", "SIGINT", "SIGTERM"])
def test_a_killed_import_leaves_nothing(transactional: Database, name: str) -> None:
    heeded = "signal.signal(signal.SIGINT, signal.default_int_handler)"  # a background job starts with it ignored
    child = _interrupted(transactional, before=heeded, during=f"done > 100 and os.kill(os.getpid(), signal.{name})")
    assert child.returncode == -getattr(signal, name)
    _comes_in_whole_afterwards()


@pytest.mark.database_file
def test_a_full_disk_leaves_nothing(transactional: Database) -> None:
    limit = "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (10**6, 10**6))"
    child = _interrupted(transactional, before=limit)
    assert child.returncode == 1
    assert b"OperationalError" in child.stderr
    _comes_in_whole_afterwards()


@pytest.mark.database_server
def test_a_full_disk_on_the_server_leaves_nothing(transactional: Database) -> None:
    """The counterpart: the server ends a statement in the middle, as it does when its disk is full."""
    with connection.cursor() as cursor:
        cursor.execute(_DISK_FULL)
    child = _interrupted(transactional)
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER disk ON registry_place")
    assert child.returncode == 1
    assert b"DiskFull" in child.stderr
    _comes_in_whole_afterwards()


_DISK_FULL = """
CREATE FUNCTION disk() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN IF NEW.id > 1500 THEN RAISE disk_full; END IF; RETURN NEW; END $$;
CREATE TRIGGER disk BEFORE INSERT ON registry_place FOR EACH ROW EXECUTE FUNCTION disk();
"""
