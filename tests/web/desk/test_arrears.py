"""Arrears on the office's page: a demand is one line, however many periods it has."""

from __future__ import annotations

import datetime as dt
import re

from django.test import Client
from django.utils import timezone

from tests.duties import rows
from tests.web.desk.conftest import VILLAGE, Desk, text


def test_a_demand_is_one_line_and_its_periods_are_chosen_below(desk: Desk, town: Client) -> None:
    now = timezone.now()
    for number, day in ((0, "2010-04-30"), (1, "2010-05-31")):
        row = rows.round_of("fuzhou-2010", "duty_rosters", number, now)
        rows.duty(desk.organisation(VILLAGE), row, due=dt.date.fromisoformat(day))
    page = text(town.get("/office/arrears/fuzhou-2010"))
    demands, chosen = page.split('id="chosen"')
    assert demands.count("24小时值班和领导带班</a>") == 1
    assert re.findall(r'href="[^"]*\?round=\d+#chosen"[^>]*>([^<]+)<', chosen) == [
        "2010年5月",
        "2010年4月",
    ]
