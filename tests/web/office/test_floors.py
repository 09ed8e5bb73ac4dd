"""Where nearly all answered alike, whatever shows a rate says that it is at least so much, and no target is called
missed for it."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from tests.evaluations import towns
from tests.evaluations.towns import SCHEME, Towns, closed, counted, twice
from tests.web.office.conftest import Desk
from tests.web.office.test_evaluation import desk_of
from xianfeng import figures
from xianfeng.bulletins import export
from xianfeng.bulletins.closing import close, document_of
from xianfeng.bulletins.compose import compose
from xianfeng.bulletins.corrections import corrections
from xianfeng.bulletins.verifying import verify
from xianfeng.bulletins.wording import value
from xianfeng.evaluations import results
from xianfeng.gradings import actions as gradings
from xianfeng.ledger import versions
from xianfeng.ledger.models import Record
from xianfeng.log.actors import CLOCK
from xianfeng.log.seals import seal
from xianfeng.opendata import package

DAY = dt.date(2012, 7, 1)
MEASURES = """
measures:
  near: {title: 目标近的, ratio: [good, answered], show: percent, public: true, target: {value: 0.8, due: 2012-06-30}}
  far: {title: 目标远的, ratio: [good, answered], show: percent, public: true, target: {value: 0.95, due: 2012-06-30}}
  above: {title: 限额低的, ratio: [good, answered], show: percent, public: true, target: {value: 0.8, at_most: true}}
  within: {title: 限额高的, ratio: [good, answered], show: percent, public: true, target: {value: 0.95, at_most: true}}
  missed: {title: 兑现率, ratio: [kept, all_kept], show: percent, public: true, target: {value: 0.95, due: 2012-06-30}}
  kept: {title: 兑现, sum: evaluation_result.count, where: "question == 'kept' and answer == 'yes'", public: true}
  all_kept: {title: 兑现的票, sum: evaluation_result.count, where: "question == 'kept'", public: true}
  together: {title: 并列着看的, ratio: [good, answered], show: percent, public: true, beside: [near]}
"""
GRADING = """
gradings:
  villages:
    title: 村级组织分类定级
    kind: grading
    where: "level == 'village'"
    classes: {advanced: 80, average: 40, backward: 0}
    parts: {work: {title: 群众评议, weight: 1, indicators: {near: {measure: near, full: 100, points: value * 100}}}}
    published: published
bulletins:
  first:
    series: 活动简报
    number: 1
    title: [群众评议结果]
    issued: 2012-07-01
    issuer: 活动办
    copies: 10
    template: first.md
"""
TEMPLATE = """满意率{{ figure('near') }}，满意票{{ figure('good') }}票，兑现率{{ figure('missed') }}。

