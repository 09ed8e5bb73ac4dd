"""The append-only tables. They hold ids, states, days and typed numbers; never text that a person wrote, except inside
an entry's canonical body, and never a personal value (see vault)."""

from __future__ import annotations

from typing import Any

from django.db import models

from xianfeng import canonical
from xianfeng.log.numbered import NumberField


class Head(models.Model):
    """One row per counter. `entries` is the sequence: taken by UPDATE … RETURNING, so commit order is gapless. By `@`
    and its name, the last entry of a stream."""

    name = models.CharField(max_length=20, primary_key=True)
    value = models.BigIntegerField(default=0)


class Entry(models.Model):
    """One line of the log: who, when, which move, before, after."""

    seq = NumberField(primary_key=True)
    stream = models.CharField(max_length=16)  # record, organisation, person, scheme, bulletin, seal, erasure, import …
    about = models.BigIntegerField()  # id within the stream; for the first entry of a thing, its own seq
    action = models.CharField(max_length=64)
    day = models.DateField()  # when it happened
    at = models.DateTimeField()  # when it was entered
    actor = models.CharField(max_length=40)
    on_behalf = models.BigIntegerField(null=True)  # the organisation it was entered for (代填)
    scheme = models.CharField(max_length=64)  # hash of the scheme version, '' outside schemes
    body = models.TextField()  # canonical JSON: before, after, reason, commitments, attachment hashes …
    postings = models.BinaryField(max_length=32)  # digest of its postings, empty when it has none
    leaf = models.BinaryField(max_length=32)  # the Merkle leaf hash over all of the above

    class Meta:
        indexes = [models.Index(fields=["stream", "about", "seq"], name="entry_about")]


class Posting(models.Model):
    """What figures add up: minus the record's old image, plus its new one. Typed, textless, signed."""

    id = models.BigAutoField(primary_key=True)
    seq = models.BigIntegerField(db_index=True)
    sign = models.SmallIntegerField()
    record = models.BigIntegerField(db_index=True)
    scheme = models.CharField(max_length=64)  # the name of the record's home scheme
    register = models.CharField(max_length=130)  # the key of the record's kind: one register across schemes
    organisation = models.BigIntegerField()
    place = models.BigIntegerField()
    subject = models.BigIntegerField(null=True)
    day = models.DateField()
    state = models.CharField(max_length=64)
    level = models.SmallIntegerField()  # 0 none, 1 filed, 2 reviewed, 3 submitted
    reviewer = models.BigIntegerField(null=True)  # the organisation that reviewed it last
    entered = models.TextField()  # canonical JSON: state -> business day of entering it
    fields = models.TextField()  # canonical JSON: field -> value, the kind's figure fields only


class Seal(models.Model):
    """A signed tree head over entries 1..size (RFC 6962), with a consistency proof from the one before."""

    size = NumberField(primary_key=True)
    at = models.DateTimeField()
    algorithm = models.CharField(max_length=20)  # 'sha256'; room for SM3
    root = models.BinaryField(max_length=64)
    previous = models.BigIntegerField(null=True)  # size of the seal before
    previous_root = models.BinaryField(max_length=64)
    proof = models.TextField()  # JSON list of hex hashes: this tree begins with the one before
    key = models.CharField(max_length=64)  # fingerprint of the signing key
    signature = models.BinaryField(max_length=128)

    @property
    def said(self) -> dict[str, Any]:
        """What is signed: all columns but the proof, which anybody can check by itself. Plain values, as in JSON."""
        return {
            "size": self.size,
            "at": canonical.instant(self.at),
            "algorithm": self.algorithm,
            "root": bytes(self.root).hex(),
            "previous": self.previous,
            "previous_root": bytes(self.previous_root).hex(),
            "key": self.key,
        }

    @property
    def statement(self) -> bytes:
        """What is signed, as canonical JSON."""
        return canonical.dumps(self.said).encode()


class Tile(models.Model):
    """Up to 256 sealed leaves beginning at entry `start`, kept apart from the entries.

    When an entry and its own leaf were both rewritten, the tile still tells which one it was; and a proof reads one
    tile and the others' roots, never the whole log. A seal in the middle of a tile writes it as far as it goes; a later
    one writes it again, wider.
    """

    start = models.BigIntegerField()
    width = models.SmallIntegerField()
    root = models.BinaryField(max_length=64)
    leaves = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["start", "width"], name="tile_once")]
