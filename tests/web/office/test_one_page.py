"""The leader's page before a meeting is one page, whatever other rooms have to say."""

from __future__ import annotations

import datetime as dt
import io

from pypdf import PdfReader

from tests.web.conftest import Site
from xianfeng import papers
from xianfeng.bulletins.briefing import Asked, Told, briefing
from xianfeng.figures import engine
from xianfeng.ledger import powers, versions
from xianfeng.log.append import head

LONG = "中共某某县某某街道某某社区某某小区综合整治和老旧管网改造提升工程“征地拆迁”最迟2月3日"


def asked(*told: Told) -> Asked:
    scheme, as_of = versions.current("fuzhou-2010"), head()
    return Asked(
        scheme=scheme,
        organisation=powers.root_of(scheme),
        until=dt.date(2010, 8, 30),
        form="page",
        measures=list(scheme.measures),
        engine=engine().moment(),
        as_of=as_of,
        told=told,
    )


def pages(*told: Told) -> list[str]:
    document = briefing(asked(*told), synthetic=True)
    return [page.extract_text() for page in PdfReader(io.BytesIO(papers.written(document, "pdf"))).pages]


def test_four_rooms_with_much_to_say_leave_one_page(site: Site) -> None:
    titles = ("联系基层", "逾期没有办的", "群众诉求", "有风险的计划")
    (page,) = pages(*(Told(title, (LONG * 2, LONG, LONG)) for title in titles))
    for title in titles:
        assert title in page.replace("\n", "")


def test_without_them_it_is_one_page_too(site: Site) -> None:
    assert len(pages()) == 1
