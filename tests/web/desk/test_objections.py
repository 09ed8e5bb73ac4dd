"""Whom a decision concerns sees it with its reasons, objects from its page, and is answered from above in time."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from tests.web.desk.conftest import OTHER_VILLAGE, TOWN, VILLAGE, Desk, records, text, values
from xianfeng.ledger import actions, objecting
from xianfeng.ledger.models import Record
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.problems import Problem
from xianfeng.registry.models import Appointment

COUNTY = "350121"
SCHEME = """
xianfeng: 1
scheme: grades-2010
title: 定级
at: "350100"
include: [core]
runs: {from: 2010-01-01, to: 2099-12-31, timezone: Asia/Shanghai}
kinds:
  grade:
    title: 定级
    subject: unit
    fields:
      unit: {type: organisation, title: 单位, required: true}
      why: {type: long_text, title: 定级理由}
    flow:
      initial: proposed
      states:
        proposed: {title: 拟定, level: none}
        given: {title: 公示中, heard: 10 workdays}
        final: {title: 已定级, open: false}
      moves:
        give: {title: 公示, from: proposed, to: given, by: author, needs: [why]}
        settle: {title: 定级, from: given, to: final, by: [author, clock], not_before: 1 workday}
"""
SAID = {"f-grounds": "材料少算了一份"}


@pytest.fixture
def campaign(desk: Desk) -> Desk:
    desk.site.adopt(SCHEME)
    return desk


def acting(desk: Desk, code: str, role: str = "office", person: int = 0) -> Actor:
    at = desk.organisation(code)
    return Actor(kind=ActorKind.APPOINTMENT, id=at, organisation=at, role=role, person=person or at)


def graded(desk: Desk, at: str = TOWN, *, give: bool = True) -> Record:
    by, day = acting(desk, at, "reviewer"), timezone.localdate()
    given = {"unit": desk.organisation(VILLAGE), "why": "两项没有做到"}
    record = actions.file(
        by=by, scheme="grades-2010", kind="grade", organisation=desk.organisation(at), day=day, values=given
    )
    return actions.move(by=by, record=record.id, move="give", day=day) if give else record


def objected(client: Client, record: Record, **said: str) -> Record:
    address = f"/desk/records/{record.id}/objection"
    page = text(client.get(address))
    (reference,) = re.findall(r'name="reference" value="(\w+)"', page)
    answer = client.post(address, {**SAID, "reference": reference, **said})
    assert answer.status_code == 302, unescape(text(answer))
    return records("objection")[-1]


def answered(desk: Desk, objection: Record, move: str, code: str = COUNTY) -> None:
    day = timezone.localdate()
    actions.move(
        by=acting(desk, code, "reviewer"), record=objection.id, move=move, day=day, values={"ruling": "核对过了。"}
    )


def test_whom_it_concerns_sees_it_once_it_is_decided_and_is_offered_to_object(campaign: Desk, clerk: Client) -> None:
    proposed = graded(campaign, give=False)
    assert clerk.get(f"/records/{proposed.id}").status_code == 404
    given = graded(campaign)
    page = text(clerk.get(f"/records/{given.id}"))
    assert "两项没有做到" in page
    assert f"/desk/records/{given.id}/objection" in page
    assert campaign.client(OTHER_VILLAGE, "clerk").get(f"/records/{given.id}").status_code == 404


def test_who_decided_and_who_reads_in_public_are_not_offered_it(campaign: Desk, town: Client) -> None:
    given = graded(campaign)
    assert "/objection" not in text(town.get(f"/records/{given.id}"))
    assert town.get(f"/desk/records/{given.id}/objection").status_code == 404
    assert "/objection" not in campaign.site.get(f"/records/{given.id}")


def test_it_goes_to_whoever_stands_above_with_the_day_of_its_answer(campaign: Desk, clerk: Client) -> None:
    given = graded(campaign)
    page = unescape(text(clerk.get(f"/desk/records/{given.id}/objection")))
    assert "闽侯县" in page
    assert "10个工作日" in page
    objection = objected(clerk, given)
    assert objection.holder == campaign.organisation(COUNTY)
    assert values(objection)["about"] == given.id
    assert values(objection)["objector"] == campaign.organisation(VILLAGE)
    due = dt.date.fromisoformat(values(objection)["due"])
    assert dt.timedelta(days=13) <= due - timezone.localdate() <= dt.timedelta(days=30)
    assert "材料少算了一份" in text(clerk.get(f"/records/{objection.id}"))


def test_who_is_next_is_said_once_also_of_one_whose_time_is_not_kept(campaign: Desk, clerk: Client) -> None:
    objection = objected(clerk, graded(campaign))

    def ways() -> str:
        page = unescape(text(clerk.get(f"/records/{objection.id}")))
        return page.partition('id="ways"')[2].partition("</section>")[0]

    assert "闽侯县" in ways()
    assert "状态为“待答复”" not in ways()
    Record.objects.filter(id=objection.id).update(clocks="{}")  # as of one that came there before there were any
    assert "闽侯县" not in ways()
    assert "状态为“待答复”" in ways()


def test_of_the_root_itself_the_root_answers(campaign: Desk, clerk: Client) -> None:
    given = graded(campaign, "350100")
    assert objected(clerk, given).holder == campaign.organisation("350100")


def test_what_is_objected_to_stays_until_it_is_answered(campaign: Desk, clerk: Client, town: Client) -> None:
    given = graded(campaign)
    objection = objected(clerk, given)
    by = Actor(kind=ActorKind.CLOCK, at=timezone.now() + dt.timedelta(days=40))
    later = timezone.localdate(by.moment)
    with pytest.raises(Problem, match="还没有答复"):
        actions.move(by=by, record=given.id, move="settle", day=later)
    page = unescape(text(town.get(f"/records/{given.id}")))
    assert "答复以前，这条记录先不往下办" in page
    answered(campaign, objection, "reject")
    actions.move(by=by, record=given.id, move="settle", day=later)
    assert Record.objects.get(id=given.id).state == "final"
    assert "核对过了。" in text(clerk.get(f"/records/{objection.id}"))
    assert "两项没有做到" in text(clerk.get(f"/records/{given.id}"))


def test_one_decision_is_objected_to_once(campaign: Desk, clerk: Client) -> None:
    given = graded(campaign)
    answered(campaign, objected(clerk, given), "reject")
    assert clerk.get(f"/desk/records/{given.id}/objection").status_code == 404
    with pytest.raises(Problem, match="已经提过异议"):
        actions.file(
            by=acting(campaign, VILLAGE, "clerk"),
            scheme="grades-2010",
            kind="objection",
            organisation=campaign.organisation(COUNTY),
            day=timezone.localdate(),
            values={"about": given.id, "grounds": "再提一次"},
        )


def test_the_form_sent_twice_is_one_objection(campaign: Desk, clerk: Client) -> None:
    given = graded(campaign)
    sent = {**SAID, "reference": "a1"}
    first, second = (clerk.post(f"/desk/records/{given.id}/objection", sent) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert len(records("objection")) == 1


def test_without_grounds_nothing_is_filed(campaign: Desk, clerk: Client) -> None:
    given = graded(campaign)
    answer = clerk.post(f"/desk/records/{given.id}/objection", {"f-grounds": " "})
    assert answer.status_code == 422
    assert "faulty" in text(answer)
    assert records("objection") == []


def test_it_is_taken_back_by_whoever_raised_it(campaign: Desk, clerk: Client) -> None:
    given = graded(campaign)
    objection = objected(clerk, given)
    address = f"/desk/records/{objection.id}/drop"
    assert address in text(clerk.get(f"/records/{objection.id}"))
    sent = {"seq": str(objection.seq), "day": timezone.localdate().isoformat()}
    assert clerk.post(address, sent).status_code == 302
    assert Record.objects.get(id=objection.id).state == "dropped"
    assert objecting.contested([Record.objects.get(id=given.id)]) == frozenset()


def test_nobody_judges_his_own_decision_where_somebody_else_could(campaign: Desk, clerk: Client) -> None:
    root = campaign.organisation("350100")
    first, second = (campaign.account("350100", role) for role in ("office", "reviewer"))
    held = first.person.appointments.get()
    by = Actor(kind=ActorKind.APPOINTMENT, id=held.id, organisation=root, role="office", person=first.person_id)
    day = timezone.localdate()
    given = {"unit": campaign.organisation(VILLAGE), "why": "两项没有做到"}
    record = actions.file(by=by, scheme="grades-2010", kind="grade", organisation=root, day=day, values=given)
    record = actions.move(by=by, record=record.id, move="give", day=day)
    objection = objected(clerk, record)
    with pytest.raises(Problem, match="不能由您答复"):
        actions.move(by=by, record=objection.id, move="reject", day=day, values={"ruling": "不改。"})
    other = second.person.appointments.get()
    reviewer = Actor(
        kind=ActorKind.APPOINTMENT, id=other.id, organisation=root, role="reviewer", person=second.person_id
    )
    actions.move(by=reviewer, record=objection.id, move="uphold", day=day, values={"ruling": "有理。"})
    assert Record.objects.get(id=objection.id).state == "upheld"


def test_whoever_decided_does_not_answer_from_above_where_somebody_else_could(campaign: Desk, clerk: Client) -> None:
    """He is appointed at both; his colleague's appointment ends in a year, and is his today."""
    decides = campaign.account(TOWN, "reviewer").person
    day = timezone.localdate()
    by = Actor(
        kind=ActorKind.APPOINTMENT, id=decides.appointments.get().id, organisation=campaign.organisation(TOWN),
        role="reviewer", person=decides.id,
    )  # fmt: skip
    given = {"unit": campaign.organisation(VILLAGE), "why": "两项没有做到"}
    record = actions.file(
        by=by, scheme="grades-2010", kind="grade", organisation=by.organisation or 0, day=day, values=given
    )
    record = actions.move(by=by, record=record.id, move="give", day=day)
    objection = objected(clerk, record)
    above = acting(campaign, COUNTY, "reviewer", person=decides.id)
    colleague = campaign.account(COUNTY, "reviewer").person.appointments.get()
    Appointment.objects.filter(id=colleague.id).update(until=day + dt.timedelta(days=365))
    with pytest.raises(Problem, match="不能由您答复"):
        actions.move(by=above, record=objection.id, move="reject", day=day, values={"ruling": "维持。"})
    Appointment.objects.filter(id=colleague.id).update(until=day)
    actions.move(by=above, record=objection.id, move="reject", day=day, values={"ruling": "维持。"})
    assert Record.objects.get(id=objection.id).state == "rejected"


