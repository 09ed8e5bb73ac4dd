"""Everything that is done to accounts: keyword-only, atomic, `by=` an actor, one line in `AccountEvent`."""

from __future__ import annotations

import datetime as dt
import re

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from xianfeng import tokens
from xianfeng.accounts import abilities, attempts, reach
from xianfeng.accounts.abilities import Ability
from xianfeng.accounts.models import Account, AccountEvent, Invitation
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.problems import Problem, Problems
from xianfeng.registry.models import Appointment, Person
from xianfeng.sentences import say

VALID = dt.timedelta(days=7)  # how long an invitation may lie about
_GOOD = Q(used=None, account__is_active=True)
_USERNAME = re.compile(r"[\w.-]{2,40}")


@transaction.atomic
def open_account(*, person: int, username: str, by: Actor) -> Account:
    """A way in for a person, who gets a password by an invitation."""
    _refuse(person, by)
    if not Person.objects.filter(id=person).exists():
        raise Problem(
            "accounts.unknown_person", say("没有编号为 {person} 的人员。", person=person), hint="先登记人员。"
        )
    name = attempts.normal(username)
    if not _USERNAME.fullmatch(name):
        hint = say("用 2 到 40 个汉字、字母、数字、点、横线或下划线。")
        raise Problem("accounts.username", say("“{username}”不能作用户名。", username=username), hint=hint)
    if Account.objects.filter(username__iexact=name).exists():
        raise Problem("accounts.username_taken", say("用户名“{name}”已有人用。", name=name), hint="换一个用户名。")
    account = Account(username=name, person_id=person)
    account.set_unusable_password()
    account.save()
    _note(account, "opened", by.ref)
    return account


@transaction.atomic
def invite(*, account: Account, by: Actor) -> str:
    """The token of a link by which a password is set, once; what was handed over before is no longer good.

    Where it would take second factors away, another administrator has to confirm it first; the operator need not ask.
    """
    _refuse(account.person_id, by)
    if not account.is_active:
        raise Problem(
            "accounts.closed", say("账号“{username}”已停用。", username=account.username), hint="另开一个账号。"
        )
    account.invitations.filter(used=None).delete()
    token = tokens.fresh()
    guarded = by.kind is ActorKind.APPOINTMENT and Authenticator.objects.filter(user_id=account.pk).exists()
    Invitation.objects.create(
        account=account,
        token_hash=tokens.kept(token),
        expires=by.moment + VALID,
        unconfirmed_id=_person_of(by) if guarded else None,
    )
    _note(account, "invited", by.ref)
    return token


def unconfirmed(account: Account) -> Invitation | None:
    """The invitation that waits for another administrator."""
    return account.invitations.filter(_GOOD, expires__gt=timezone.now()).exclude(unconfirmed=None).first()


@transaction.atomic
def confirm_invitation(*, account: Account, by: Actor) -> None:
    """Another person than who issued it vouches for it as well."""
    _refuse(account.person_id, by)
    invitation = unconfirmed(account)
    if invitation is None:
        raise Problem(
            "accounts.nothing_to_confirm", "没有等待确认的邀请链接。", hint="看一看办理过程，可能已经确认过。"
        )
    if by.kind is ActorKind.APPOINTMENT and invitation.unconfirmed_id == _person_of(by):
        hint = say("请另一位系统管理员在这个账号的页面上确认。")
        raise Problem("accounts.same_person", "自己发出的邀请不能自己确认。", hint=hint)
    invitation.unconfirmed = None
    invitation.save(update_fields=["unconfirmed"])
    _note(account, "confirmed", by.ref)


def invited(token: str) -> Account | None:
    """Whose invitation this is, while it is good."""
    found = _invitation(token).select_related("account").first()
    return found.account if found else None


def waits(token: str) -> bool:
    """Whether an invitation would be good, had another administrator confirmed it."""
    good = Invitation.objects.filter(_GOOD, expires__gt=timezone.now(), token_hash=tokens.kept(token))
    return good.exclude(unconfirmed=None).exists()


