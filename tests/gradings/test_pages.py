"""From the office's button to the unit that reads why, page by page."""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from tests.gradings import county
from tests.gradings.county import DAY, County
from xianfeng.gradings import actions as gradings
from xianfeng.gradings import deciding
from xianfeng.gradings.models import Proposal
from xianfeng.ledger import actions
from xianfeng.scheme.loader import with_libraries

LIST = "/office/judgement/gradings/"


@pytest.fixture
def here(db: None) -> County:
    return county.county()


def read(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def test_the_office_proposes_and_sees_the_weak_first(here: County) -> None:
    office = here.client(here.county, "office")
    page = read(office, LIST)
    assert "按现在的数提出建议" in page
    assert "才结束，现在的数只到" not in page, "the campaign is over"
    answer = office.post(f"{LIST}propose", {"scheme": "graded-2012", "grading": "villages"})
    page = read(office, answer["Location"])
    assert page.index("第6村") < page.index("第3村") < page.index("第1村")
    assert "先进名额已满（至多1）" in page
    assert "第6村" not in read(office, f"{answer['Location']}?grade=advanced")


def test_a_period_that_was_proposed_for_says_so(here: County) -> None:
    office, proposal = here.client(here.county, "office"), here.proposal()
    page = read(office, LIST)
    assert f'<a href="{LIST}{proposal.id}">已经提出建议</a>' in page
    assert "按现在的数重新提出" in page
    assert "按现在的数提出建议" not in page
    leader = read(here.client(here.county, "leader"), LIST)
    assert "已经提出建议" in leader, "what his overview counts, he finds there"
    assert "按现在的数" not in leader


def test_a_period_that_is_not_over_says_so_beside_the_button(db: None) -> None:
    title = "    title: 村级组织分类定级\n"
    scheme = county.SCHEME.replace("to: 2012-12-31", "to: 2099-12-31").replace(title, f"{title}    every: once\n")
    one = county.county(scheme)
    page = read(one.client(one.county, "office"), LIST)
    assert "本期到 2099-12-31 才结束，现在的数只到" in page
    assert "定级请等本期结束" in page


def test_a_period_that_has_ended_can_be_graded_beside_the_one_that_runs(db: None) -> None:
    title, this_year = "    title: 村级组织分类定级\n", timezone.localdate().year
    scheme = county.SCHEME.replace("to: 2012-12-31", "to: 2099-12-31").replace(title, f"{title}    every: year\n")
    one = county.county(scheme)
    office = one.client(one.county, "office")
    page = read(office, LIST)
    days = re.findall(r'name="day" value="([0-9-]+)"', page)
    assert days == [f"{this_year - 1}-12-31", timezone.localdate().isoformat()]
    answer = office.post(f"{LIST}propose", {"scheme": "graded-2012", "grading": "villages", "day": days[0]})
    assert f"{this_year - 1}-01-01" in read(office, answer["Location"])


def test_a_town_decides_with_one_departure_and_its_reason(here: County) -> None:
    proposal, town = here.proposal(), here.client(here.towns[0], "reviewer")
    address = f"{LIST}{proposal.id}"
    page = read(town, address)
    assert "第3村" in page
    assert "第4村" not in page, "of the other town"
    third = here.villages[2]
    refused = town.post(f"{address}/decide", {f"g-{third}": "average"}, follow=True)
    assert "要说明理由" in refused.content.decode()
    town.post(f"{address}/decide", {f"g-{third}": "average", f"r-{third}": "新班子上任两个月"})
    question = town.post(f"{address}/decide", {"do": "all"}).content.decode()
    assert "按建议确定 2 个组织的等级" in question
    town.post(f"{address}/decide", {"do": "all", "confirmed": "yes"})
    found = deciding.decisions(proposal, here.villages)
    assert {each: found[each].grade for each in found} == dict(
        zip(here.villages[:3], ("advanced", "average", "average"), strict=True)
    )
    assert "新班子上任两个月" in read(town, address)


def test_a_page_of_several_decisions_tells_each_that_is_refused(here: County) -> None:
    proposal, town = here.proposal(), here.client(here.towns[0], "reviewer")
    address, (first, second, third, *_rest) = f"{LIST}{proposal.id}", here.villages
    typed = {f"g-{first}": "advanced", f"g-{second}": "backward", f"g-{third}": "average"}
    page = town.post(f"{address}/decide", typed, follow=True).content.decode()
    assert "有 2 处要改，选中的 3 个都没有确定" in page
    assert "第2村：等级与建议不一致，要说明理由。" in page
    assert "第3村：等级与建议不一致，要说明理由。" in page
    assert "第1村：" not in page
    assert deciding.decisions(proposal, here.villages) == {}


def test_the_rest_as_proposed_leaves_what_was_chosen_in_the_lines(here: County) -> None:
    proposal, town = here.proposal(), here.client(here.towns[0], "reviewer")
    address, third = f"{LIST}{proposal.id}/decide", here.villages[2]
    typed = {f"g-{third}": "average", f"r-{third}": "新班子上任两个月", "do": "all"}
    question = town.post(address, typed).content.decode()
    assert "按建议确定 2 个组织的等级" in question
    assert "另外 1 个按所选的等级确定" in question
    kept = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', question))
    town.post(address, {**kept, "confirmed": "yes"})
    decided = deciding.decisions(proposal, here.villages)
    assert len(decided) == 3
    assert (decided[third].grade, decided[third].because) == ("average", "新班子上任两个月")


def published(here: County) -> Proposal:
    proposal = here.proposal()
    chosen = dict.fromkeys(here.villages[:3], "")
    numbers = deciding.decide(by=here.at(here.towns[0]), proposal=proposal.id, chosen=chosen, reasons={}, day=DAY)
    for number in numbers:
        actions.move(by=here.office, record=number, move="review", day=DAY)
        actions.move(by=here.office, record=number, move="publish", day=DAY)
    return proposal


def test_a_unit_reads_its_reasons_once_it_is_published(here: County) -> None:
    village = here.client(here.villages[1], "clerk")
    draft = here.proposal()
    assert read(village, f"/desk/gradings/{draft.id}/{here.villages[1]}", 404)
    proposal = published(here)
    address = f"/desk/gradings/{proposal.id}/{here.villages[1]}"
    assert address in read(village, "/desk/gradings/")
    page = read(village, address)
    for said in ("80.00", "4次", "先进名额已满（至多1）", "/figures/graded-2012/visits/350121100201"):
        assert said in page
    assert read(village, f"/desk/gradings/{proposal.id}/{here.villages[0]}", 404), (
        "a neighbour's points are not its own"
    )


def test_everybody_reads_published_classes_and_no_points(here: County) -> None:
    public = Client(HTTP_HOST="127.0.0.1")
    address = "/schemes/graded-2012/gradings/villages"
    here.proposal()
    assert "第1村" not in read(public, address)
    assert address not in read(public, "/schemes/graded-2012")
    published(here)
    assert address in read(public, "/schemes/graded-2012")
    page = read(public, address)
    assert "第1村" in page
    assert "第2村" not in page, "it is in another class"
    assert "第2村" in read(public, f"{address}?grade=average")
    assert "得分" not in page


def test_an_organisations_own_page_names_its_class_once_it_is_published(here: County) -> None:
    own, public = "/organisations/350121100200", Client(HTTP_HOST="127.0.0.1")
    proposal = here.proposal()
    by, left = here.office, deciding.undecided(proposal, deciding.below(proposal, here.county, DAY))
    numbers = deciding.decide(by=by, proposal=proposal.id, chosen=dict.fromkeys(left, ""), reasons={}, day=DAY)
    actions.move_many(by=by, records=numbers, move="review", day=DAY)
    assert "村级组织分类定级" not in read(public, own), "reviewed, and told to nobody yet"
    actions.move_many(by=by, records=numbers, move="publish", day=DAY)
    page = read(public, own)
    (link,) = re.findall(r'href="(/schemes/graded-2012/gradings/villages[^"]+)"', page)
    assert "先进" in page
    assert "第1村" in read(public, link.replace("&amp;", "&"))
    assert "村级组织分类定级" not in read(public, "/organisations/350121100"), "a town is not graded"
    actions.move(by=by, record=numbers[0], move="regrade", day=DAY, values={"grade": "average", "departure": "复核"})
    assert "村级组织分类定级" not in read(public, own), "it is being decided anew"


def test_a_class_is_of_the_campaign_that_decided_it(here: County) -> None:
    """Campaigns share the register of a core kind."""
    published(here)
    other = county.SCHEME.replace("graded-2012", "graded-besides").replace("为民服务活动", "同时的活动")
    actions.adopt(with_libraries({"scheme.yaml": other}), by=here.office)
    public = Client(HTTP_HOST="127.0.0.1")
    assert "第1村" not in read(public, "/schemes/graded-besides/gradings/villages")
    page = read(public, "/organisations/350121100200")
    assert "/schemes/graded-2012/gradings/villages" in page
    assert "/schemes/graded-besides/gradings/villages" not in page


def test_published_classes_are_read_one_period_at_a_time_the_newest_first(db: None) -> None:
    title = "    title: 村级组织分类定级\n"
    here = county.county(county.SCHEME.replace(title, f"{title}    every: quarter\n"))
    by, (first, second, *_rest) = replace(here.office, at=None), here.villages
    values = {"target": here.villages[2], "grade": "average"}
    by_hand = actions.file(
        by=by, scheme="graded-2012", kind="grading", organisation=here.county, day=dt.date(2012, 2, 1), values=values
    )
    for move in ("review", "publish"):
        actions.move(by=by, record=by_hand.id, move=move, day=dt.date(2012, 2, 1))
    for day, village in ((dt.date(2012, 3, 30), first), (dt.date(2012, 6, 30), second)):
        proposal = gradings.propose(by=by, scheme="graded-2012", grading="villages", day=day)
        late = day + dt.timedelta(days=20)  # it is of the quarter that was graded, whenever it was decided
        reasons = {village: "照实际情况"}
        chosen = {village: "average"}
        numbers = deciding.decide(by=by, proposal=proposal.id, chosen=chosen, reasons=reasons, day=late)
        for move in ("review", "publish"):
            actions.move(by=by, record=numbers[0], move=move, day=late)
    public, address = Client(HTTP_HOST="127.0.0.1"), "/schemes/graded-2012/gradings/villages?grade=average"
    newest, before = read(public, address), read(public, f"{address}&period=2012-01-01")
    assert "2012年第2季度" in newest.split("<title>")[1].split("</title>")[0]
    assert [name for name in ("第1村", "第2村", "第3村") if name in newest] == ["第2村"]
    assert [name for name in ("第1村", "第2村", "第3村") if name in before] == ["第1村", "第3村"]
    assert "period=2012-01-01" in newest
    assert "一般（2012年第1季度）" in before
    for nonsense in ("2012-07-01", "x", "2012"):
        assert read(public, f"{address}&period={nonsense}", 404)


def test_another_weight_is_tried_and_nothing_is_kept(here: County) -> None:
    proposal, office = here.proposal(), here.client(here.county, "office")
    address = f"{LIST}{proposal.id}/whatif"
    assert "个组织中" not in read(office, address)
    page = read(office, f"{address}?c-average=90&c-advanced=95")
    assert "6 个组织中，1 个的建议等级会变。" in page  # 第2村 has 80; those who lost their place to a quota have 100
    assert "第2村" in page
    assert "从高到低" in read(office, f"{address}?c-average=95&c-advanced=90")
    assert Proposal.objects.count() == 1
    assert read(here.client(here.towns[0], "reviewer"), address, 404)


def test_the_table_as_a_file_has_every_line(here: County) -> None:
    proposal, office = here.proposal(), here.client(here.county, "office")
    answer = office.get(f"{LIST}{proposal.id}?format=xlsx&table=lines")
    rows = list(load_workbook(io.BytesIO(b"".join(answer))).active.iter_rows(values_only=True))
    totals = [row[1] for row in rows if row[0] and str(row[0]).endswith("村")]
    assert [Decimal(str(total)) for total in totals] == [0, 20, 80, 100, 100, 100]


def test_who_decides_reads_on_his_desk_how_many_wait_until_none_does(here: County) -> None:
    town, words = here.client(here.towns[0], "reviewer"), "等您确定的等级"
    assert words not in read(town, "/desk/")
    proposal = here.proposal()
    page = read(town, "/desk/")
    assert words in page
    assert f"{LIST}{proposal.id}" in page
    assert "3 个" in page
    assert words not in read(here.client(here.villages[0], "clerk"), "/desk/")
    town.post(f"{LIST}{proposal.id}/decide", {"do": "all", "confirmed": "yes"})
    assert words not in read(town, "/desk/")


def test_who_reviews_a_class_reads_of_whom_it_is_what_was_proposed_and_why(here: County) -> None:
    proposal, third = here.proposal(), here.villages[2]
    chosen, reasons = {third: "average", here.villages[0]: ""}, {third: "新班子上任两个月"}
    records = deciding.decide(by=here.at(here.towns[0]), proposal=proposal.id, chosen=chosen, reasons=reasons, day=DAY)
    office = here.client(here.county, "office")
    page = read(office, "/desk/inbox?kind=graded-2012/grading")
    assert "本单位上一次" not in page, "the number of a proposal is no figure"
    for said in ("第3村", "第1村", "确定等级", "新班子上任两个月", f"/desk/gradings/{proposal.id}/{third}"):
        assert said in page
    own = read(office, f"/records/{records[0]}")
    assert f"总分 20.00（第 {proposal.id} 号建议）" in own or f"总分 20（第 {proposal.id} 号建议）" in own
    assert f"/desk/gradings/{proposal.id}/{third}" in own


def test_who_leads_reads_proposals_and_decides_nothing(here: County) -> None:
    proposal, leader = here.proposal(), here.client(here.county, "leader")
    assert "/office/judgement/" in read(leader, "/desk/")
    for address in ("", "gradings/", "evaluations/", "inspections/", "commendations/"):
        assert "按现在的数提出建议" not in read(leader, f"/office/judgement/{address}"), address
    page = read(leader, f"{LIST}{proposal.id}")
    assert "第6村" in page
    assert "确定所选的等级" not in page
    assert leader.post(f"{LIST}{proposal.id}/decide", {"do": "all", "confirmed": "yes"}).status_code == 404
    assert leader.post(f"{LIST}propose", {"scheme": "graded-2012", "grading": "villages"}).status_code == 404
    assert read(here.client(here.towns[0], "leader"), f"{LIST}{proposal.id}")
    assert read(here.client(here.villages[0], "leader"), f"{LIST}{proposal.id}", 404)
