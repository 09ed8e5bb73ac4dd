"""The projections that pages read: records as they stand, scheme versions, attachments; all rebuilt from entries."""

from __future__ import annotations

from django.db import models

from xianfeng.log.numbered import NumberField


class SchemeVersion(models.Model):
    """A loaded version: immutable, addressed by the hash of its files."""

    hash = models.CharField(max_length=64, primary_key=True)
    name = models.CharField(max_length=64, db_index=True)
    title = models.CharField(max_length=200)
    seq = models.BigIntegerField(unique=True)
    package = models.TextField()  # canonical JSON: path -> text


class Record(models.Model):
    """A piece of work. Its number is the sequence number of the entry that filed it.

    Where the work counts (`organisation`, `place`) never changes; who answers for it (`holder`) passes to a successor
    when an organisation ends.
    """

    id = NumberField(primary_key=True)
    scheme = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=64)  # its name in the scheme
    register = models.CharField(max_length=130)  # the kind's key, as postings carry it: one register across schemes
    reference = models.CharField(max_length=80, null=True)  # the filer's own key: filing twice is once
    organisation = models.BigIntegerField(db_index=True)
    place = models.BigIntegerField()
    holder = models.BigIntegerField()
    subject = models.BigIntegerField(null=True)
    day = models.DateField()
    state = models.CharField(max_length=64)
    level = models.SmallIntegerField()
    reviewer = models.BigIntegerField(null=True)
    entered = models.TextField()  # canonical JSON: state -> business day of latest entering it
    values = models.TextField()  # canonical JSON: every field but the personal ones
    personal = models.TextField()  # canonical JSON: personal field -> commitment (the value is in the vault)
    clocks = models.TextField(default="{}")  # canonical JSON: move -> since when its clock runs, and by when it is due
    wakes = models.CharField(max_length=27, null=True)  # the instant at which the clock makes a move of it by itself
    opens = models.CharField(max_length=27, null=True)  # the instant before which nothing that is awaited can be done
    seq = models.BigIntegerField()  # the last entry about it

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["register", "reference", "organisation"],
                condition=models.Q(reference__isnull=False),
                name="record_filed_once",
            ),
        ]
        indexes = [
            models.Index(fields=["register", "level"], name="record_register_level"),
            models.Index(fields=["scheme", "wakes"], condition=models.Q(wakes__isnull=False), name="record_wakes"),
            # What concerns an organisation, for its own page; most kinds are about nobody.
            models.Index(
                fields=["subject", "register"], condition=models.Q(subject__isnull=False), name="record_subject"
            ),
            models.Index(fields=["seq"], name="record_seq"),  # what waits longest, without sorting all that waits
            # Whose they are; and what waits there is counted without a look at the records themselves.
            models.Index(fields=["holder", "state", "kind", "scheme", "seq", "opens"], name="record_waits"),
        ]


class Mention(models.Model):
    """That a record names another, its author, or an organisation that handles it."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="mentions")
    target = models.BigIntegerField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "target"], name="mention_once")]


class Attachment(models.Model):
    """A file as an entry put it on a record; bytes live outside the database and the web root, under their hash.

    The record's values say which it has now: one that was taken off stays in its history.
    """

    sha256 = models.CharField(max_length=64, db_index=True)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="attachments", db_index=False)
    field = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    seq = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "field", "sha256", "seq"], name="attachment_once_in_an_entry")
        ]
