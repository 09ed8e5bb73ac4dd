"""Personal values apart from the log: what the law lets a person have erased must not stand in an append-only table."""

from __future__ import annotations

from django.db import models


class PersonalValue(models.Model):
    """One personal value under the key of its person or record; after erasure only the commitment is left."""

    commitment = models.CharField(max_length=70, unique=True)  # what the entry's body holds
    person = models.BigIntegerField(null=True)
    record = models.BigIntegerField(null=True)
    field = models.CharField(max_length=64)
    key = models.CharField(max_length=32)  # its key's name in the keyring
    ciphertext = models.BinaryField(null=True)  # salt and value; null once erased
    erased = models.BigIntegerField(null=True)  # the entry of its erasure

    class Meta:
        indexes = [
            models.Index(fields=["person", "field"], name="personal_value_person"),
            models.Index(fields=["record", "field"], name="personal_value_record"),
        ]


class PersonalRead(models.Model):
    """That somebody read personal values: who, whose, which field, what for, how often on a day. Never the value."""

    day = models.DateField()
    actor = models.CharField(max_length=40)
    owner = models.CharField(max_length=40)  # 'person:12' or 'record:345'
    field = models.CharField(max_length=64)
    purpose = models.CharField(max_length=100, blank=True)  # in words; '' where whoever asked said none
    times = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "actor", "owner", "field", "purpose"], name="personal_read_daily")
        ]
