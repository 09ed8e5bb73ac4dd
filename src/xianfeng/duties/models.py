"""Everything due, as rows: a projection of scheme, registry and records, rebuilt and compared (see check).

The table of duties grows with organisations times periods, so it holds numbers only: what all duties of one rule and
period share is their round's, and a due instant with its computation is kept once for all that fall due by it.
"""

from __future__ import annotations

from django.db import models

from xianfeng.log.numbered import NumberField


class State(models.IntegerChoices):
    """What stands in the table. Whether something open is not yet open, or overdue, or missed, says the clock."""

    OPEN = 0
    MET = 1
    LATE = 2  # met after it was due
    VOID = 3  # nobody has to any more
    OVER = 4  # met by more than are allowed, whenever


class Round(models.Model):
    """One obligation of a campaign in one period; or all that one move of a flow keeps waiting."""

    id = NumberField(primary_key=True)
    scheme = models.CharField(max_length=64)  # the campaign's name
    version = models.CharField(max_length=64)  # the hash by which it was made last
    kind = models.CharField(max_length=64)
    register = models.CharField(max_length=130)
    obligation = models.CharField(max_length=64, blank=True)  # '' for a move
    move = models.CharField(max_length=64, blank=True)  # '' for an obligation
    title = models.CharField(max_length=200, blank=True)  # of a window or a phase
    since = models.DateField()
    until = models.DateField()
    reach = models.DateField()  # the last day of a record that still meets it, late: before the next round begins
    began = models.DateTimeField()  # when it was first made: no step of a ladder before that is ever taken
    term = models.BigIntegerField(default=0)  # of all its duties, but for `terms`; 0: each has its own
    terms = models.TextField(default="{}")  # of areas with days of their own: canonical JSON {organisation: term}
    as_of = models.BigIntegerField(default=0)  # the registry as known at this entry
    day = models.DateField(null=True)  # the day for which it was made last
    many = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=40, blank=True)
    seq = models.BigIntegerField(default=0)  # the entry of its last making; 0: none is needed, or not finished

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "obligation", "kind", "move", "since"], name="round_once")
        ]
        indexes = [models.Index(fields=["register", "since"], name="round_register")]


class Term(models.Model):
    """A due instant with its computation, and when the steps of a ladder follow; shared by all that fall due so."""

    id = NumberField(primary_key=True)
    key = models.CharField(max_length=64, unique=True)  # of all the rest
    due = models.DateTimeField()
    deadline = models.TextField()  # canonical JSON of the Deadline
    steps = models.TextField()  # canonical JSON: [[step, instant]…]


class Duty(models.Model):
    """One concrete due item. Without foreign keys: millions are inserted at once."""

    id = NumberField(primary_key=True)
    round = models.BigIntegerField()
    organisation = models.BigIntegerField()  # which is bound
    place = models.BigIntegerField()  # where it stands, or stood last
    appointment = models.BigIntegerField()  # which is bound, where a role is; else 0
    about = models.BigIntegerField()  # the subordinate whom it is about; else 0
    begun_by = models.BigIntegerField()  # the record that began it; else 0
    started = models.BigIntegerField()  # the entry that began it; else 0
    term = models.BigIntegerField()
    due = models.DateTimeField()
    least = models.IntegerField()
    most = models.IntegerField(null=True)
    met = models.IntegerField()  # records that count
    state = models.SmallIntegerField(choices=State)
    done = models.DateTimeField(null=True)  # when it was met
    voided = models.CharField(max_length=12, blank=True)  # why nobody has to any more: reasons.py
    answers = models.BigIntegerField(null=True)  # the appointment that took it over
    holder = models.BigIntegerField(null=True)  # the superior that answers for it, where nobody else does
    step = models.SmallIntegerField()  # of the ladder, as far as it was climbed
    next_at = models.DateTimeField(null=True)  # when the next step is due

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "organisation", "appointment", "about", "started"], name="duty_once"
            )  # the round first: what is expanded goes to one end of the index
        ]
        indexes = [
            models.Index(fields=["organisation", "due"], name="duty_open", condition=models.Q(state=0)),
            models.Index(fields=["round", "place"], name="duty_open_in_round", condition=models.Q(state=0)),
            models.Index(fields=["next_at"], name="duty_next_step", condition=models.Q(next_at__isnull=False)),
            models.Index(fields=["holder"], name="duty_holder", condition=models.Q(holder__isnull=False)),
            models.Index(fields=["organisation", "round"], name="duty_over", condition=models.Q(state=4)),
            models.Index(fields=["begun_by"], name="duty_begun_by", condition=models.Q(started__gt=0)),
        ]


class Tally(models.Model):
    """How many duties of a round stand so at a place and everywhere below it: see tally."""

    pk = models.CompositePrimaryKey("place", "round", "state", "due")
    place = models.BigIntegerField()
    round = models.BigIntegerField()
    state = models.SmallIntegerField(choices=State)
    due = models.DateTimeField()  # of what is open
    many = models.BigIntegerField()


class Circular(models.Model):
    """A circular about what is not there, drafted by the clock; a person decides whether it is issued."""

    id = NumberField(primary_key=True)  # the sequence number of the entry that drafted it
    organisation = models.BigIntegerField()  # whose circular it would be
    round = models.BigIntegerField()
    day = models.DateField()  # of the draft
    decision = models.CharField(max_length=10, blank=True)  # issued | dropped; '' while nobody has decided
    decided = models.BigIntegerField(null=True)  # the entry of the decision

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "round", "day"], name="circular_once_a_day"),
        ]


class DutyProgress(models.Model):
    """One row: how far the duties have come."""

    id = models.SmallIntegerField(primary_key=True)
    reached = models.BigIntegerField(default=0)  # the last entry that was taken
    registry = models.BigIntegerField(default=0)  # the last of these by which somebody may owe more or less
    ticked = models.DateTimeField(null=True)  # the last moment at which a tick did anything
