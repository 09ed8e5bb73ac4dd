"""Pages that lie beside the errands of the other journeys, looked at by those who have them; and what comes of the
leader's page when it is printed from the browser."""

from __future__ import annotations

import io

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.journeys.conftest import Enter

PAGES = {
    "": ("/matters/", "/matters/follow", "/matters/gulou-today/new"),
    "xingyuan": ("/desk/calendar", "/account/messages", "/account/calendar", "/desk/messages"),
    "gulou": (
        "/desk/matters/",
        "/desk/matters/call",
        "/desk/matters/list",
        "/desk/calendar",
        "/office/calendar/",
        "/office/calendar/days",
        "/office/calendar/hours",
        "/office/calendar/quiet",
        "/office/deliveries",
    ),
    "leader": ("/office/briefings", "/office/briefings?form=page", "/office/plans/"),
    "admin": ("/office/health",),
}


@pytest.mark.parametrize("visitor", PAGES)
def test_a_look_at_what_lies_beside(enter: Enter, visitor: str) -> None:
    reader = enter(f"beside_{visitor or 'citizen'}", counted=False)
    if visitor:
        reader.sign_in(visitor)
    for address in PAGES[visitor]:
        reader.open(address)
        expect(reader.page.locator("h1").first).to_be_attached()


def test_a_circular_before_it_is_issued_is_looked_at_as_a_paper(enter: Enter) -> None:
    office = enter("beside_circular", counted=False)
    office.sign_in("gulou")
    office.open("/office/arrears/gulou-today")
    office.tap("看印发的样子", within="main")
    office.see("通报")


@pytest.mark.parametrize("screen", ["desktop"], indirect=True, scope="session")
def test_whoever_answers_the_telephone_at_a_desk_does_not_scroll(enter: Enter) -> None:
    office = enter("beside_call", counted=False)
    office.sign_in("gulou")
    office.open("/desk/matters/call")
    office.page.set_viewport_size({"width": 1280, "height": 800})
    expect(office.page.get_by_role("button", name="登记", exact=True)).to_be_in_viewport(ratio=1)


def test_the_leaders_page_is_one_sheet_when_the_browser_prints_it(enter: Enter) -> None:
    leader = enter("beside_printed", counted=False)
    leader.sign_in("leader")
    leader.page.goto(f"{leader.site}/office/briefings?form=page")
    campaigns = leader.page.locator("#scheme option").evaluate_all("options => options.map(one => one.value)")
    assert "gulou-today" in campaigns
    for campaign in campaigns:
        leader.page.goto(f"{leader.site}/office/briefings?form=page&scheme={campaign}")
        printed = leader.page.pdf(format="A4", prefer_css_page_size=True)
        assert len(PdfReader(io.BytesIO(printed)).pages) == 1, campaign
