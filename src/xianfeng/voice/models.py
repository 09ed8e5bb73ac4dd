"""What people say to a campaign: comments on what it published, complaints about what it asks.

Neither is work, so neither is an entry, and no figure can see them (ADR 14). No row knows who wrote it: a comment has
no author at all, a complaint at most the organisation that its writer chose to name.
"""

from __future__ import annotations

import secrets

from django.db import models

from xianfeng.registry.models import Organisation


def _salt() -> str:
    return secrets.token_hex(16)


class Stage(models.TextChoices):
    WAITING = "waiting"
    PUBLISHED = "published"
    REFUSED = "refused"
    HIDDEN = "hidden"  # published once; its reason stands in its place


class Outcome(models.TextChoices):
    WAITING = ""
    DROPPED = "dropped"
    MERGED = "merged"
    KEPT = "kept"


class Comment(models.Model):
    """One comment on a bulletin or a promise; shown once the office has read it."""

    scheme = models.CharField(max_length=64)  # the campaign's name
    subject = models.CharField(max_length=80)  # as `subjects.Subject.ref`
    text = models.TextField()
    salt = models.CharField(max_length=32, default=_salt)  # of the hash in its events; goes with the text
    receipt = models.CharField(max_length=64, unique=True)  # hash of the code by which its writer finds it again
    sample = models.BooleanField(default=False)  # made by a demonstration
    written = models.DateTimeField(auto_now_add=True)
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.WAITING)
    reason = models.CharField(max_length=20, blank=True)  # of those in `reasons`, when refused or hidden
    answer = models.TextField(blank=True)
    answered = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["scheme", "stage", "id"], name="comment_queue"),
            models.Index(fields=["scheme", "subject", "stage", "id"], name="comment_shelf"),
        ]


class CommentEvent(models.Model):
    """One line of what became of a comment, from its writing on: when, by whom, what, why. Never changed.

    `words` is the salted hash of the comment's text as it stood then. Without text and salt it says nothing.
    """

    at = models.DateTimeField(auto_now_add=True)
    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="events")
    action = models.CharField(max_length=12)  # written | published | refused | hidden | answered
    reason = models.CharField(max_length=20, blank=True)
    words = models.CharField(max_length=64)
    answer = models.TextField(blank=True)  # the office's words as they stood then
    actor = models.CharField(max_length=60)  # as the log names actors


class Complaint(models.Model):
    """That a form or a requirement asks too much. The office alone reads what was said; its answer is on the form."""

    scheme = models.CharField(max_length=64)
    kind = models.CharField(max_length=64)
    obligation = models.CharField(max_length=64, blank=True)  # the rule it is about, '' for the form itself
    sort = models.CharField(max_length=20)  # of those in `reasons`
    minutes = models.PositiveIntegerField(null=True)  # that one form took
    twice = models.TextField(blank=True)  # what is asked twice, and where else
    words = models.TextField(blank=True)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    receipt = models.CharField(max_length=64, unique=True)
    sample = models.BooleanField(default=False)
    written = models.DateTimeField(auto_now_add=True)
    outcome = models.CharField(max_length=12, choices=Outcome, default=Outcome.WAITING, blank=True)
    answer = models.TextField(blank=True)
    answered = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=60, blank=True)  # as the log names actors
    answers = models.PositiveSmallIntegerField(default=0)  # how often it was answered

    class Meta:
        indexes = [
            models.Index(fields=["scheme", "outcome", "id"], name="complaint_queue"),
            models.Index(fields=["scheme", "kind", "outcome", "id"], name="complaint_of_kind"),
        ]


class ComplaintEvent(models.Model):
    """One answer to a complaint: when, by whom, what was decided and why. Never changed."""

    at = models.DateTimeField(auto_now_add=True)
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="events")
    outcome = models.CharField(max_length=12, choices=Outcome)
    answer = models.TextField()
    actor = models.CharField(max_length=60)


class Sending(models.Model):
    """How often something was sent on a day, from one sender or about one thing. Gone the day after.

    `sender` is a hash under a salt that is not in the database and is thrown away with its day; '' counts everybody.
    """

    day = models.DateField()
    sender = models.CharField(max_length=64)
    thing = models.CharField(max_length=200)  # '' counts everything of this sender
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "sender", "thing"], name="sending_once")]
