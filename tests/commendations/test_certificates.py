"""A certificate bears the approval's number and its own, which has no gaps; a person's bears his name."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

import docx
from django.http import HttpResponse
from django.test import Client

from tests.commendations import county
from tests.gradings.county import DAY, NOW, County, visit
from xianfeng.commendations import certificates
from xianfeng.ledger import actions
from xianfeng.ledger.models import Record
from xianfeng.scheme.loader import with_libraries


def address(record: int, suffix: str = "docx") -> str:
    return f"/records/{record}/certificate.{suffix}"


def lines(answer: HttpResponse) -> list[str]:
    assert answer.status_code == 200
    return [line.text for line in docx.Document(io.BytesIO(answer.content)).paragraphs]


def test_the_second_award_bears_number_two_though_others_were_nominated_between(here: County) -> None:
    office = here.client(here.county, "office")
    first = county.awarded(here, county.deliberated(here, county.nominated(here, 0)))
    for _ in range(3):
        visit(here, here.villages[2])
    county.nominated(here, 2)
    second = county.awarded(here, county.deliberated(here, county.nominated(here, 3)))
    assert [next(one for one in lines(office.get(address(each.id))) if "号" in one) for each in (first, second)] == [
        "证书第1号",
        "证书第2号",
    ]
    text = "".join(lines(office.get(address(second.id))))
    for said in ("荣誉证书", "第4村", "先进基层党组织", "侯委〔2012〕31号"):
        assert said in text
    assert office.get(address(second.id, "pdf")).content.startswith(b"%PDF")
    page = office.get(f"/records/{second.id}").content.decode()
    assert address(second.id) in page


_HONOUR = """
kinds:
  honour:
    title: 评星
    basis: each
    subject: nominee
    commended: {award: award, approval: approval, opinion: opinion}
    fields:
      nominee: {type: organisation, title: 推荐哪个组织, required: true, public: true}
      award: {type: choice, title: 荣誉, required: true, public: true, choices: {star: 星级村, model: 示范村}}
      opinion: {type: long_text, title: 审议意见}
      approval: {type: text, title: 批准文号, public: true}
    flow:
      initial: draft
      states:
        draft: {title: 草稿, level: none}
        nominated: {title: 已推荐, level: filed}
        deliberated: {title: 已审议, level: reviewed}
        noticed: {title: 公示中, level: reviewed, heard: 10 workdays}
        starred: {title: 已评星, level: submitted, open: false, heard: 10 workdays}
        modelled: {title: 已命名, level: submitted, open: false, heard: 10 workdays}
      moves:
        nominate: {title: 推荐, from: draft, to: nominated, by: author}
        deliberate: {title: 审议, from: nominated, to: deliberated, by: office, needs: [opinion]}
        notice: {title: 公示, from: deliberated, to: noticed, by: office}
        star: {title: 评星, from: noticed, to: starred, by: office, needs: [approval], not_before: 5 workdays}
        model: {title: 命名, from: noticed, to: modelled, by: office, needs: [approval], not_before: 5 workdays}
"""
_RULES = """
  stars: {title: 评星, kind: honour, awards: {star: {}}, noticed: noticed, awarded: starred}
  models: {title: 示范, kind: honour, awards: {model: {}}, noticed: noticed, awarded: modelled}
measures:
"""


def honoured(at: County, award: str, move: str) -> Record:
    values = {"nominee": at.villages[0], "award": award}
    record = actions.file(
        by=at.office, scheme="graded-2012", kind="honour", organisation=at.county, day=DAY, values=values,
        state="nominated",
    )  # fmt: skip
    actions.move(by=at.office, record=record.id, move="deliberate", day=DAY, values={"opinion": "同意"})
    actions.move(by=at.office, record=record.id, move="notice", day=DAY)
    later = dt.timedelta(days=12)
    by, approval = replace(at.office, at=NOW + later), {"approval": "侯委〔2012〕32号"}
    return actions.move(by=by, record=record.id, move=move, day=DAY + later, values=approval)


def test_no_number_is_given_twice_by_several_rules_and_versions(db: None) -> None:
    text = county.SCHEME.replace("\nmeasures:\n", _RULES, 1) + _HONOUR
    here = county.here(text)
    given = [county.awarded(here, county.deliberated(here, county.nominated(here, 0)))]
    given += [honoured(here, "star", "star"), honoured(here, "model", "model")]
    renamed = text.replace("        star: {title: 评星", "        bestow: {title: 评星")
    actions.adopt(with_libraries({"scheme.yaml": renamed}), by=here.office)
    given.append(honoured(here, "star", "bestow"))
    assert [certificates.number("graded-2012", record) for record in given] == [1, 2, 3, 4]


def test_there_is_none_before_the_award_nor_for_the_public(here: County) -> None:
    office, record = here.client(here.county, "office"), county.deliberated(here, county.nominated(here, 0))
    assert office.get(address(record.id)).status_code == 404
    county.awarded(here, record)
    assert office.get(address(record.id)).status_code == 200
    assert Client(HTTP_HOST="127.0.0.1").get(address(record.id)).status_code == 404
