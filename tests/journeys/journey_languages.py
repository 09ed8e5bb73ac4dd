"""The same pages for those who read the traditional script or English: nothing fails, and the page says what it is."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Enter


@pytest.mark.parametrize(("language", "tag"), [("en", "en"), ("zh-hant", "zh-Hant")])
def test_a_look_in_another_language(enter: Enter, language: str, tag: str) -> None:
    reader = enter(f"language_{tag}", language=language, counted=False)
    for address in ("/", "/schemes/fuzhou-2010", "/schemes/fuzhou-2010/bulletins/no98"):
        reader.open(address)
        expect(reader.page.locator("html")).to_have_attribute("lang", tag)
    reader.sign_in("xingyuan")
    for address in ("/desk/", "/desk/fuzhou-2012/visit/new", "/desk/fuzhou-2012/visit/grid"):
        reader.open(address)
        expect(reader.page.locator("html")).to_have_attribute("lang", tag)
