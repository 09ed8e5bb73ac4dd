"""What the box keeps: the polls it takes ballots for, and the ballots, by nothing but the hash of their message."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Poll(models.Model):
    """A poll's file as it was sealed."""

    fingerprint = models.CharField(max_length=64, primary_key=True)
    text = models.TextField()
    is_open = models.BooleanField(default=True)
    refused = models.IntegerField(default=0)

    objects: ClassVar[models.Manager[Poll]] = models.Manager()


class Ballot(models.Model):
    """`own` is the voter's part of the message; `content` are answers and salt under the observers' key."""

    name = models.CharField(max_length=64, primary_key=True)
    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="+")
    own = models.BinaryField()
    signature = models.BinaryField()
    content = models.BinaryField()

    objects: ClassVar[models.Manager[Ballot]] = models.Manager()
