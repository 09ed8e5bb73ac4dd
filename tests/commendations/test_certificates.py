"""A certificate bears the approval's number and its own, which has no gaps; a person's bears his name."""

from __future__ import annotations

import io

import docx
import pytest
from django.http import HttpResponse
from django.test import Client

from tests.commendations import county
from tests.gradings.county import County, visit


@pytest.fixture
def here(db: None) -> County:
    return county.here()


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


def test_there_is_none_before_the_award_nor_for_the_public(here: County) -> None:
    office, record = here.client(here.county, "office"), county.deliberated(here, county.nominated(here, 0))
    assert office.get(address(record.id)).status_code == 404
    county.awarded(here, record)
    assert office.get(address(record.id)).status_code == 200
    assert Client(HTTP_HOST="127.0.0.1").get(address(record.id)).status_code == 404
