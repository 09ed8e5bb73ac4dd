"""Messages and their deliveries: working state, no work of a campaign, so no entries of the log.

What a message is about stands in the log or among the duties; a message is lost only with the database itself. The
tables are written by the hundred thousand, so they have no foreign keys.
"""

from __future__ import annotations

from django.db import models

INBOX = 0  # the delivery of what is read in the inbox alone


class Topic(models.Model):
    """Of what one appointment was told, with whatever else: it is not told again."""

    key = models.CharField(max_length=160, primary_key=True)  # the topic and the appointment


class Message(models.Model):
    """One thing that one appointment is told, or several that say the same."""

    organisation = models.BigIntegerField()  # of the appointment
    appointment = models.BigIntegerField()
    person = models.BigIntegerField()
    step = models.CharField(max_length=20, blank=True)  # remind, urge, superior, circular; '' outside a ladder
    urgent = models.BooleanField(default=False)
    words = models.TextField()  # JSON of a `say`, so that each reads it in a language of his own
    link = models.CharField(max_length=200)  # within this site
    at = models.DateTimeField()
    read = models.DateTimeField(null=True)
    delivery = models.BigIntegerField(null=True)  # with which it goes out; null: not gathered yet

    class Meta:
        indexes = [
            models.Index(fields=["appointment", "-id"], name="message_inbox"),
            models.Index(fields=["appointment"], name="message_unread", condition=models.Q(read=None)),
            models.Index(fields=["person", "id"], name="message_ungathered", condition=models.Q(delivery=None)),
            models.Index(fields=["delivery"], name="message_of_delivery"),
        ]


class DeliveryState(models.TextChoices):
    WAITING = "waiting"
    SENDING = "sending"  # taken by a worker; when it does not come back, free again at `next_try`
    SENT = "sent"
    FAILED = "failed"


class Delivery(models.Model):
    """What goes to one person at once: the digest of a day, or what could not wait for the next."""

    key = models.CharField(max_length=80, unique=True)  # a person's day, or the first urgent message: sent once
    person = models.BigIntegerField()
    organisation = models.BigIntegerField()
    urgent = models.BooleanField(default=False)
    channel = models.CharField(max_length=20)  # by which it went or goes next
    tries = models.PositiveSmallIntegerField(default=0)
    refused = models.CharField(max_length=200, blank=True)  # the channels that will never take it, by name
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.WAITING)
    reason = models.CharField(max_length=20, blank=True)  # of the last failure, one of `channels.outcomes`
    at = models.DateTimeField()
    next_try = models.DateTimeField(null=True)
    sent = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_try"], name="delivery_due", condition=models.Q(state__in=["waiting", "sending"])
            ),
            models.Index(fields=["state", "-id"], name="delivery_by_state"),
        ]


class Preference(models.Model):
    """By which channels a person wants to be told, in which language, and when not; without one, by all, in the
    installation's, and not at night."""

    person = models.BigIntegerField(primary_key=True)
    channels = models.CharField(max_length=200, blank=True)  # names in order; '' none: the inbox alone
    quiet_from = models.TimeField()
    quiet_until = models.TimeField()
    language = models.CharField(max_length=10, blank=True)  # '' the installation's