{{ table('near', by='children') }}
"""


@pytest.fixture
def here(db: None) -> Towns:
    """One village all of one mind, and one that is not."""
    said = SCHEME.replace("\nmeasures:\n", MEASURES).replace("    unit: 票\n", "    unit: 票\n    public: true\n")
    found = towns.towns(said + GRADING, {"first.md": TEMPLATE})
    row = closed(found, (40, 40), {1: 30, 2: 40})
    twice(found, row, 1, counted(20, 5, 5, 0, kept=(20, 10, 0)))
    twice(found, row, 2, counted(40, 0, 0, 0, kept=(30, 10, 0)))
    results.publish(number=row.id, by=found.office())
    return found


@pytest.fixture
def office(here: Towns) -> Desk:
    return desk_of(here, "third", "张三")


def read(address: str) -> str:
    answer = Client(HTTP_HOST="127.0.0.1").get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def charts(page: str) -> list[dict[str, Any]]:
    return [json.loads(one) for one in re.findall(r"<script[^>]*application/json[^>]*>(.*?)</script>", page, re.DOTALL)]


def row_of(page: str, name: str) -> str:
    """The words of the first row that begins so."""
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", page, re.DOTALL)
    found, *_ = [one for one in rows if re.search(rf"<th[^>]*>(?:<a[^>]*>)?{name}<", one)]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found)).strip()


def test_pages_say_it_in_every_row_and_beside(here: Towns) -> None:
    page = read("/figures/judged-2012/near/350121100")
    assert "至少80%" in page
    assert "至少56" in page, "what it is a share of"
    assert "至少90" in row_of(page, "第2村")
    assert "至少" not in row_of(page, "第1村")
    beside = read("/figures/judged-2012/together/350121100")
    assert row_of(beside, "第2村").count("至少90") == 2
    (bars,) = [chart for chart in charts(page) if chart["name"] == "bars"]
    assert "第2村（至少）" in bars["labels"]
    assert "第1村" in bars["labels"]
    by_answer = read("/figures/judged-2012/answered/350121100202")
    assert ["至少" in row_of(by_answer, one) for one in ("满意", "基本满意", "不满意")] == [True, True, True]


def test_a_floor_that_reaches_a_target_has_and_one_below_is_not_called_short(here: Towns, office: Desk) -> None:
    page = office.get("/office/judged-2012/?at=350121100202&until=2012-07-01")
    verdicts = {name: row_of(page, name) for name in ("目标近的", "目标远的", "限额低的", "限额高的", "兑现率")}
    for name, verdict in (
        ("目标近的", "已达到"),
        ("目标远的", "是否达到不能确定"),
        ("限额低的", "超过限额"),
        ("限额高的", "是否超过不能确定"),
        ("兑现率", "到期未达到"),
    ):
        assert verdict in verdicts[name]
    (behind,) = re.findall(r'id="behind".*?</section>', page, re.DOTALL)
    assert "目标远的" not in behind
    assert "限额高的" not in behind
    assert "兑现率" in behind


def test_a_picture_without_words_draws_nothing_of_it(here: Towns, office: Desk) -> None:
    page = office.get("/office/judged-2012/?at=350121100&measure=near&trend=1&until=2012-07-01")
    found = {name: int(shade) for shade, name in re.findall(r'<li class="shade-(\d)">.*?<span>(.*?)</span>', page)}
    assert found["第2村"] == 0
    assert found["第1村"] > 0


def test_a_workbook_keeps_the_number_and_says_it(here: Towns) -> None:
    address = "/figures/judged-2012/near/350121100?format=xlsx&table=part-1"
    sheet = load_workbook(io.BytesIO(Client(HTTP_HOST="127.0.0.1").get(address).content)).active
    assert sheet is not None
    found = {row[0].value: row[1] for row in sheet.iter_rows()}
    assert (found["第2村"].value, found["第2村"].number_format) == (0.9, '"至少"0.00%')
    assert "至少" not in found["第1村"].number_format


def test_a_bulletin_prints_it_keeps_it_and_is_told_when_it_is_known_better(here: Towns) -> None:
    made = compose("judged-2012", "first", engine=figures.engine())
    closing = close(made, by=here.office())
    document = document_of(closing)
    scheme = versions.current("judged-2012")
    article = export.article(document, scheme)
    words = re.sub(r"<[^>]+>", "", article)
    assert "满意率至少80%，满意票至少56票，兑现率71%" in words
    assert "青口镇至少80%" in words
    near, good, missed = document.sources[:3]
    assert [value(one) for one in (near, good, missed)] == ["至少80%", "至少56票", "71.4286%"]
    assert verify(closing).stands
    assert corrections(closing) == ()


def test_a_briefing_says_it_and_compares_with_nothing_unknown(here: Towns, office: Desk) -> None:
    page = office.get("/office/briefings?scheme=judged-2012&at=350121100202&until=2012-07-01")
    far = row_of(page, "目标远的")
    assert "至少90" in far
    assert "是否达到不能确定" in far
    short, *_ = re.findall(r">离目标还差的</h.*?(?=<h|</article)", page, re.DOTALL)
    assert "目标远的" not in short
    assert "兑现率" in short


def test_open_data_says_it_in_a_column(here: Towns) -> None:
    seal(by=CLOCK)
    made = package.make("judged-2012")
    for file in ("totals.csv", "months.csv"):
        rows = list(csv.DictReader(io.StringIO(made.content(file).decode())))
        told = {(row["measure"], row["value"], row["is_floor"]) for row in rows if row["organisation"] != "350121101"}
        assert {each[2] for each in told if each[0] in ("near", "good")} == {"true"}
        assert {each[2] for each in told if each[0] in ("answered", "missed")} == {"false"}
    described = {one["name"]: one for one in json.loads(made.described())["resources"]}
    (column,) = [one for one in described["totals"]["schema"]["fields"] if one["name"] == "is_floor"]
    assert column["type"] == "boolean"


def test_points_that_may_be_more_are_told_as_such_and_propose_nothing_they_would_decide(
    here: Towns, office: Desk
) -> None:
    proposal = gradings.propose(by=here.office(), scheme="judged-2012", grading="villages", day=DAY)
    lines = office.get(f"/office/judgement/gradings/{proposal.id}")
    assert re.search("至少90 先进 .*至少90", row_of(lines, "第2村")), "advanced, whatever more it is"
    assert "至少" not in row_of(lines, "第1村")
    assert "至少90" in office.get(f"/desk/gradings/{proposal.id}/{here.villages[1]}")
    tried = office.get(f"/office/judgement/gradings/{proposal.id}/whatif?c-advanced=95&c-average=80&c-backward=0")
    assert "先进 没有建议" in row_of(tried, "第2村")
    assert "一般 后进" in row_of(tried, "第1村")
    assert Record.objects.filter(kind="grading").count() == 0
