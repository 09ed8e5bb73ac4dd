"""Counterfoils: what lets somebody without an account go on with the record that he filed."""

from __future__ import annotations

from django.db import models

from xianfeng.ledger.models import Record


class Counterfoil(models.Model):
    """The code of one record, as a keyed hash: whoever reads the table learns no code."""

    record = models.OneToOneField(Record, on_delete=models.PROTECT, related_name="counterfoil")
    digest = models.CharField(max_length=64, unique=True)