@transaction.atomic
def accept(*, token: str, password: str) -> Account:
    """Set the password by an invitation. The office vouched for the person anew, so lost second factors go as well.

    Who holds the link is not known, only who issued it: that is what is written.
    """
    invitation = _invitation(token).select_for_update(of=("self",)).select_related("account").first()
    if invitation is None:
        hint = say("链接只能用一次，七天内有效。请向开账号的工作人员要一个新的。")
        raise Problem("accounts.invitation", "这个邀请链接已经用过、过期或不完整。", hint=hint)
    account = invitation.account
    set_password(account=account, password=password)
    inviter = account.events.filter(action="invited").latest("id").actor
    factors, _ = Authenticator.objects.filter(user_id=account.pk).delete()
    invitation.used = timezone.now()
    invitation.save(update_fields=["used"])
    if factors:
        _note(account, "factors_gone", inviter)
    _note(account, "accepted", inviter)
    return account


@transaction.atomic
def sign_out(*, account: Account, by: Actor) -> None:
    """Whoever is signed in by it is out at once."""
    _refuse(account.person_id, by, or_once=True)
    _end_sessions(account)
    _note(account, "signed_out", by.ref)


def seen(*, account: Account) -> None:
    """Its holder has read what others did to his account."""
    _note(account, "seen", f"account:{account.pk}")


@transaction.atomic
def close_account(*, account: Account, by: Actor) -> None:
    """Nobody signs in by it any more, and whoever is signed in is out; what was done stays."""
    _refuse(account.person_id, by, or_once=True)
    if not account.is_active:
        raise Problem(
            "accounts.closed", say("账号“{username}”已停用。", username=account.username), hint="不必再停用。"
        )
    account.is_active = False
    account.set_unusable_password()
    account.save(update_fields=["is_active", "password"])
    account.invitations.filter(used=None).delete()
    _end_sessions(account)
    _note(account, "closed", by.ref)


def set_password(*, account: Account, password: str) -> None:
    """Refused with every reason at once when it is too weak."""
    try:
        validate_password(password, account)
    except ValidationError as weak:
        problems = [Problem("accounts.password", message) for message in weak.messages]
        raise Problems(problems, code="accounts.password", message="密码不合要求。", hint="换一个密码。") from weak
    account.set_password(password)
    account.save(update_fields=["password"])


def _refuse(person: int, by: Actor, *, or_once: bool = False) -> None:
    """The operator at this machine may; an administrator for those whose appointments all lie in his subtree.

    `or_once`: of who holds none any more, those once held count.
    """
    if by.kind is ActorKind.IMPORT:
        return
    if by.kind is not ActorKind.APPOINTMENT or by.organisation is None or Ability.ACCOUNTS not in abilities.of(by.role):
        raise Problem("accounts.not_allowed", "只有系统管理员能开、停账号。", hint="请本级系统管理员办理。")
    held = Appointment.objects.filter(person=person)
    organisations = set(held.filter(until=None).values_list("organisation_id", flat=True))
    if or_once and not organisations:
        organisations = set(held.values_list("organisation_id", flat=True))
    within = reach.Reach(reach.holding(by.organisation)).organisations(organisations)
    if not organisations or organisations - within:
        hint = say("先登记任职；有上级或别处任职的人，请那里的系统管理员办理。")
        raise Problem("accounts.outside", "此人的任职不全在您管理的范围内。", hint=hint)


def _invitation(token: str) -> QuerySet[Invitation]:
    good = Invitation.objects.filter(_GOOD, expires__gt=timezone.now(), unconfirmed=None)
    return good.filter(token_hash=tokens.kept(token))


def _person_of(by: Actor) -> int:
    return Appointment.objects.values_list("person_id", flat=True).get(id=by.id)


def _end_sessions(account: Account) -> None:
    for session in UserSession.objects.filter(user_id=account.pk):
        session.end()


def _note(account: Account, action: str, actor: str) -> None:
    AccountEvent.objects.create(account=account, action=action, actor=actor)
