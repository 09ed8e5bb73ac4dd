"""Everything that is done to accounts: keyword-only, atomic, `by=` an actor, one line in `AccountEvent`."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import secrets

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from xianfeng.accounts import abilities, attempts, reach
from xianfeng.accounts.abilities import Ability
from xianfeng.accounts.models import Account, AccountEvent, Invitation
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.problems import Problem, Problems
from xianfeng.registry.models import Appointment, Person
from xianfeng.sentences import say

VALID = dt.timedelta(days=7)  # how long an invitation may lie about
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
    """The token of a link by which a password is set, once; what was handed over before is no longer good."""
    _refuse(account.person_id, by)
    if not account.is_active:
        raise Problem(
            "accounts.closed", say("账号“{username}”已停用。", username=account.username), hint="另开一个账号。"
        )
    account.invitations.filter(used=None).delete()
    token = secrets.token_urlsafe(32)
    Invitation.objects.create(account=account, token_hash=_hash(token), expires=timezone.now() + VALID)
    _note(account, "invited", by.ref)
    return token


def invited(token: str) -> Account | None:
    """Whose invitation this is, while it is good."""
    found = _invitation(token).select_related("account").first()
    return found.account if found else None


@transaction.atomic
def accept(*, token: str, password: str) -> Account:
    """Set the password by an invitation. The office vouched for the person anew, so lost second factors go as well."""
    invitation = _invitation(token).select_for_update(of=("self",)).select_related("account").first()
    if invitation is None:
        hint = say("链接只能用一次，七天内有效。请向开账号的工作人员要一个新的。")
        raise Problem("accounts.invitation", "这个邀请链接已经用过、过期或不完整。", hint=hint)
    account = invitation.account
    set_password(account=account, password=password)
    Authenticator.objects.filter(user_id=account.pk).delete()
    invitation.used = timezone.now()
    invitation.save(update_fields=["used"])
    _note(account, "accepted", f"account:{account.pk}")
    return account


@transaction.atomic
def close_account(*, account: Account, by: Actor) -> None:
    """Nobody signs in by it any more, and whoever is signed in is out; what was done stays."""
    _refuse(account.person_id, by, or_once=True)
    if not account.is_active:
        raise Problem(
            "accounts.closed", say("账号“{username}”已停用。", username=account.username), hint="不必再停用。"
        )
    account.is_active = False
    account.set_unusable_password()  # sessions are bound to the password
    account.save(update_fields=["is_active", "password"])
    account.invitations.filter(used=None).delete()
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
    good = Invitation.objects.filter(used=None, expires__gt=timezone.now(), account__is_active=True)
    return good.filter(token_hash=_hash(token))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _note(account: Account, action: str, actor: str) -> None:
    AccountEvent.objects.create(account=account, action=action, actor=actor)
