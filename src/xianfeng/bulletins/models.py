"""Closed bulletins. A row is written once, by `closing.close`, and never changes: triggers see to it."""

from __future__ import annotations

from django.db import models

from xianfeng.ledger.models import SchemeVersion


class Closing(models.Model):
    """A bulletin at the sequence number it was closed at. Its id is the entry that closed it."""

    id = models.BigIntegerField(primary_key=True)
    issuer = models.CharField(max_length=200)
    series = models.CharField(max_length=200)
    number = models.PositiveIntegerField()
    scheme = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="+")
    bulletin = models.CharField(max_length=64)  # its name in the scheme
    issued = models.DateField()
    as_of = models.BigIntegerField()  # the books were closed at this entry
    tree = models.BigIntegerField()  # the last entry up to there that changed the registry
    template = models.CharField(max_length=64)  # SHA-256 of its text
    document = models.TextField()  # canonical JSON, see serial
    sealed = models.BigIntegerField()  # the seal printed in it covers entries 1..sealed
    root = models.CharField(max_length=128)  # hex

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issuer", "series", "number"], name="closing_number")]
