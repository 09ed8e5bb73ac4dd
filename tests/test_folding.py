"""Two spellings of a word are one word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianfeng import folding
from xianfeng.search.excerpts import marked


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("黨員乾部", "党员干部"),  # converted from simplified, and too far
        ("黨員幹部", "党员干部"),
        ("产业结构全面优化昇級", "产业结构全面优化升级"),
        ("提昇靜海黨建工作信息化水平", "提升静海党建工作信息化水平"),
        ("以正在乾的事情為中心", "以正在干的事情为中心"),
        ("乹部", "干部"),
        ("紮紮實實", "扎扎实实"),
        ("戰斗力", "战斗力"),
        ("匯報交流", "汇报交流"),
        ("高標准", "高标准"),
        ("著力點", "着力点"),
        ("鼓樓區", "鼓楼区"),
        ("瀋陽", "沈阳"),
        ("二〇一〇年", "二○一零年"),
        ("ＡＢＣ１２３", "abc123"),
        ("『創先爭優』活動", "创先争优 活动"),
        ("５＋２，白＋黑", "52白黑"),
        ("Café", "CAFE"),
    ],
)
def test_spellings_fold_alike(written: str, asked: str) -> None:
    assert folding.fold(written) == folding.fold(asked)


@pytest.mark.parametrize("words", [("沪", "滤"), ("干部", "部干"), ("市", "巿")])
def test_different_words_stay_different(words: tuple[str, str]) -> None:
    assert folding.fold(words[0]) != folding.fold(words[1])


def test_words_of_a_question() -> None:
    assert folding.words(" 青口 拆遷，　青口 。") == ("青口", "拆迁")


@given(st.text(), st.text())
def test_folding_looks_at_no_neighbours(one: str, other: str) -> None:
    assert folding.fold(one + other) == folding.fold(one) + folding.fold(other)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folding.fold(folding.fold(text)) == folding.fold(text)


@given(st.text())
def test_every_folded_character_knows_its_origin(text: str) -> None:
    folded, origins = folding.folded_with_origins(text)
    assert folded == folding.fold(text)
    assert all(letter in folding.fold(text[place]) for letter, place in zip(folded, origins, strict=True))


@given(st.text(alphabet="创创創先爭争优，。『』 a"), st.text(alphabet="创先争优a", min_size=1, max_size=3))
def test_marking_changes_no_letter(text: str, word: str) -> None:
    pieces = marked(text, [word])
    assert "".join(piece.text for piece in pieces) == text
    assert any(piece.found for piece in pieces) == (word in folding.fold(text))
