"""The projections that pages read: records as they stand, scheme versions, attachments. All are rebuilt from entries."""

from __future__ import annotations

from django.db import models


class SchemeVersion(models.Model):
    """A loaded version: immutable, addressed by the hash of its files."""

    hash = models.CharField(max_length=64, primary_key=True)
    name = models.CharField(max_length=64, db_index=True)
    title = models.CharField(max_length=200)
    seq = models.BigIntegerField(unique=True)
    package = models.TextField()  # canonical JSON: path -> text


class Record(models.Model):
    """A piece of work. Its number is the sequence number of the entry that filed it."""

    id = models.BigIntegerField(primary_key=True)
    reference = models.CharField(max_length=80, null=True, unique=True)  # the filer's own key: filing twice is once
    scheme = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=64)
    organisation = models.BigIntegerField(db_index=True)
    place = models.BigIntegerField()
    subject = models.BigIntegerField(null=True)
    day = models.DateField()
    state = models.CharField(max_length=64)
    level = models.SmallIntegerField()
    reviewer = models.BigIntegerField(null=True)
    entered = models.TextField()
    values = models.TextField()  # canonical JSON: every field but the personal ones
    seq = models.BigIntegerField()  # the last entry about it


class Attachment(models.Model):
    """A file on a record; bytes live outside the database and the web root, under their hash."""

    sha256 = models.CharField(max_length=64)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    seq = models.BigIntegerField()
