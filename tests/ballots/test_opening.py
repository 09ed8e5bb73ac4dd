"""The observers' key: any two shares open, one does not, and what was misread on paper is found."""

from __future__ import annotations

from itertools import combinations, permutations

import pytest

from xianfeng.ballots import opening
from xianfeng.ballots.opening import Opener, Share
from xianfeng.crockford import ALPHABET
from xianfeng.problems import Problem

PUBLIC, SHARES = opening.fresh()


@pytest.mark.parametrize("pair", list(permutations(SHARES, 2)), ids=lambda pair: f"{pair[0].place}{pair[1].place}")
def test_any_two_shares_open(pair: tuple[Share, Share]) -> None:
    sealed = opening.sealed(b"answers", public=PUBLIC, message=b"m")
    assert Opener(*pair, public=PUBLIC).opened(sealed, message=b"m") == b"answers"


def test_a_share_survives_paper_in_any_case_and_spacing() -> None:
    for share in SHARES:
        assert Share.read(share.text) == share
        assert Share.read(share.text.lower().replace("-", "  ")) == share


def test_every_sign_misread_is_found() -> None:
    signs = SHARES[0].text.replace("-", "")
    for place, right in enumerate(signs):
        for wrong in set(ALPHABET) - {right}:
            with pytest.raises(Problem, match="抄写"):
                Share.read(signs[:place] + wrong + signs[place + 1 :])


def test_any_two_signs_that_changed_places_are_found() -> None:
    signs = SHARES[1].text.replace("-", "")
    for one, other in combinations(range(len(signs)), 2):
        if signs[one] != signs[other]:
            changed = [*signs]
            changed[one], changed[other] = signs[other], signs[one]
            with pytest.raises(Problem, match="抄写"):
                Share.read("".join(changed))


def test_one_share_twice_or_another_poll_s_opens_nothing() -> None:
    with pytest.raises(Problem, match="同一份"):
        Opener(SHARES[0], SHARES[0], public=PUBLIC)
    _, others = opening.fresh()
    with pytest.raises(Problem, match="打不开"):
        Opener(SHARES[0], others[1], public=PUBLIC)


def test_what_was_sealed_with_another_ballot_does_not_open() -> None:
    opener = Opener(*SHARES[:2], public=PUBLIC)
    sealed = opening.sealed(b"answers", public=PUBLIC, message=b"m")
    assert opener.opened(sealed, message=b"another") is None
    assert opener.opened(sealed[:-1], message=b"m") is None
    assert opener.opened(bytes(len(sealed)), message=b"m") is None
