"""The observers' key: any two shares open, one does not, and what was misread on paper is found."""

from __future__ import annotations

from itertools import permutations

import pytest

from xianfeng.ballots import opening
from xianfeng.ballots.opening import Opener, Share
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


def test_a_misread_share_is_found() -> None:
    signs = SHARES[0].text
    for place in (2, 11, 30, len(signs) - 1):
        other = "A" if signs[place] != "A" else "B"
        with pytest.raises(Problem, match="抄写"):
            Share.read(signs[:place] + other + signs[place + 1 :])


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
