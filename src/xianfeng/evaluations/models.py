"""Rounds of evaluations, with the electorates that are asked in them: working state.

Who did what is in the log, and what is published are records. No row here is one elector's or one slip's.
"""

from __future__ import annotations

import uuid

from django.db import models

from xianfeng.log.numbered import NumberField


class EvaluationRound(models.Model):
    """An evaluation in one stretch of time. Its id is the entry that began it."""

    id = NumberField(primary_key=True)
    scheme = models.CharField(max_length=64)  # the campaign's name
    evaluation = models.CharField(max_length=64)  # its name in the scheme
    since = models.DateField()
    until = models.DateField()
    stage = models.CharField(max_length=16)
    version = models.CharField(max_length=64)  # of the scheme: as it was begun, then as it was frozen
    frozen = models.TextField(default="")  # canonical JSON, see freezing

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "evaluation", "since"], condition=~models.Q(stage="annulled"), name="evaluation_once"
            )
        ]


class Electorate(models.Model):
    """Those who are asked about one organisation, or about several together where each alone has too few."""

    round = models.ForeignKey(EvaluationRound, on_delete=models.CASCADE, related_name="electorates")
    number = models.PositiveIntegerField()
    title = models.TextField()
    organisation = models.BigIntegerField()  # the one judged, or the nearest above all of them
    electors = models.PositiveIntegerField()  # of visitors: 0 until slips are issued
    salt = models.BinaryField(max_length=32)  # of the hash under which its list was frozen
    issued = models.PositiveIntegerField(null=True)  # slips handed out
    returned = models.PositiveIntegerField(null=True)  # slips found in the box
    together = models.PositiveIntegerField(
        null=True
    )  # since the box was closed: counted with this number; 0: not at all

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="electorate_number")]


class JudgedUnit(models.Model):
    """An organisation that is judged in a round, and among whose electors."""

    electorate = models.ForeignKey(Electorate, on_delete=models.CASCADE, related_name="units")
    organisation = models.BigIntegerField(db_index=True)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)  # both as on the day of freezing
    electors = models.PositiveIntegerField()


class CountingSheet(models.Model):
    """What one person counted of one batch of slips: first reading, second, or the third look that settles it."""

    electorate = models.ForeignKey(Electorate, on_delete=models.CASCADE, related_name="sheets")
    batch = models.PositiveIntegerField()
    reading = models.PositiveSmallIntegerField()  # of the batch, through all its counts
    count = models.PositiveSmallIntegerField()  # the first, or one anew since the result was published
    person = models.BigIntegerField(null=True)
    slips = models.PositiveIntegerField()
    invalid = models.PositiveIntegerField()
    counts = models.JSONField()  # question -> answer -> slips; '': left blank

    class Meta:
        constraints = [models.UniqueConstraint(fields=["electorate", "batch", "reading"], name="sheet_once")]


class WrittenAnswer(models.Model):
    """What one voter wrote, with the box it lay in and nothing that tells the slip or the batch."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    electorate = models.ForeignKey(Electorate, on_delete=models.CASCADE, related_name="texts")
    question = models.CharField(max_length=64)
    text = models.TextField()
    shown = models.BooleanField(default=False)  # the office has read it and lets everybody
