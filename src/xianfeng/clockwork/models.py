"""What returns and who does it: working state, which a new installation makes of itself."""

from __future__ import annotations

from django.db import models


class Tick(models.Model):
    """When something that returns was last begun, so that two workers do it once."""

    name = models.CharField(max_length=40, primary_key=True)
    last = models.DateTimeField(null=True)  # the moment it was begun for
    queued = models.DateTimeField(null=True)  # not finished yet, since when
    fault = models.CharField(max_length=100, blank=True)  # the kind of error in which it ended last


class Worker(models.Model):
    """A process that does what waits, and when it was last alive."""

    name = models.CharField(max_length=64, primary_key=True)
    began = models.DateTimeField()
    seen = models.DateTimeField(db_index=True)
