"""Private addresses of agendas: of each only the hash of its token is kept."""

from __future__ import annotations

from django.db import models

from xianfeng.accounts.models import Account
from xianfeng.registry.models import Appointment


class Feed(models.Model):
    """A private address from which a calendar program reads what an appointment has before it; working state."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="feeds")
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    below = models.BooleanField(default=False)  # with the meetings and rosters of whoever stands under it
    token_hash = models.CharField(max_length=64, unique=True)
    made = models.DateTimeField()
    revoked = models.DateTimeField(null=True)
    read = models.DateField(null=True)  # the last day on which somebody fetched it
