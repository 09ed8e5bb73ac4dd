"""What the issuer keeps: the polls it signs for, and for each code whether a signature was given for it.

No row holds a moment or a number that grows, and none a code: of a code there is an HMAC.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Poll(models.Model):
    """A poll's file as it was sealed. `key`: the hash of its public key, so that no other poll is signed with it."""

    fingerprint = models.CharField(max_length=64, primary_key=True)
    key = models.CharField(max_length=64, unique=True)
    text = models.TextField()
    is_open = models.BooleanField(default=True)
    refused = models.IntegerField(default=0)
    disputed = models.IntegerField(default=0)

    objects: ClassVar[models.Manager[Poll]] = models.Manager()


class Code(models.Model):
    """One elector's right to one signature; `request` is the hash of the blinded message that it was used for."""

    digest = models.CharField(max_length=64, primary_key=True)
    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="+")
    request = models.CharField(max_length=64, blank=True, default="")
    signature = models.BinaryField(default=b"")
    is_void = models.BooleanField(default=False)
    is_disputed = models.BooleanField(default=False)  # whoever has it says that somebody else used it

    objects: ClassVar[models.Manager[Code]] = models.Manager()
