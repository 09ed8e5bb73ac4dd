"""The Merkle tree against the vectors of Certificate Transparency, and its proofs against every alteration."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianfeng.log.merkle import (
    SHA256,
    Frontier,
    Subtree,
    consistency,
    inclusion,
    root_of,
    verify_consistency,
    verify_inclusion,
)

# From the Certificate Transparency reference implementation (merkle_tree_test).
INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
A = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
B = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
C = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
D = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
E = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
F = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
LEAVES = [SHA256.leaf(bytes.fromhex(text)) for text in INPUTS]


def of(leaves: list[bytes]) -> Subtree:
    return lambda start, end: root_of(leaves[start:end])


def hexed(proof: list[bytes]) -> list[str]:
    return [part.hex() for part in proof]


def test_the_root_of_nothing() -> None:
    assert root_of([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize("size", range(1, 9))
def test_roots(size: int) -> None:
    assert root_of(LEAVES[:size]).hex() == ROOTS[size - 1]


@pytest.mark.parametrize(
    ("number", "size", "proof"),
    [
        (1, 1, []),
        (1, 8, [A, B, C]),
        (6, 8, [D, E, ROOTS[3]]),
        (3, 3, [ROOTS[1]]),
        (2, 5, [ROOTS[0], B, D]),
    ],
)
def test_inclusion_proofs(number: int, size: int, proof: list[str]) -> None:
    assert hexed(inclusion(number - 1, size, of(LEAVES))) == proof


@pytest.mark.parametrize(
    ("old", "size", "proof"),
    [(1, 1, []), (1, 8, [A, B, C]), (6, 8, [F, E, ROOTS[3]]), (2, 5, [B, D])],
)
def test_consistency_proofs(old: int, size: int, proof: list[str]) -> None:
    assert hexed(consistency(old, size, of(LEAVES))) == proof


logs = st.integers(1, 70).map(lambda size: [hashlib.sha256(bytes([n])).digest() for n in range(size)])


@given(logs, st.data())
def test_every_leaf_is_proved_and_no_other(leaves: list[bytes], data: st.DataObject) -> None:
    size, root = len(leaves), root_of(leaves)
    index = data.draw(st.integers(0, size - 1))
    proof = inclusion(index, size, of(leaves))
    assert verify_inclusion(leaves[index], index, size, root, proof)

    other = data.draw(st.integers(0, size).filter(lambda number: number != index))
    assert not verify_inclusion(leaves[index], other, size, root, proof)
    assert not verify_inclusion(leaves[index], index, size, bytes(32), proof)
    assert not verify_inclusion(bytes(32), index, size, root, proof)
    assert not verify_inclusion(leaves[index], index, size, root, [*proof, bytes(32)])
    if proof:
        assert not verify_inclusion(leaves[index], index, size, root, proof[:-1])


@given(logs, st.data())
def test_every_beginning_is_proved_and_no_other(leaves: list[bytes], data: st.DataObject) -> None:
    size, root = len(leaves), root_of(leaves)
    old = data.draw(st.integers(1, size))
    old_root, proof = root_of(leaves[:old]), consistency(old, size, of(leaves))
    assert verify_consistency(old, old_root, size, root, proof)

    changed = [*leaves[: old - 1], bytes(32)]
    assert not verify_consistency(old, root_of(changed), size, root, proof)
    assert not verify_consistency(old, old_root, size, bytes(32), proof)
    assert not verify_consistency(old, old_root, size, root, [*proof, bytes(32)])
    assert not verify_consistency(0, old_root, size, root, proof)
    if proof:
        assert not verify_consistency(old, old_root, size, root, proof[:-1])


@given(logs)
def test_a_log_grows_leaf_by_leaf(leaves: list[bytes]) -> None:
    frontier = Frontier()
    for size, leaf in enumerate(leaves, start=1):
        frontier.add(leaf)
        whole = of(leaves)(0, size)
        assert (frontier.size, frontier.root()) == (size, whole)
