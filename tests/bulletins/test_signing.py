"""Draft, check, sign, issue: each by whom it may be, of the text that was read, under a number without a gap."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from django.db import connection

from tests.bulletins import office as offices
from tests.bulletins.office import DAY, TEMPLATE, Office
from tests.databases import Database
from xianfeng.bulletins import content, signing, stages
from xianfeng.bulletins.closing import document_of, scheme_of
from xianfeng.bulletins.content import Content
from xianfeng.bulletins.disclosure import concerns
from xianfeng.bulletins.models import Closing, Manuscript
from xianfeng.bulletins.verifying import verify
from xianfeng.ledger import files, scans, sweeping
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.log.models import Entry
from xianfeng.log.verify import verify as verify_log
from xianfeng.papers.document import plain
from xianfeng.problems import Problem
from xianfeng.registry.actions import appoint, enter

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc0000003010100"
    "18dd8db00000000049454e44ae426082"
)


@dataclass
class Desk:
    """The city's office with two of its people, and somebody of a county's."""

    office: Office
    chen: Actor
    lin: Actor
    county: Actor

    def content(self, name: str = "no1", text: str = TEMPLATE) -> Content:
        return Content(
            name=name,
            series="活动简报",
            issuer="市委活动办",
            issued=DAY,
            title=("我市设立先锋岗",),
            text=text,
            to={"报": "市委"},
        )

    def begin(self, name: str = "no1", text: str = TEMPLATE) -> Manuscript:
        return signing.begin(scheme=self.office.scheme, content=self.content(name, text), by=self.chen)

    def submit(self, row: Manuscript) -> Manuscript:
        return signing.submit(manuscript=row.id, revision=row.revision, by=self.chen)

    def check(self, row: Manuscript, by: Actor | None = None) -> Manuscript:
        made = signing.composed(row, number=0)
        seen = [concern.key for concern in concerns(made.document, made.scheme)]
        return signing.check(manuscript=row.id, revision=row.revision, disclosed=seen, by=by or self.lin)

    def sign(self, row: Manuscript, by: Actor | None = None) -> Manuscript:
        return signing.sign(manuscript=row.id, revision=row.revision, by=by or self.lin)

    def signed(self, name: str = "no1") -> Manuscript:
        return self.sign(self.check(self.submit(self.begin(name))))

    def issue(self, row: Manuscript) -> Closing:
        return signing.issue(manuscript=row.id, revision=row.revision, by=self.chen)


def opened(office: Office) -> Desk:
    office.adopt(("first", TEMPLATE), series="另一种简报")
    office.file()

    def actor(code: str, at: int) -> Actor:
        person = enter(code=code, name=code, day=DAY, by=office.actor)
        appointed = appoint(person=person, organisation=at, role="office", day=DAY, by=office.actor)
        return Actor(kind=ActorKind.APPOINTMENT, id=appointed, organisation=at, role="office", person=person)

    return Desk(office, actor("chen", office.city), actor("lin", office.city), actor("wang", office.minhou))


@pytest.fixture
def desk(office: Office) -> Desk:
    return opened(office)


def refused(code: str, doing: Callable[[], object]) -> Problem:
    with pytest.raises(Problem) as found:
        doing()
    assert found.value.code == code
    return found.value


def test_from_draft_to_issue(desk: Desk) -> None:
    row = desk.signed()
    closing = desk.issue(row)
    assert (closing.series, closing.number, closing.bulletin) == ("活动简报", 1, "no1")
    assert plain(document_of(closing).masthead.number) == "第1期"
    assert scheme_of(closing).bulletins["no1"].title == ("我市设立先锋岗",)
    moves = [step.move for step in stages.steps(Manuscript.objects.get())]
    assert moves == ["draft", "submit", "check", "sign", "issue"]
    assert Manuscript.objects.get().stage == "issued"


def test_what_was_issued_verifies(desk: Desk) -> None:
    closing = desk.issue(desk.signed())
    desk.office.file()
    desk.office.adopt(("second", TEMPLATE), series="另一种简报", number=2)
    assert verify(closing).faults == ()
    assert [found for found in verify_log().findings if found.weight != "note"] == []


def test_an_altered_text_is_found(desk: Desk) -> None:
    closing = desk.issue(desk.signed())
    closing.content = content.read(closing.content).said.replace("全市共设", "全市已设")
    assert {fault.place for fault in verify(closing).faults} >= {"content"}


def test_each_step_is_an_entry_that_says_what_was_read(desk: Desk) -> None:
    row = desk.signed()
    proofs = {step.body["proof"] for step in stages.steps(row) if step.move in ("submit", "check", "sign")}
    assert proofs == {row.proof}
    assert Entry.objects.get(stream="bulletin", action="sign").actor == desk.lin.ref


def test_what_is_issued_is_what_was_signed_whatever_was_filed_since(desk: Desk) -> None:
    row = desk.signed()
    desk.office.file()
    assert document_of(desk.issue(row)).sources[-2].value == "1"


@pytest.mark.parametrize("who", ["chen", "lin"])
def test_nobody_checks_his_own_text(desk: Desk, who: str) -> None:
    row = desk.begin()
    changed = replace(desk.content(), title=("改过的标题",))
    row = signing.save(manuscript=row.id, revision=row.revision, content=changed, by=desk.lin)
    row = desk.submit(row)
    refused("bulletin.own_text", lambda: desk.check(row, by=getattr(desk, who)))


def test_nobody_signs_his_own_text(desk: Desk) -> None:
    row = desk.check(desk.submit(desk.begin()))
    refused("bulletin.own_text", lambda: desk.sign(row, by=desk.chen))


def test_a_machine_neither_checks_nor_signs(desk: Desk) -> None:
    row = desk.submit(desk.begin())
    refused("bulletin.no_person", lambda: desk.check(row, by=desk.office.actor))


def test_another_office_has_no_say(desk: Desk) -> None:
    row = desk.begin()
    refused("ledger.wrong_actor", lambda: signing.submit(manuscript=row.id, revision=row.revision, by=desk.county))
    begin = lambda: signing.begin(scheme=desk.office.scheme, content=desk.content("no2"), by=desk.county)  # noqa: E731
    refused("ledger.wrong_actor", begin)


def test_a_text_that_may_not_be_printed_is_not_handed_in(desk: Desk) -> None:
    row = desk.begin(text="全市共设先锋岗37个。")
    refused("bulletin.unsourced", lambda: desk.submit(row))
    assert Manuscript.objects.get().stage == "draft"


def test_everything_of_the_disclosure_review_is_looked_at(desk: Desk) -> None:
    row = desk.submit(desk.begin())
    check = lambda seen: signing.check(manuscript=row.id, revision=row.revision, disclosed=seen, by=desk.lin)  # noqa: E731
    told = refused("bulletin.undisclosed", lambda: check([]))
    assert "没有公开" in told.hint
    assert desk.check(row).stage == "checked"
    assert {sort for sort, _ in stages.steps(row)[-1].body["disclosed"]} == {"small", "unpublished"}


@pytest.mark.parametrize("upto", ["submit", "check", "sign"])
def test_a_change_sends_it_back(desk: Desk, upto: str) -> None:
    row = desk.submit(desk.begin())
    row = desk.check(row) if upto != "submit" else row
    row = desk.sign(row) if upto == "sign" else row
    changed = replace(desk.content(), title=("改过的标题",))
    row = signing.save(manuscript=row.id, revision=row.revision, content=changed, by=desk.lin)
    assert (row.stage, row.proof, row.as_of) == ("draft", "", None)
    assert stages.steps(row)[-1].move == "reopen"
    refused("bulletin.wrong_stage", lambda: desk.issue(row))


def test_saving_the_same_changes_nothing(desk: Desk) -> None:
    row = desk.signed()
    again = signing.save(manuscript=row.id, revision=row.revision, content=desk.content(), by=desk.chen)
    assert (again.stage, again.revision) == ("signed", row.revision)


def test_a_stale_text_overwrites_nothing(desk: Desk) -> None:
    row = desk.begin()
    changed = replace(desk.content(), title=("甲",))
    signing.save(manuscript=row.id, revision=row.revision, content=changed, by=desk.chen)
    late = replace(desk.content(), title=("乙",))
    refused("bulletin.stale", lambda: signing.save(manuscript=row.id, revision=1, content=late, by=desk.lin))
    assert content.read(Manuscript.objects.get().content).title == ("甲",)


def test_a_text_changed_behind_the_log_is_not_issued(desk: Desk) -> None:
    row = desk.signed()
    other = replace(desk.content(), title=("换过的标题",))
    Manuscript.objects.filter(id=row.id).update(content=other.said)
    refused("bulletin.not_as_signed", lambda: desk.issue(row))
    assert not Closing.objects.exists()


def test_numbers_follow_one_another(desk: Desk) -> None:
    first, second = desk.signed("no1"), desk.signed("no2")
    assert (first.number, second.number) == (1, 2)
    desk.issue(first)
    assert desk.issue(second).number == 2


def test_a_later_number_waits_for_the_earlier(desk: Desk) -> None:
    desk.issue(desk.signed("no1"))
    desk.signed("no2")
    third = desk.signed("no3")
    refused("bulletin.number_gap", lambda: desk.issue(third))


def test_a_number_given_up_goes_to_the_next(desk: Desk) -> None:
    first, second = desk.signed("no1"), desk.signed("no2")
    signing.drop(manuscript=first.id, revision=first.revision, reason="不发了", by=desk.chen)
    third = desk.signed("no3")
    assert (second.number, third.number) == (2, 1)


def test_a_number_stays_with_what_is_sent_back(desk: Desk) -> None:
    row = desk.signed()
    row = signing.send_back(manuscript=row.id, revision=row.revision, reason="标题要改", by=desk.lin)
    assert (row.stage, row.number) == ("draft", 1)
    assert desk.sign(desk.check(desk.submit(row))).number == 1


def test_sending_back_says_why(desk: Desk) -> None:
    row = desk.submit(desk.begin())
    send = lambda why: signing.send_back(manuscript=row.id, revision=row.revision, reason=why, by=desk.lin)  # noqa: E731
    refused("bulletin.no_reason", lambda: send(" "))
    send("请核对数据")
    assert stages.steps(row)[-1].body["reason"] == "请核对数据"


def test_issuing_twice_is_once(desk: Desk) -> None:
    row = desk.signed()
    assert desk.issue(row) == desk.issue(row)
    assert [step.move for step in stages.steps(row)].count("issue") == 1


def test_the_stamped_sheet_is_kept_with_it(desk: Desk) -> None:
    row = desk.signed()
    signing.attach_scan(manuscript=row.id, name="签批单.png", content=PNG, by=desk.chen)
    (scan,) = scans.of(stages.steps(row))
    assert (scan["name"], scan["media_type"]) == ("签批单.png", "image/png")


def test_the_stamped_sheet_stays_and_is_missed_once_it_is_gone(desk: Desk) -> None:
    row = desk.signed()
    signing.attach_scan(manuscript=row.id, name="签批单.png", content=PNG, by=desk.chen)
    step = stages.steps(row)[-1]
    sheet = files.path(step.body["attachment"]["sha256"])
    mark = files.arrivals() / sheet.name
    os.utime(mark, (mark.stat().st_mtime - 2 * 86_400,) * 2)
    assert sweeping.sweep(()) == 0
    sheet.unlink()
    assert [(fault.code, fault.seq) for fault in verify_log().faults] == [("ledger.file_gone", step.seq)]


@pytest.mark.parametrize("doing", ["issue", "sign"])
def test_two_at_once(transactional: Database, doing: str) -> None:
    desk = opened(offices.founded())
    if doing == "issue":
        rows = [desk.signed()] * 2
        work: Callable[[Manuscript], object] = desk.issue
    else:
        rows = [desk.check(desk.submit(desk.begin(name))) for name in ("no1", "no2")]
        work = desk.sign
    faults: list[BaseException] = []

    def run(row: Manuscript) -> None:
        try:
            work(row)
        except Problem as problem:
            if problem.code not in ("bulletin.already_closed", "bulletin.stale", "bulletin.wrong_stage"):
                faults.append(problem)
        except BaseException as fault:  # noqa: BLE001 -- told by the test's own thread
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[row]) for row in rows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    if doing == "issue":
        assert Closing.objects.count() == 1
        assert Entry.objects.filter(stream="bulletin", action="issue").count() == 1
    else:
        assert sorted(Manuscript.objects.values_list("number", flat=True)) == [1, 2]
