"""Who writes. Every write names an actor; there is no write without one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils import timezone


class ActorKind(StrEnum):
    APPOINTMENT = "appointment"  # a person in a role at an organisation
    COUNTERFOIL = "counterfoil"  # a citizen with a code
    LINK = "link"  # a collection link, bound to one unit
    CLOCK = "clock"  # the calendar
    IMPORT = "import"  # a file that an office brought in, under that office's powers


@dataclass(frozen=True, kw_only=True)
class Actor:
    """An actor as the log keeps it: `ref` is what an entry stores.

    `organisation` is the organisation whose powers are used (None for the clock); `role` a role of the scheme or
    'office', the role that runs a campaign.
    """

    kind: ActorKind
    id: int = 0
    organisation: int | None = None
    role: str = ""
    person: int | None = None  # who holds the appointment
    at: dt.datetime | None = field(default=None, compare=False)  # when it acts; None: the moment of writing

    @property
    def ref(self) -> str:
        return f"{self.kind}:{self.id}" if self.id else str(self.kind)

    @property
    def moment(self) -> dt.datetime:
        """When it acts. The one place where work of a campaign reads the clock: whoever says `at` is believed."""
        return self.at or timezone.now()

    def apart(self, *people: int | None) -> bool:
        """Whether a person acts, and none of these: where two must agree, two roles of one do not do."""
        return self.person is not None and self.person not in people


CLOCK = Actor(kind=ActorKind.CLOCK)


def clock(at: dt.datetime) -> Actor:
    """The calendar at an instant: what it does bears that instant, however late the work is done."""
    if at.tzinfo is None:
        raise ValueError("a moment without a time zone is not one moment")
    return Actor(kind=ActorKind.CLOCK, at=at)