def test_what_is_decided_otherwise_where_it_stands_is_objected_to_again(desk: Desk, clerk: Client) -> None:
    classed = SCHEME.replace("    subject: unit\n", "    subject: unit\n    decided: {grade: rank}\n")
    classed = classed.replace(
        "      why: {", "      rank: {type: choice, title: 等级, choices: {good: 好, poor: 差}}\n      why: {"
    )
    desk.site.adopt(classed + "        regrade: {title: 改定, from: given, by: superior, needs: [rank]}\n")
    given, day = graded(desk), timezone.localdate()
    answered(desk, objected(clerk, given), "reject")
    assert objecting.decision(given).organisation == desk.organisation(TOWN)
    actions.move(by=acting(desk, COUNTY, "reviewer"), record=given.id, move="regrade", day=day, values={"rank": "poor"})
    assert objecting.decision(given).organisation == desk.organisation(COUNTY)
    again = objected(clerk, given, reference="again")
    assert again.holder == desk.organisation("350100"), "above whoever decided last"


CORE = """
xianfeng: 1
scheme: orders-2010
title: 整改
at: "350100"
include: [core]
runs: {from: 2010-01-01, to: 2099-12-31, timezone: Asia/Shanghai}
"""


def decided(desk: Desk, kind: str, subject: str, **values: str) -> Record:
    given = {subject: desk.organisation(VILLAGE), **values}
    return actions.file(
        by=acting(desk, TOWN, "reviewer"),
        scheme="orders-2010",
        kind=kind,
        organisation=desk.organisation(TOWN),
        day=timezone.localdate(),
        values=given,
    )


