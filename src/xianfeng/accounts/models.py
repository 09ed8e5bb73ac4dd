"""Accounts: who may sign in as which person. What a person may do comes from appointments, never from an account.

Accounts are working state of this installation, not work of a campaign, so they are no entries of the log (ADR 12);
what is done to them stands in `AccountEvent`, which only grows.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from xianfeng.registry.models import Appointment, Organisation, Person


class Accounts(BaseUserManager["Account"]):
    """Found by name, however it is written."""

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(username__iexact=username)


class Account(AbstractBaseUser):
    """A person's way in. Opened by the office, never by oneself; closed, not deleted."""

    username = models.CharField("用户名", max_length=40, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="accounts")
    is_active = models.BooleanField(default=True)
    acting = models.ForeignKey(Appointment, null=True, on_delete=models.SET_NULL, related_name="+")  # as whom last
    opened = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["person"]

    objects = Accounts()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("username"), name="account_username_once")]


class Invitation(models.Model):
    """A link handed over once, by which somebody sets a password; only the hash of its token is kept."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)
    unconfirmed = models.ForeignKey(  # who issued it, until another administrator says yes: it is no way in before
        Person, null=True, on_delete=models.PROTECT, related_name="+"
    )


class AccountEvent(models.Model):
    """One line of what was done to accounts: when, by whom, what."""

    at = models.DateTimeField(auto_now_add=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="events")
    action = models.CharField(
        max_length=20
    )  # opened, invited, confirmed, accepted, factors_gone, signed_out, seen, closed
    actor = models.CharField(max_length=60)  # as the log names actors; whoever accepts: who invited; else account:<id>


class Link(models.Model):
    """A way for one organisation to file one kind without an account, until a day; only its token's hash is kept.

    Its id is what entries name as their actor, so a link is revoked, not deleted.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="links")
    maker = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="links_made")
    scheme = models.CharField(max_length=64)
    kind = models.CharField(max_length=64)
    many = models.BooleanField(default=False)  # opens the grid instead of one form
    token_hash = models.CharField(max_length=64, unique=True)
    made = models.DateTimeField()  # the same for all of one sending
    made_by = models.CharField(max_length=60)  # as the log names actors
    expires = models.DateTimeField()
    revoked = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = [models.Index(fields=["maker", "-id"], name="link_of_maker")]


class Draft(models.Model):
    """A form put aside before it was filed: nobody's work yet, seen by its account alone, gone once it is filed."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="drafts")
    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")  # whose work it will be
    scheme = models.CharField(max_length=64)
    kind = models.CharField(max_length=64)
    many = models.BooleanField(default=False)  # whether it is a grid
    reference = models.CharField(max_length=80)  # the one under which it will be filed
    typed = models.TextField()  # JSON: input -> texts; personal fields are left out
    kept = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "reference"], name="draft_once")]
