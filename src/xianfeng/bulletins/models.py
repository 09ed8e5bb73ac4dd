"""Closed bulletins. A row is written once, by `closing.close`, and never changes: triggers see to it."""

from __future__ import annotations

from django.db import models

from xianfeng.ledger.models import SchemeVersion
from xianfeng.log.numbered import NumberField


class Closing(models.Model):
    """A bulletin at the sequence number it was closed at. Its id is the entry that closed it."""

    id = NumberField(primary_key=True)
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
    content = models.TextField(default="")  # canonical JSON of an issue written at the desk, see content
    sealed = models.BigIntegerField()  # the seal printed in it covers entries 1..sealed
    root = models.CharField(max_length=128)  # hex

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issuer", "series", "number"], name="closing_number")]


class Manuscript(models.Model):
    """An issue being written, checked and signed: working state. Its id is the entry that began it.

    Who did what with which text is in the log; `stage` and what follows it only say where that has got to.
    """

    id = NumberField(primary_key=True)
    scheme = models.CharField(max_length=64)  # the campaign's name
    bulletin = models.CharField(max_length=64)  # the name that it will be closed under
    issuer = models.CharField(max_length=200)
    series = models.CharField(max_length=200)
    content = models.TextField()  # canonical JSON, see content
    revision = models.PositiveIntegerField(default=1)  # whoever writes names the revision he has read
    changed = models.DateTimeField(auto_now=True)
    authors = models.JSONField(default=list)  # persons who have written in it: none of them checks or signs it
    stage = models.CharField(max_length=16)
    version = models.CharField(max_length=64, default="")  # since it was handed in: the scheme version …
    as_of = models.BigIntegerField(null=True)  # … and the entry that its figures are computed from
    proof = models.CharField(max_length=64, default="")  # and the hash of what was checked and signed
    number = models.PositiveIntegerField(null=True)  # from its first signing on
    closing = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "series", "number"], name="manuscript_number"),
            models.UniqueConstraint(
                fields=["scheme", "bulletin"], condition=~models.Q(stage="dropped"), name="manuscript_name"
            ),
        ]
        indexes = [models.Index(fields=["scheme", "stage", "id"], name="manuscript_stage")]
