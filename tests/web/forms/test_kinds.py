"""Every kind of every campaign in the books that is filled in by form has a form and a grid that open, and say what is
missing; what has pages of its own has neither, and leads to them where somebody asks."""

from __future__ import annotations

from django.test import Client

from tests.web.conftest import Site
from tests.web.desk.conftest import TOWN, Desk, text
from xianfeng.ledger import versions


def test_every_kind_has_a_form_and_a_grid(site: Site) -> None:
    client: Client = Desk(site).client(TOWN, "office")
    for kind in versions.current("fuzhou-2010").kinds.values():
        address = f"/desk/fuzhou-2010/{kind.name}"
        if kind.requested or kind.publishes:
            ways = [client.get(f"{address}/{way}").status_code for way in ("new", "grid")]
            assert ways == [302 if kind.requested else 404, 404], kind.name
            continue
        if kind.of_evaluations:  # nobody files them
            assert [client.get(f"{address}/{way}").status_code for way in ("new", "grid")] == [404, 404], kind.name
            continue
        page = text(client.get(f"{address}/new"))
        later = kind.kept | kind.said_later  # is known of itself, or said by the handler when it acts
        asked = [field for field in kind.fields.values() if not field.retired and field.name not in later]
        assert [field.title for field in asked if field.title not in page] == [], kind.name
        assert client.get(f"{address}/grid").status_code == 200, kind.name
        response = client.post(f"{address}/new", {"day": "2010-06-01", "do": "file:"})
        required = [field for field in asked if field.required]
        counts = kind.flow.states[kind.flow.initial].level.rank > 0
        assert response.status_code == (422 if required and counts else 302), kind.name
        if required and counts:
            assert [field.title for field in required if f">{field.title}</a>：" not in text(response)] == [], kind.name
