"""What returns every day: look through all that was filed, and ask the authors of what was found anew."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

EVERY = dt.timedelta(days=1)


def tick(*, now: dt.datetime) -> int:
    from xianfeng.signals import finding  # with numpy, which no page needs

    return finding.find(day=timezone.localdate(now))
