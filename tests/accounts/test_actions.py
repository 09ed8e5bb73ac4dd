"""Accounts are opened for people in one's charge, entered by a link that works once, closed at once."""

from __future__ import annotations

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from django.db import DatabaseError, transaction
from django.utils import timezone

from tests.accounts.offices import OPERATOR, Offices, refused
from xianfeng.accounts import actions, notices
from xianfeng.accounts.models import Account, AccountEvent, Invitation
from xianfeng.accounts.reader import acting_by

pytestmark = pytest.mark.django_db
GOOD = "雨花台下三月初七-7"


def test_an_invitation_sets_a_password_once() -> None:
    account = Offices.found().account("Lin.Wei")
    assert account.username == "lin.wei"
    token = actions.invite(account=account, by=OPERATOR)
    assert actions.invited(token) == account
    actions.accept(token=token, password=GOOD)
    assert Account.objects.get_by_natural_key("LIN.WEI").check_password(GOOD)
    with refused("accounts.invitation"):
        actions.accept(token=token, password=GOOD)
    assert not Invitation.objects.filter(token_hash=token).exists()  # only its hash is kept
    assert list(AccountEvent.objects.values_list("action", "actor")) == [
        ("opened", "import"),
        ("invited", "import"),
        ("accepted", "import"),  # by whose invitation; who held the link is not known
    ]


def test_a_new_invitation_makes_the_old_one_void_and_it_expires() -> None:
    account = Offices.found().account("lin")
    first, second = (actions.invite(account=account, by=OPERATOR) for _ in range(2))
    assert actions.invited(first) is None
    assert actions.invited(second) == account
    Invitation.objects.update(expires=timezone.now() - dt.timedelta(seconds=1))
    assert actions.invited(second) is None


@pytest.mark.parametrize("weak", ["short-1", "1234567890123", "password123", "lin.wei.2010"])
def test_a_weak_password_is_refused_and_the_link_stays_good(weak: str) -> None:
    account = Offices.found().account("lin.wei")
    token = actions.invite(account=account, by=OPERATOR)
    with refused("accounts.password"):
        actions.accept(token=token, password=weak)
    assert actions.invited(token) == account


def test_accepting_again_removes_lost_second_factors() -> None:
    account = Offices.found().account("lin")
    Authenticator.objects.create(user_id=account.pk, type=Authenticator.Type.TOTP, data={})
    actions.accept(token=actions.invite(account=account, by=OPERATOR), password=GOOD)
    assert not Authenticator.objects.exists()


def test_a_link_that_takes_second_factors_away_needs_two_administrators() -> None:
    offices = Offices.found()
    first, second = (offices.reader(name, (offices.city, "administrator")).actor for name in ("first", "second"))
    leader = offices.account("leader", (offices.city, "leader"))
    Authenticator.objects.create(user_id=leader.pk, type=Authenticator.Type.TOTP, data={})
    token = actions.invite(account=leader, by=first)
    assert (actions.invited(token), actions.waits(token)) == (None, True)
    with refused("accounts.invitation"):
        actions.accept(token=token, password=GOOD)
    with refused("accounts.same_person"):
        actions.confirm_invitation(account=leader, by=first)
    actions.confirm_invitation(account=leader, by=second)
    with refused("accounts.nothing_to_confirm"):
        actions.confirm_invitation(account=leader, by=second)
    actions.accept(token=token, password=GOOD)
    assert [(event.action, event.actor) for event in leader.events.order_by("id")][1:] == [
        ("invited", first.ref),
        ("confirmed", second.ref),
        ("factors_gone", first.ref),
        ("accepted", first.ref),
    ]


