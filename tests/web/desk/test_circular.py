"""A circular as a paper: read by who decides, and once it is issued by those whom it names."""

from __future__ import annotations

import datetime as dt
import io
import re

import docx
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from tests.duties import rows
from tests.web.desk.conftest import OTHER_VILLAGE, TOWN, VILLAGE, Desk, text
from xianfeng.duties import circulars
from xianfeng.log.actors import Actor, ActorKind


def test_an_issued_circular_is_a_paper_for_those_it_names(desk: Desk, town: Client, clerk: Client) -> None:
    now = timezone.now()
    row = rows.round_of("fuzhou-2010", "duty_rosters", 0, now)
    duty = rows.duty(desk.organisation(VILLAGE), row, due=dt.date(2010, 5, 31))
    drafted = rows.circular(desk.organisation(TOWN), duty, now)
    address = f"/office/arrears/circulars/{drafted.id}/paper"
    assert "这是草稿" in text(town.get(address))
    assert clerk.get(address).status_code == 404
    by = Actor(kind=ActorKind.APPOINTMENT, organisation=desk.organisation(TOWN), role="reviewer", id=1)
    circulars.decide(circular=drafted.id, decision="issued", by=by)
    paper = text(clerk.get(address)).split("<article")[1]
    ((name, missing),) = re.findall(r"<tr><td>([^<]+)</td><td>(\d+)</td></tr>", paper)
    assert missing == "1"
    assert "2010年5月31日" in paper
    file = clerk.get(address.replace("/paper", "/file.pdf"))
    assert name in PdfReader(io.BytesIO(file.content)).pages[0].extract_text()
    word = docx.Document(io.BytesIO(clerk.get(address.replace("/paper", "/file.docx")).content))
    assert word.tables[0].rows[1].cells[0].text == name
    assert desk.client(OTHER_VILLAGE, "clerk").get(address).status_code == 404
