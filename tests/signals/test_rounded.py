"""Who rounds where the neighbours count is told; who counts, counts little or carries a number forward is not."""

from __future__ import annotations

import random

from tests.signals.district import VILLAGES, District, lots
from xianfeng.signals import answering
from xianfeng.signals.rules import rounded

COUNTS = 12


def counted(lot: random.Random) -> int:
    return lot.randint(20, 400)


def of_all(lot: random.Random, but: int = -1) -> list[tuple[int, dict[str, object]]]:
    return [(at, {"leaflets": counted(lot)}) for at in range(VILLAGES) for _ in range(COUNTS) if at != but]


def test_a_village_that_likes_round_numbers_is_told_with_its_records(here: District) -> None:
    lot = lots(1)
    here.file("talk", of_all(lot, but=4))
    filed = here.file("talk", [(4, {"leaflets": 10 * lot.randint(3, 40)}) for _ in range(COUNTS)])
    (one,) = here.found(rounded.NAME)
    assert (one.organisation, one.field) == (here.villages[4], "leaflets")
    assert (one.record, *one.beside) == filed
    (words,) = answering.sentences([one])
    assert words.startswith("2012年“发放材料”里 20 以上的数有 12 个，12 个逢五逢十；同级其他组织的有 ")


def test_a_tally_is_read_group_by_group(here: District) -> None:
    lot = lots(2)
    rows = [(at, {"people": {"members": counted(lot), "masses": counted(lot)}}) for at in range(VILLAGES)] * 6
    pretended = [{"people": {"members": 10 * lot.randint(3, 30), "masses": 50 * lot.randint(1, 9)}} for _ in range(6)]
    here.file("talk", [row for row in rows if row[0] != 7])
    here.file("talk", [(7, row) for row in pretended])
    assert [one.organisation for one in here.found(rounded.NAME)] == [here.villages[7]]


def test_where_everybody_rounds_nobody_is_told(here: District) -> None:
    lot = lots(3)
    here.file("talk", [(at, {"leaflets": 10 * lot.randint(3, 40)}) for at in range(VILLAGES) for _ in range(COUNTS)])
    assert here.found(rounded.NAME) == []


def test_small_numbers_and_those_carried_forward_say_nothing(here: District) -> None:
    lot = lots(4)
    here.file("talk", [row for row in of_all(lot) if row[0] not in (2, 3)])
    here.file("talk", [(2, {"leaflets": lot.choice((5, 10, 15))}) for _ in range(COUNTS)])
    here.file("talk", [(3, {"leaflets": 50})] * COUNTS)
    assert here.found(rounded.NAME) == []


def test_money_is_round_by_nature(here: District) -> None:
    lot = lots(5)
    here.file("talk", [(at, {"cost": counted(lot)}) for at in range(VILLAGES) for _ in range(COUNTS) if at])
    here.file("talk", [(0, {"cost": 100 * lot.randint(1, 9)}) for _ in range(COUNTS)])
    assert here.found(rounded.NAME) == []
