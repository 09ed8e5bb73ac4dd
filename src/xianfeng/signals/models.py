"""What was found: working state that is found again. What people said to it is in the log."""

from __future__ import annotations

from django.db import models


class Signal(models.Model):
    """One field of a record that is not as a piece of work of its own would be, beside the record that it is like.

    It keeps no text: the two records have theirs, the entries that are named here what was said.
    """

    campaign = models.CharField(max_length=64)
    rule = models.CharField(max_length=16)  # `finding.COPIED` or `finding.SAME_FILE`
    record = models.BigIntegerField()
    field = models.CharField(max_length=64)
    organisation = models.BigIntegerField()  # the record's
    other = models.BigIntegerField()  # the record that it is most like, filed earlier
    share = models.PositiveSmallIntegerField()  # of 100
    found = models.DateField()
    explained = models.BigIntegerField(null=True)  # the entry with its author's last explanation
    dismissed = models.BigIntegerField(null=True)  # the entry by which the office let it rest

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rule", "record", "field", "other"], name="signal_once")]
        indexes = [models.Index(fields=["campaign", "organisation"], name="signal_organisation")]
