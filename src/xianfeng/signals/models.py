"""What was found: working state that is found again. What people said to it is in the log."""

from __future__ import annotations

from django.db import models
from django.db.models import QuerySet


class Signal(models.Model):
    """One field of a record, or of several of an organisation, that is not as honest work would have it.

    It keeps no text: the records have theirs, the entries that are named here what was said. Of one that is gone it
    keeps no more than what it is known by and since when, should it come back.
    """

    campaign = models.CharField(max_length=64)
    rule = models.CharField(max_length=16)  # its name among `rules.RULES`
    record = models.BigIntegerField()  # the first of them
    field = models.CharField(max_length=64)
    organisation = models.BigIntegerField()  # whoever is asked
    other = models.BigIntegerField(default=0)  # the record that it is held against, 0: none
    told = models.JSONField()  # what its sentence says
    beside = models.JSONField()  # the further records that it was found in
    begun = models.DateField()  # found for the first time
    found = models.DateField()  # as the question that it is now
    gone = models.DateField(null=True)  # not found any more since then, and nothing was said to it
    explained = models.BigIntegerField(null=True)  # the entry with its author's last explanation
    dismissed = models.BigIntegerField(null=True)  # the entry by which the office let it rest

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rule", "record", "field", "other"], name="signal_once")]
        indexes = [models.Index(fields=["campaign", "organisation"], name="signal_organisation")]


def standing() -> QuerySet[Signal]:
    """What is asked: neither mended nor let rest. Nobody reads one that is gone."""
    return Signal.objects.filter(gone=None, dismissed=None)
