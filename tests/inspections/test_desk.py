"""At the desk: figures on the sheet that is taken along, and what an inspected unit can object to."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.inspections.plans import KNOWN, county
from tests.inspections.test_plans import LATER, go, lines, typed
from xianfeng.accounts.models import Account
from xianfeng.inspections import drawing
from xianfeng.ledger.models import Record
from xianfeng.log.models import Entry
from xianfeng.vault.models import PersonalRead

FACTS = "\nkinds:\n  inspection_visit: {facts: [visits]}\n"


def client(person: int) -> Client:
    found = Client(HTTP_HOST="127.0.0.1")
    account = Account.objects.create(username=f"p-{person}", person_id=person)
    found.force_login(account, "allauth.account.auth_backends.AuthenticationBackend")
    return found


def read(reader: Client, address: str) -> str:
    answer = reader.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.mark.parametrize(("more", "shown"), [(FACTS, True), ("", False)])
def test_the_sheet_bears_the_units_figures_where_the_kind_says_which(db: None, more: str, shown: bool) -> None:
    one = county(more)
    visit = one.drawn().visits.order_by("number")[0]
    name = next(name for name, number in one.office.number.items() if number == visit.organisation)
    for moment in ("2012-03-05 10:00", "2012-03-06 10:00"):
        one.visits(name, moment)
    (code,) = visit.inspectors
    page = read(client(one.office.people[code.removeprefix("P-")]), f"/desk/inspections/{visit.pk}")
    assert ("这个单位的情况" in page) is shown
    assert ("<dd>2次</dd>" in page) is shown


def test_an_inspected_unit_objects_to_what_was_upheld_from_its_own_page(db: None) -> None:
    one = county()
    visit = one.drawn().visits.order_by("number")[0]
    name = next(name for name, number in one.office.number.items() if number == visit.organisation)
    one.office.appoint("村干部", name, "clerk", "2012-01-01")
    unit = client(one.office.people["村干部"])
    record = go(one, visit)
    told = {"about": visit.organisation, "visit": record.id, "text": "公示栏三个月没有更新"}
    found = one.office.file("finding", "福州市", LATER, told)
    link = f"/desk/records/{found.id}/objection"
    assert link not in read(unit, "/desk/inspections")
    one.office.move(found, "state", name, "2012-06-20 15:00", values={"statement": "栏板损坏"})
    one.office.move(found, "uphold", "福州市", "2012-06-21 10:00", reason="有照片为证")
    assert link in read(unit, "/desk/inspections")
    reference = unit.get(link).context["page"].reference
    assert unit.post(link, {"reference": reference, "f-grounds": "六月十九日已经更新"}).status_code == 302
    assert Record.objects.filter(kind="objection").count() == 1
    assert link not in read(unit, "/desk/inspections")


def test_a_member_of_an_inspected_unit_does_not_read_what_was_found_there(db: None) -> None:
    one = county()
    visit = one.drawn().visits.order_by("number")[0]
    name = next(name for name, number in one.office.number.items() if number == visit.organisation)
    for who, role in (("村干部", "clerk"), ("党员", "member"), ("支部书记", "leader")):
        one.office.appoint(who, name, role, "2012-01-01")
    told = {"about": visit.organisation, "visit": go(one, visit).id, "text": "公示栏三个月没有更新"}
    found = one.office.file("finding", "福州市", LATER, told)
    for who in ("村干部", "支部书记"):
        reader = client(one.office.people[who])
        assert told["text"] in read(reader, "/desk/inspections")
        assert told["text"] in read(reader, f"/records/{found.id}")
    member = client(one.office.people["党员"])
    page = read(member, "/desk/inspections")
    assert "对本单位的督查" in page
    assert told["text"] not in page
    assert "发现的问题" not in page  # nor that nothing was found
    assert member.get(f"/records/{found.id}").status_code == 404


def test_the_office_reads_names_where_it_types_what_was_drawn_by_hand(db: None) -> None:
    one = county()
    row = one.sealed("witnessed")
    page = read(client(one.office.people["甲"]), f"/office/judgement/inspections/{row.id}/draw")
    assert "督查员一" in page
    assert "P-督查员一" not in page
    assert "应摇出 2 个单位（村 2 个），每个单位 1 名督查人员。" in page
    assert "17 号单位由 2 号督查人员去" in page


def test_a_page_confirms_what_it_showed_and_nothing_that_was_typed_since(db: None) -> None:
    one = county()
    row = one.sealed("witnessed")
    typed(one, row, lines(row))
    other, at = client(one.office.people["乙"]), f"/office/judgement/inspections/{row.id}"
    shown = read(other, f"{at}/draw")
    (sheet,) = re.findall(rf'href="({at}/sheet/[0-9]+)">签字表<', shown)
    assert b"".join(other.get(sheet)) == b"%PDF-1.7 "
    assert PersonalRead.objects.filter(field="sheet", purpose="看抽取结果的签字表").exists()
    drawing.send_back(plan=row.id, reason="第二个号看错了", by=one.by("甲", KNOWN))
    typed(one, row, "\n".join(reversed(lines(row).splitlines())))
    before = Entry.objects.count()
    for sent in ({"seq": _seq(shown)}, {}):
        told = other.post(f"{at}/move/confirm", sent, follow=True).content.decode()
        assert "现在登记的不是您看过的那一份" in told
    assert Entry.objects.count() == before
    now = other.post(f"{at}/move/confirm", {"seq": _seq(read(other, f"{at}/draw"))}, follow=True)
    assert "摇号结果已经核对" in now.content.decode()


def _seq(page: str) -> str:
    (seq,) = re.findall(r'name="seq" value="(\d+)"', page)
    return seq


def test_a_findings_page_says_by_when_who_decides_and_what_follows(db: None) -> None:
    one = county()
    one.office.appoint("村干部", "青口村", "clerk", "2012-01-01")
    told = {"about": one.office.number["青口村"], "text": "公示栏三个月没有更新"}
    found = one.office.file("finding", "福州市", "2012-03-05 10:00", told)
    reader = client(one.office.people["村干部"])
    page = read(reader, f"/records/{found.id}")
    assert "请青口村在2012年3月8日17:30以前办理“说明情况”。 <span class" in page
    assert "接着由福州市或上级组织或活动办公室决定，办理“认定”或“不成立”。" in page
    assert "到2012年3月8日17:30还没有办的，可以由福州市或上级组织或活动办公室办理“到期没有说明，认定”。" in page
    assert "到期没有办的记为超期" in page
    assert "由承办单位" not in page, "who is next is said once"
    reader.cookies["django_language"] = "en"
    page = read(reader, f"/records/{found.id}")
    assert "is to complete “Explain” by" in page
    assert "If nothing has come by" in page


def test_only_the_usual_step_stands_out_and_none_that_asks_for_a_reason(db: None) -> None:
    one = county()
    visit = one.drawn().visits.order_by("number")[0]
    name = next(name for name, number in one.office.number.items() if number == visit.organisation)
    one.office.appoint("村干部", name, "clerk", "2012-01-01")
    record = go(one, visit)
    told = {"about": visit.organisation, "visit": record.id, "text": "公示栏三个月没有更新"}
    found = one.office.file("finding", "福州市", LATER, told)
    usual = rf'class="btn btn-primary" href="[^"]*/{found.id}/state[^"]*">说明情况'
    assert re.search(usual, read(client(one.office.people["村干部"]), f"/records/{found.id}"))
    one.office.move(found, "state", name, "2012-06-20 15:00", values={"statement": "栏板损坏"})
    one.office.appoint("督查", "福州市", "office", "2012-01-01")
    page = read(client(one.office.people["督查"]), f"/records/{found.id}")
    steps = re.findall(r'<a class="(btn[^"]*)"[^>]*>([^<]*)</a>', page)
    assert {("btn", "认定"), ("btn", "不成立")} <= {*steps}
    assert not [said for look, said in steps if "primary" in look]
