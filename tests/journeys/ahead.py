"""The application some days ahead, for whoever goes on when a notice is over or a number is out: its clock alone is
put forward, `JOURNEYS_AHEAD` days."""

from __future__ import annotations

import datetime as dt
import os

from django.utils import timezone

_now, _days = timezone.now, dt.timedelta(days=int(os.environ["JOURNEYS_AHEAD"]))
timezone.now = lambda: _now() + _days

from xianfeng.config.wsgi import application  # noqa: E402, F401 -- with the clock as it now goes
