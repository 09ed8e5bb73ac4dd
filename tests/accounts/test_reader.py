"""A reader is what the appointment acted by makes of him, and nothing of what he was."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.accounts.offices import OPERATOR, Offices, refused
from xianfeng.accounts import reader
from xianfeng.accounts.abilities import Ability
from xianfeng.accounts.reach import Reach
from xianfeng.accounts.reader import Reader
from xianfeng.registry import places
from xianfeng.registry.actions import close, end_appointment, move

pytestmark = pytest.mark.django_db


def test_the_public_is_nobody() -> None:
    public = Reader.public()
    assert (public.organisation, public.paths, public.abilities) == (None, (), frozenset())
    with refused("accounts.no_appointment"):
        _ = public.actor


def test_one_acts_by_the_appointment_last_used() -> None:
    offices = Offices.found()
    account = offices.account("lin", (offices.town, "reviewer"), (offices.beside, "leader"))
    first, second = reader.held_by(account)
    assert reader.acting_by(account).appointment == first
    assert reader.acting_by(account, second.id).abilities == {Ability.READ, Ability.ANSWER, Ability.SURVEY}
    account.acting_id = second.id
    assert reader.acting_by(account).appointment == second
    assert reader.acting_by(account).actor.organisation == offices.beside
    assert reader.acting_by(account, 10**12).appointment == second  # not his: as if not asked


def test_an_appointment_that_ended_gives_nothing() -> None:
    offices = Offices.found()
    account = offices.account("lin", (offices.town, "reviewer"))
    (held,) = reader.held_by(account)
    end_appointment(appointment=held.id, day=dt.date(2012, 1, 1), by=OPERATOR)
    gone = reader.acting_by(account, held.id)
    assert gone.signed_in
    assert (gone.appointment, gone.paths, gone.abilities) == (None, (), frozenset())


def test_an_office_without_a_campaign_at_its_root_runs_none() -> None:
    offices = Offices.found()
    office = offices.reader("lin", (offices.county, "office"))
    assert not office.can(Ability.OFFICE)
    assert office.can(Ability.PERSONAL)


def test_a_role_that_only_a_scheme_knows_reads_and_files() -> None:
    offices = Offices.found()
    assert offices.reader("lin", (offices.town, "party_secretary")).abilities == {
        Ability.READ,
        Ability.FILE,
        Ability.ANSWER,
    }


def test_a_subtree_is_itself_and_all_below() -> None:
    offices = Offices.found()
    reach = Reach(offices.reader("lin", (offices.county, "leader")).paths)
    everybody = [offices.city, offices.county, offices.town, offices.beside]
    assert reach.organisations(everybody) == {offices.county, offices.town}
    assert not Reach(()).organisations(everybody)


def test_work_stays_where_it_was_done_when_an_organisation_moves() -> None:
    offices = Offices.found()
    account = offices.account("itself", (offices.town, "leader"))
    before = places.current([offices.town])[offices.town]
    move(organisation=offices.town, parent=offices.beside, day=dt.date(2011, 1, 1), by=OPERATOR)
    after = places.current([offices.town])[offices.town]
    old, new = (
        Reach(offices.reader(name, (at, "leader")).paths)
        for name, at in (("old", offices.county), ("new", offices.beside))
    )
    itself = Reach(reader.acting_by(account).paths)
    assert (old.places([before, after]), old.organisation(offices.town)) == ({before}, False)
    assert (new.places([before, after]), new.organisation(offices.town)) == ({after}, True)
    assert itself.places([before, after]) == {before, after}


def test_a_closed_organisation_lies_where_it_stood_last() -> None:
    offices = Offices.found()
    move(organisation=offices.town, parent=offices.beside, day=dt.date(2011, 1, 1), by=OPERATOR)
    close(organisation=offices.town, day=dt.date(2011, 1, 1), by=OPERATOR)
    assert Reach(offices.reader("new", (offices.beside, "leader")).paths).organisation(offices.town)
    assert not Reach(offices.reader("old", (offices.county, "leader")).paths).organisation(offices.town)