def test_one_person_in_two_offices_confirms_nothing_of_his_own() -> None:
    offices = Offices.found()
    reader = offices.reader("twice", (offices.city, "administrator"), (offices.county, "administrator"))
    by = [acting_by(reader.account, held.id).actor for held in reader.held if reader.account]
    clerk = offices.account("clerk", (offices.town, "clerk"))
    Authenticator.objects.create(user_id=clerk.pk, type=Authenticator.Type.TOTP, data={})
    actions.invite(account=clerk, by=by[0])
    with refused("accounts.same_person"):
        actions.confirm_invitation(account=clerk, by=by[1])


def test_the_holder_is_told_what_others_did_until_he_has_read_it() -> None:
    offices = Offices.found()
    by = offices.reader("admin", (offices.city, "administrator")).actor
    leader = offices.account("leader", (offices.city, "leader"))

    def told() -> list[tuple[str, str]]:
        return [(event.action, event.actor) for event in notices.untold(leader)]

    actions.accept(token=actions.invite(account=leader, by=OPERATOR), password=GOOD)
    assert told() == []  # his own beginning
    again = [("invited", by.ref), ("accepted", by.ref)]
    actions.accept(token=actions.invite(account=leader, by=by), password=GOOD)
    assert told() == again
    actions.seen(account=leader)
    assert told() == []
    actions.sign_out(account=leader, by=by)
    assert told() == [("signed_out", by.ref)]
    actions.accept(token=actions.invite(account=leader, by=OPERATOR), password=GOOD)
    # whoever read it before may have been somebody else
    assert told() == [*again, ("signed_out", by.ref), ("invited", "import"), ("accepted", "import")]


def test_a_closed_account_is_no_way_in() -> None:
    account = Offices.found().account("lin")
    token = actions.invite(account=account, by=OPERATOR)
    actions.close_account(account=account, by=OPERATOR)
    assert actions.invited(token) is None
    for again in (actions.invite, actions.close_account):
        with refused("accounts.closed"):
            again(account=account, by=OPERATOR)


@pytest.mark.parametrize("taken", ["lin", "LIN", "ｌｉｎ", " lin "])
def test_a_name_is_one_name_however_it_is_written(taken: str) -> None:
    offices = Offices.found()
    offices.account("lin")
    with refused("accounts.username_taken"):
        actions.open_account(person=offices.person("other"), username=taken, by=OPERATOR)


@pytest.mark.parametrize("name", ["", "a", "a b", "林@", "<b>", "x" * 41])
def test_names_that_cannot_be(name: str) -> None:
    with refused("accounts.username"):
        actions.open_account(person=Offices.found().person("p"), username=name, by=OPERATOR)


def test_an_administrator_opens_for_those_in_his_subtree_only() -> None:
    offices = Offices.found()
    by = offices.reader("admin", (offices.county, "administrator")).actor
    below = offices.person("below", (offices.town, "clerk"))
    assert actions.open_account(person=below, username="below", by=by).person_id == below
    for code, posts in {
        "above": [(offices.city, "office")],
        "beside": [(offices.beside, "clerk")],
        "both": [(offices.town, "clerk"), (offices.city, "leader")],
        "nowhere": [],
    }.items():
        with refused("accounts.outside"):
            actions.open_account(person=offices.person(code, *posts), username=code, by=by)


def test_an_administrator_takes_over_nobody_above() -> None:
    offices = Offices.found()
    by = offices.reader("admin", (offices.county, "administrator")).actor
    mayor = offices.account("mayor", (offices.city, "leader"))
    for act in (actions.invite, actions.close_account):
        with refused("accounts.outside"):
            act(account=mayor, by=by)


def test_others_open_nothing() -> None:
    offices = Offices.found()
    by = offices.reader("office", (offices.city, "office")).actor
    with refused("accounts.not_allowed"):
        actions.open_account(person=offices.person("p", (offices.town, "clerk")), username="p", by=by)


def test_what_was_done_to_accounts_is_never_rewritten() -> None:
    Offices.found().account("lin")
    for change in (lambda: AccountEvent.objects.update(actor="x"), lambda: AccountEvent.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