def test_who_decides_does_not_shut_the_door_by_his_next_step(desk: Desk, clerk: Client) -> None:
    desk.site.adopt(CORE)
    above, day = acting(desk, COUNTY, "reviewer"), timezone.localdate()
    weak = decided(desk, "weak_organisation", "target", problems="班子不齐")
    actions.move(by=above, record=weak.id, move="plan", day=day, values={"measures": "换届"})
    assert objected(clerk, weak, reference="a").holder == desk.organisation("350100")
    told = decided(desk, "circular", "about", text="批评", form="criticism")
    for move in ("review", "submit"):
        actions.move(by=above, record=told.id, move=move, day=day)
    assert objected(clerk, told, reference="b").holder == desk.organisation("350100")


def test_what_one_does_oneself_is_no_decision_and_a_second_look_that_fails_is_one(desk: Desk, clerk: Client) -> None:
    desk.site.adopt(CORE)
    day, due = timezone.localdate(), (timezone.localdate() + dt.timedelta(days=20)).isoformat()
    order, by = (
        decided(desk, "rectification", "about", problem="没有公开", demand="公开", due=due),
        acting(desk, TOWN, "reviewer"),
    )
    actions.move(by=by, record=order.id, move="issue", day=day)
    answered(desk, objected(clerk, order, reference="a"), "reject")
    own = acting(desk, VILLAGE, "clerk")
    actions.move(by=own, record=order.id, move="plan", day=day, values={"measures": "上墙"})
    assert clerk.get(f"/desk/records/{order.id}/objection").status_code == 404, "of the same order once"
    actions.move(by=own, record=order.id, move="answer", day=day, values={"result": "上了"})
    failed = {"second_look": "没有上墙", "due": due}
    actions.move(by=by, record=order.id, move="return", day=day, values=failed, reason="照片是旧的")
    assert objected(clerk, order, reference="b").holder == desk.organisation(COUNTY)


