"""The proofs of a record's entries: what one takes away stands by itself."""

from __future__ import annotations

from django.test import Client

from tests.web.desk.conftest import OTHER_TOWN, Desk, text
from tests.web.desk.test_inbox import visit
from tests.web.public.test_promises import promise
from xianfeng.log import keys, receipts, seals


def test_a_sealed_entrys_receipt_holds_and_a_later_ones_has_no_proof_yet(desk: Desk, town: Client) -> None:
    (sealed,) = visit(desk)
    seals.seal(by=desk.site.office)
    (later,) = visit(desk)
    assert "已封存" in text(town.get(f"/records/{sealed}/proof"))
    assert "还没有封存" in text(town.get(f"/records/{later}/proof"))
    receipt = receipts.parse(text(town.get(f"/records/{sealed}/proof?seq={sealed}")))
    assert receipt.holds(keys.signing_key().public_key())
    assert receipts.parse(text(town.get(f"/records/{later}/proof?seq={later}"))).inclusion is None


def test_an_entry_says_everything_and_is_for_those_who_may_read_it(desk: Desk, town: Client) -> None:
    (mine,), (others,) = visit(desk), visit(desk, OTHER_TOWN)
    for address in (f"/records/{others}/proof", f"/records/{others}/proof?seq={others}"):
        assert town.get(address).status_code == 404
    for seq in (str(others), "0", "x", "9" * 30):
        assert town.get(f"/records/{mine}/proof?seq={seq}").status_code == 404


def test_a_record_that_has_a_page_says_that_its_proof_is_not_public(desk: Desk, town: Client) -> None:
    shown = promise(desk.site, "修路", at=OTHER_TOWN).pk
    assert "封存证明" not in text(town.get(f"/records/{shown}"))
    response = town.get(f"/records/{shown}/proof")
    assert response.status_code == 404
    assert "封存证明不公开" in text(response)
