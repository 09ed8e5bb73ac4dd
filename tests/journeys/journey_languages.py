"""The same pages for those who read the traditional script or English: nothing fails, and the page says what it is."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Enter

PAGES = {  # of every face
    "": (
        "/",
        "/schemes/fuzhou-2010",
        "/schemes/fuzhou-2010/bulletins/no98",
        "/promises",
        "/verify",
        "/account/sign-in",
    ),
    "xingyuan": ("/desk/", "/desk/fuzhou-2012/visit/new", "/desk/fuzhou-2012/visit/grid", "/account/", "/nowhere"),
    "hongshan": ("/desk/inbox", "/desk/links", "/desk/duties/", "/desk/calendar"),
    "gulou": ("/desk/matters/", "/desk/matters/call", "/office/arrears/gulou-today", "/office/calendar/"),
    "leader": ("/office/plans/", "/office/briefings?form=page"),
    "fuzhou": ("/office/fuzhou-2010/", "/office/bulletins/", "/office/new", "/office/complaints/"),
    "admin": ("/office/registry/", "/office/registry/imports/", "/office/accounts/"),
}


@pytest.mark.parametrize(("language", "tag"), [("en", "en"), ("zh-hant", "zh-Hant")])
def test_a_look_in_another_language(enter: Enter, language: str, tag: str) -> None:
    for visitor, addresses in PAGES.items():
        reader = enter(f"language_{tag}_{visitor or 'citizen'}", language=language, counted=False)
        reader.refusals.add(404)
        if visitor:
            reader.sign_in(visitor)
        for address in addresses:
            reader.open(address)
            expect(reader.page.locator("html")).to_have_attribute("lang", tag)