def test_what_is_objected_to_is_not_taken_away_before_it_is_answered(campaign: Desk, clerk: Client) -> None:
    given = graded(campaign)
    objection, by = objected(clerk, given), acting(campaign, TOWN, "reviewer")
    with pytest.raises(Problem, match="还没有答复"):
        actions.withdraw(by=by, record=given.id, reason="重来")
    assert Record.objects.get(id=given.id).state == "given"
    answered(campaign, objection, "uphold")
    assert actions.withdraw(by=by, record=given.id, reason="异议成立").state == "withdrawn"


@pytest.mark.parametrize("field", ["about", "objector", "due"])
def test_nobody_alters_to_what_one_objects_nor_whose_it_is_nor_its_day(
    campaign: Desk, clerk: Client, field: str
) -> None:
    given, other = graded(campaign), graded(campaign)
    objection, before = objected(clerk, given), Record.objects.get(kind="objection").values
    altered = {"about": other.id, "objector": campaign.organisation(COUNTY), "due": "2099-01-01"}[field]
    for code, role in ((COUNTY, "office"), (COUNTY, "reviewer"), ("350100", "office")):
        with pytest.raises(Problem):
            actions.amend(by=acting(campaign, code, role), record=objection.id, values={field: altered}, reason="更正")
        with pytest.raises(Problem):
            actions.move(
                by=acting(campaign, code, role),
                record=objection.id,
                move="reject",
                day=timezone.localdate(),
                values={"ruling": "不改。", field: altered},
            )
    assert Record.objects.get(id=objection.id).values == before
    page = text(campaign.client(COUNTY, "office").get(f"/desk/records/{objection.id}/correction"))
    assert f'name="f-{field}"' not in page


def test_an_objection_is_answered_from_above_wherever_it_is_handed_and_taken_away_by_nobody(
    campaign: Desk, clerk: Client
) -> None:
    objection, top = objected(clerk, graded(campaign)), acting(campaign, "350100", "office")
    with pytest.raises(Problem, match="不由这个组织答复"):
        actions.hand_over(
            by=top, record=objection.id, to=campaign.organisation(TOWN), day=timezone.localdate(), reason="转办"
        )
    with pytest.raises(Problem, match="不能撤销"):
        actions.withdraw(by=top, record=objection.id, reason="重复")
    assert Record.objects.get(id=objection.id).state == "raised"


def test_what_is_objected_to_says_what_it_said_until_it_is_answered(campaign: Desk, clerk: Client) -> None:
    given, by = graded(campaign), acting(campaign, TOWN, "reviewer")
    objection = objected(clerk, given)
    for altered in ({"unit": campaign.organisation(OTHER_VILLAGE)}, {"why": "四项没有做到"}):
        with pytest.raises(Problem, match="还没有答复"):
            actions.amend(by=by, record=given.id, values=altered, reason="更正")
    answered(campaign, objection, "uphold")
    actions.amend(by=by, record=given.id, values={"why": "四项没有做到"}, reason="异议成立")
