"""Plans of inspections and what was drawn for them: working state. What was done with which frame is in the log."""

from __future__ import annotations

from django.db import models

from xianfeng.log.numbered import NumberField


class InspectionPlan(models.Model):
    """One inspection with its approval, from the frame to the reveal. Its id is the entry that began it.

    Its secret lies in the vault, under the plan's number, until it is revealed.
    """

    id = NumberField(primary_key=True)
    scheme = models.CharField(max_length=64)  # the campaign's name
    version = models.CharField(max_length=64)  # the version by which the frame was drawn up
    inspection = models.CharField(max_length=64)  # the rule's name there
    title = models.CharField(max_length=200)
    approval = models.CharField(max_length=100)  # 批准文号
    stage = models.CharField(max_length=16)
    frame = models.TextField()  # as it is sealed, letter by letter
    fingerprint = models.CharField(max_length=64, default="")  # since it was sealed
    organisations = models.JSONField(default=dict)  # code of a unit -> the organisation it is or belongs to
    known = models.DateField()  # the first day on which it may be drawn
    value = models.CharField(max_length=200, default="")  # the public value by which it was drawn
    typed_by = models.BigIntegerField(null=True)  # the person who typed what was drawn by hand: another confirms it

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "approval"], condition=~models.Q(fingerprint=""), name="inspection_approval"
            )
        ]
        indexes = [models.Index(fields=["scheme", "id"], name="inspection_scheme")]


class DrawnVisit(models.Model):
    """A unit that was drawn, who goes there, and the record of the visit once there is one."""

    plan = models.ForeignKey(InspectionPlan, on_delete=models.CASCADE, related_name="visits")
    number = models.PositiveIntegerField()  # in the order of the draw
    unit = models.CharField(max_length=40)  # its code in the frame
    organisation = models.BigIntegerField(db_index=True)
    record = models.BigIntegerField(null=True)
    missed = models.CharField(max_length=400, default="")  # why nobody went, where nobody did

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "unit"], name="drawn_once"),
            models.UniqueConstraint(fields=["record"], name="visit_of_record"),
        ]

    @property
    def inspectors(self) -> tuple[str, ...]:
        """The codes of people, in the order of the draw."""
        return tuple(one.code for one in sorted(self.going.all(), key=lambda one: one.pk))


class Going(models.Model):
    """Who goes on a visit that was drawn: one row a person, so that each finds his own."""

    visit = models.ForeignKey(DrawnVisit, on_delete=models.CASCADE, related_name="going")
    code = models.CharField(max_length=40, db_index=True)  # of a person
