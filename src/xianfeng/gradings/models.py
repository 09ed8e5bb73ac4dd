"""Proposals and their lines. Both are written once; what is decided is a record."""

from __future__ import annotations

from django.db import models

from xianfeng.ledger.models import SchemeVersion
from xianfeng.registry.models import Organisation, Place


class Proposal(models.Model):
    """What the figures propose for everybody in a period, as of an entry. Its id is its number, gapless."""

    seq = models.BigIntegerField(unique=True)  # of its entry
    campaign = models.CharField(max_length=64)
    scheme = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="+")
    grading = models.CharField(max_length=64)  # its name in the scheme
    since = models.DateField()
    until = models.DateField()
    as_of = models.BigIntegerField()
    lines = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)  # SHA-256 of its lines, see `lines`

    class Meta:
        indexes = [models.Index(fields=["campaign", "grading", "until", "id"], name="proposal_last")]


class ProposalLine(models.Model):
    """One organisation's; what keeps it whole is its proposal's digest.

    Points are hundredths; `facts` is the JSON of `lines.Facts`.
    """

    proposal = models.ForeignKey(
        Proposal, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    grade = models.CharField(max_length=64)  # '': none is proposed
    total = models.IntegerField()  # -1: not known
    facts = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "organisation"], name="proposal_line")]
