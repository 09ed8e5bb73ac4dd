"""Whoever is nominated reads what was decided, why, and how to object; a person as well as an organisation."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

import docx
import pytest
from django.test import Client
from django.utils import timezone

from tests.commendations import county
from tests.commendations.county import read
from tests.gradings.county import DAY, NOW, County
from xianfeng.accounts.models import Account
from xianfeng.ledger import actions
from xianfeng.ledger.models import Record
from xianfeng.log.actors import Actor
from xianfeng.problems import Problem
from xianfeng.vault.erasure import erase

OWN = "/desk/commendations/"
PUBLIC = "/schemes/graded-2012/commendations/yearly"
NAMED = county.SCHEME.replace("member: {}", "member: {named: true}")


def member(here: County, village: int) -> tuple[Client, int]:
    """A party member of a village with an account of his own, and who he is."""
    client = here.client(here.villages[village], "member")
    return client, Account.objects.get(username=f"member-{here.villages[village]}").person_id or 0


def noticed(here: County, village: int, award: str = "organisation", **values: object) -> Record:
    record = county.deliberated(here, county.nominated(here, village, award, **values))
    return actions.move(by=here.office, record=record.id, move="notice", day=DAY)


def test_an_organisation_reads_why_and_until_when_it_can_object(here: County) -> None:
    clerk = here.client(here.villages[0], "clerk")
    assert "还没有推荐" in read(clerk, OWN)
    record = noticed(here, 0)
    page = read(clerk, OWN)
    assert "公示中" in page
    assert "同意" in page
    assert "公示到 2012-06-28" in page
    assert f"/desk/records/{record.id}/objection" in page
    assert "还没有推荐" in read(here.client(here.villages[1], "clerk"), OWN)


def test_what_was_refused_says_its_reason_and_can_be_objected_to(here: County) -> None:
    record = county.nominated(here, 0)
    actions.move(by=here.at(here.towns[0]), record=record.id, move="send_back", day=DAY, reason="事迹写得太短")
    page = read(here.client(here.villages[0], "clerk"), OWN)
    assert "未通过" in page
    assert "事迹写得太短" in page
    assert f"/desk/records/{record.id}/objection" in page


def test_a_member_reads_of_his_own_and_objects_himself(here: County) -> None:
    client, person = member(here, 0)
    record = noticed(here, 0, "member", person=person)
    assert f"/desk/records/{record.id}/objection" in read(client, OWN)
    form = f"/desk/records/{record.id}/objection"
    reference = client.get(form).context["page"].reference
    sent = client.post(form, {"reference": reference, "f-grounds": "我还没有转正"})
    assert sent.status_code == 302
    (objection,) = Record.objects.filter(kind="objection")
    assert f'"person":{person}' in objection.values
    assert '"objector"' not in objection.values
    assert "/objection" not in read(client, OWN)
    other, _ = member(here, 3)
    assert "还没有人推荐您" in read(other, OWN)


def test_a_notice_names_nobody_unless_the_award_says_so(here: County) -> None:
    _, person = member(here, 0)
    noticed(here, 0, "member", person=person)
    page = read(Client(HTTP_HOST="127.0.0.1"), PUBLIC)
    assert "一名党员" in page
    assert f"member-{here.villages[0]}" not in page


def test_a_named_one_stands_there_while_the_notice_runs_and_never_after_an_erasure(db: None) -> None:
    here, public = county.here(NAMED), Client(HTTP_HOST="127.0.0.1")
    (_, first), (_, second) = member(here, 0), member(here, 1)
    noticed(here, 0, "member", person=first)
    kept = noticed(here, 1, "member", person=second)
    names = [f"member-{here.villages[each]}" for each in (0, 1)]
    page = read(public, PUBLIC)
    assert all(name in page for name in names)
    erase(by=(here.office, replace(here.office, id=2, person=2)), reason="本人申请", person=first)
    page = read(public, PUBLIC)
    assert names[0] not in page
    assert "一名党员" in page
    later, day = replace(here.office, at=NOW + dt.timedelta(days=12)), DAY + dt.timedelta(days=12)
    actions.move(by=later, record=kept.id, move="award", day=day, values={"approval": "侯委〔2012〕31号"})
    assert names[1] not in read(public, f"{PUBLIC}?state=awarded")


def objected(client: Client, record: Record, grounds: str) -> int:
    form = f"/desk/records/{record.id}/objection"
    asked = client.get(form)
    if asked.status_code != 200:
        return asked.status_code
    sent = client.post(form, {"reference": asked.context["page"].reference, "f-grounds": grounds})
    return sent.status_code


def test_what_the_organisation_objects_is_not_the_persons_objection(here: County) -> None:
    client, person = member(here, 0)
    clerk = here.client(here.villages[0], "clerk")
    record = noticed(here, 0, "member", person=person)
    link = f"/desk/records/{record.id}/objection"
    assert objected(clerk, record, "事迹不全") == 302
    assert link not in read(clerk, OWN)
    assert link in read(client, OWN)
    assert link in read(client, f"/records/{record.id}")
    assert objected(client, record, "我还没有转正") == 302
    assert link not in read(client, OWN)
    assert objected(client, record, "再提一次") == 404
    first, second = Record.objects.filter(kind="objection").order_by("id")
    assert '"objector"' in first.values
    assert f'"person":{person}' in second.values


def test_an_answer_to_one_leaves_the_others_objection_waiting_and_the_notice_where_it_is(here: County) -> None:
    client, person = member(here, 0)
    record = noticed(here, 0, "member", person=person)
    assert objected(here.client(here.villages[0], "clerk"), record, "事迹不全") == 302
    assert objected(client, record, "我还没有转正") == 302
    first, second = Record.objects.filter(kind="objection").order_by("id")
    approval, ruled = {"approval": "侯委〔2012〕31号"}, {"ruling": "事迹已经补充"}

    def moved(record: Record, by: Actor, move: str, values: dict[str, str]) -> Record:
        return actions.move(
            by=replace(by, at=timezone.now()), record=record.id, move=move, day=timezone.localdate(), values=values
        )

    moved(first, here.at(first.organisation), "reject", ruled)
    with pytest.raises(Problem):
        moved(record, here.office, "award", approval)
    moved(second, here.at(second.organisation), "reject", ruled)
    assert moved(record, here.office, "award", approval).state == "awarded"


def test_a_member_has_his_own_certificate_and_nobody_elses(here: County) -> None:
    (client, person), (other, _) = member(here, 0), member(here, 1)
    record = county.awarded(here, county.deliberated(here, county.nominated(here, 0, "member", person=person)))
    files = [f"/records/{record.id}/certificate.{suffix}" for suffix in ("docx", "pdf")]
    page = read(client, OWN)
    assert all(each in page for each in files)
    said = "".join(line.text for line in docx.Document(io.BytesIO(client.get(files[0]).content)).paragraphs)
    assert f"member-{here.villages[0]}同志" in said
    assert client.get(files[1]).content.startswith(b"%PDF")
    assert [other.get(each).status_code for each in files] == [404, 404]
    assert "certificate." not in read(other, OWN)
    leader = here.client(here.villages[0], "leader")
    assert read(leader, f"/records/{record.id}").count("certificate.") == 0
    assert leader.get(files[0]).status_code == 404
