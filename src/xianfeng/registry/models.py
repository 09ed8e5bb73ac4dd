"""The registry: who belongs to whom, from a day to a day. A projection of registry entries, rebuilt and compared.

Every row knows the entry that made it (`seq`) and the one that ended it (`ended_seq`), so that the tree can be shown as
it was known at any entry. Days are half-open: from `since` to before `until`; null is open on that side.
"""

from __future__ import annotations

from django.db import models

from xianfeng.log.numbered import NumberField
from xianfeng.registry.paths import PathField


class Organisation(models.Model):
    """A node, with what it is called now. Its id is the sequence number of the entry that founded it."""

    id = NumberField(primary_key=True)
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    type = models.CharField(max_length=10)  # division | unit | body | group
    level = models.CharField(max_length=20)  # nation province city county township village; body: committee …
    category = models.CharField(max_length=30, blank=True)  # village | community; a unit's sector; a body's line
    founded = models.DateField(null=True)  # null: before anybody's records begin
    closed = models.DateField(null=True)
    successor = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    ended_seq = models.BigIntegerField(null=True)  # the entry that closed it


class Designation(models.Model):
    """What an organisation was called before it was renamed, recoded or raised."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="designations")
    code = models.CharField(max_length=40, db_index=True)
    name = models.CharField(max_length=200)
    level = models.CharField(max_length=20)
    category = models.CharField(max_length=30, blank=True)
    since = models.DateField(null=True)
    until = models.DateField()
    seq = models.BigIntegerField()  # the entry that made it a former one


class Affiliation(models.Model):
    """Parent of an organisation for a time. One of them counts at a time; any number of others participate."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="affiliations")
    parent = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    relation = models.CharField(max_length=15, default="counting")  # counting | participating
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    seq = models.BigIntegerField()
    ended_seq = models.BigIntegerField(null=True)


class Place(models.Model):
    """An organisation under one chain of counting affiliations. Whoever moves gets new places; old work stays.

    A place is always made after the one above it, so `parent_id < id`. `path` spells the chain of places down to it.
    """

    id = NumberField(primary_key=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="places")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    path = PathField()
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    seq = models.BigIntegerField()
    ended_seq = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["path"], name="place_path")]


class Person(models.Model):
    """A person as the campaign needs one: an id and a name held in the vault; nothing else is asked."""

    id = NumberField(primary_key=True)
    code = models.CharField(max_length=40, unique=True)  # the office's own key, never an identity number


class Appointment(models.Model):
    """A person in a role at an organisation. Its id is the sequence number of the entry that made it."""

    id = NumberField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=40)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    ended_seq = models.BigIntegerField(null=True)


class Membership(models.Model):
    """A person as a member of a branch. Its id is the sequence number of the entry that made it."""

    id = NumberField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    ended_seq = models.BigIntegerField(null=True)


class Imported(models.Model):
    """A file that an office brought in: what it began can be taken back until later work depends on it."""

    id = NumberField(primary_key=True)  # the sequence number of its entry
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=20)  # organisations | contacts
    first = models.BigIntegerField()  # what it began: entries first..last
    last = models.BigIntegerField()
    undone_seq = models.BigIntegerField(null=True)
