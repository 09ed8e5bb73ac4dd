"""What the documents tell of their own rounds can be held, and comes out as they print it."""

from __future__ import annotations

from tests.evaluations.towns import SCHEME, towns
from xianfeng.evaluations import freezing, results, sheets, slips
from xianfeng.evaluations.batches import BLANK, Counted

WEISHI = SCHEME.replace("electorate: list", "electorate: visitors").replace("'village'", "'township'")


def test_weishi_gave_out_891_questionnaires_of_which_875_were_valid(db: None) -> None:
    """D4: 问卷 891 份，有效 875 份（98.2%）；the two towns of the test stand for its seventeen."""
    here = towns(WEISHI)
    row = freezing.begin(scheme="judged-2012", evaluation="yearly", day=here.office().moment.date(), by=here.office())
    freezing.freeze(number=row.id, roll=None, by=here.office())
    slips.issue(number=row.id, issued={1: 500, 2: 391}, by=here.office())
    slips.close(number=row.id, returned={1: 500, 2: 391}, by=here.office())
    for pool, batch, invalid, good in ((1, 300, 5, 200), (1, 200, 4, 150), (2, 391, 7, 300)):
        there = next(one for one in sheets.pools(row) if one.number == pool)
        valid = batch - invalid
        counted = Counted(
            slips=batch,
            invalid=invalid,
            counts={
                "satisfied": {"good": good, "fair": valid - good, "poor": 0, BLANK: 0},
                "kept": {"yes": valid - 60, "no": 60, BLANK: 0},
            },
        )
        for person in (1, 2):
            number = len(there.batches) + 1
            sheets.enter(number=row.id, pool=pool, batch=number, counted=counted, by=here.office(person))
    row = results.publish(number=row.id, by=here.office())
    told = results.slips(row)
    assert (told.issued, told.returned, told.valid, told.invalid, told.missing) == (891, 891, 875, 16, 0)
    assert round(told.valid / told.issued * 100, 1) == 98.2
