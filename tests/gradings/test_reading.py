"""Who works at a division's desk reads its grading and his own body's, each once it is told; and no earlier."""

from __future__ import annotations

import pytest

from tests.gradings import county
from tests.gradings.county import DAY, SCHEME, County
from xianfeng.gradings import deciding
from xianfeng.ledger import actions
from xianfeng.registry import actions as registry

OWN = "/desk/gradings/"


def branch(here: County) -> int:
    founding = registry.Founding(code="B1", name="第1村党支部", type="body", level="branch", parent=here.villages[0])
    (number,) = registry.found_many(foundings=[founding], by=county._IMPORTER)
    return number


def published(here: County, proposal: int, organisation: int) -> None:
    by = here.at(here.towns[0])
    (record,) = deciding.decide(by=by, proposal=proposal, chosen={organisation: ""}, reasons={}, day=DAY)
    for move in ("review", "publish"):
        actions.move(by=here.office, record=record, move=move, day=DAY)


def test_a_graded_body_reads_its_line_once_it_is_told(db: None) -> None:
    here = county.county(SCHEME.replace("level == 'village'", "level == 'branch'"))
    own = branch(here)
    proposal, clerk = here.proposal(), here.client(own, "clerk")
    line = f"{OWN}{proposal.id}/{own}"
    assert clerk.get(line).status_code == 404
    published(here, proposal.id, own)
    assert clerk.get(line).status_code == 200
    assert line in clerk.get(OWN).content.decode()


@pytest.mark.parametrize("role", ["clerk", "secretary"])
def test_whoever_works_at_a_graded_division_reads_its_line(db: None, role: str) -> None:
    here = county.county()
    village = here.villages[0]
    proposal, reader = here.proposal(), here.client(branch(here), role)
    line = f"{OWN}{proposal.id}/{village}"
    assert reader.get(line).status_code == 404
    published(here, proposal.id, village)
    assert line in reader.get(OWN).content.decode()
    assert reader.get(line).status_code == 200
    assert reader.get(f"{OWN}{proposal.id}/{here.villages[1]}").status_code == 404
