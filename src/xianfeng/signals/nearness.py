"""Which of very many texts are nearly the same, without comparing each with each.

Each text gets a signature of smallest hashes, in bands: two texts that share a band may be compared (MinHash, banded),
all their pieces with all. A share that is told is exact; chance decides only which pairs are compared at all. Of pairs
that share half of their pieces 87 of 100 share a band, of those that share 60 of 100, 99. Among many texts, what few
have weighs more (`rarity`).

Texts with the same pieces are one text here. Those that share a band stand in the order of what else their signatures
have, each is compared with those next to it: a text of which there are a hundred thousand variants costs no more than
a hundred thousand others, and each variant is told with some of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xianfeng.signals.blocks import by_blocks
from xianfeng.signals.pieces import Codes, Numbers, Pieces
from xianfeng.signals.rarity import close, mixed

Shares = NDArray[np.float64]
Signatures = NDArray[np.uint32]  # a row each

LIMIT = 0.5  # which part of all pieces of two texts both have
LEAST = 20  # a text of fewer pieces says too little to be a copy
_BANDS, _ROWS = 32, 4
_NEIGHBOURS = 3
_LIKELY = 38  # of the signature's 128 hashes alike: with fewer the share is not worth finding


@dataclass(frozen=True)
class Near:
    """Pairs of texts by their numbers, the lower first, and how near they are."""

    ones: Numbers
    others: Numbers
    shares: Shares


def near(texts: Pieces, *, limit: float = LIMIT, least: int = LEAST) -> Near:
    long = np.flatnonzero(texts.sizes >= least)
    signed = _signatures(texts, long)
    first = _firsts(texts, long, signed)
    kept = np.unique(first)
    signed = signed[kept]
    ones, others = _candidates(signed)
    enough = close(texts, long[kept[ones]], long[kept[others]], limit=limit)
    ones, others = ones[enough], others[enough]
    share = _shares(texts, long[kept[ones]], long[kept[others]])
    copies = np.flatnonzero(first != np.arange(len(first)))
    pairs = Near(
        np.concatenate([long[kept[ones]], long[first[copies]]]),
        np.concatenate([long[kept[others]], long[copies]]),
        np.concatenate([share, np.ones(len(copies))]),
    )
    order = np.lexsort((pairs.others, pairs.ones))
    return Near(pairs.ones[order], pairs.others[order], pairs.shares[order])


def _signatures(texts: Pieces, which: Numbers) -> Signatures:
    """For each text the smallest of its pieces' hashes, by as many hashes as there are rows in all bands."""
    chance = np.random.default_rng(20120701)  # the same signatures every time
    odd, added = chance.integers(1, 2**63, (2, _BANDS * _ROWS), dtype=np.uint64)
    signed = np.empty((len(which), _BANDS * _ROWS), np.uint32)

    def sign(block: slice) -> None:
        sizes, codes = texts.of(which[block])
        spread = mixed(codes)
        starts = np.cumsum(sizes) - sizes
        for row in range(_BANDS * _ROWS):
            hashes = ((spread * (odd[row] | np.uint64(1)) + added[row]) >> np.uint64(32)).astype(np.uint32)
            signed[block, row] = np.minimum.reduceat(hashes, starts)

    by_blocks(len(which), sign)
    return signed


def _firsts(texts: Pieces, which: Numbers, signed: Signatures) -> Numbers:
    """For each text the first with exactly its pieces, by place in `which`."""
    firsts = np.arange(len(which))
    keys = _keys(signed)
    order = np.argsort(keys, kind="stable")
    same = np.flatnonzero(keys[order][1:] == keys[order][:-1]) + 1
    begun = np.arange(len(which))
    begun[same] = 0
    heads = order[np.maximum.accumulate(begun)]
    ones, others = heads[same], order[same]
    alike = _shares(texts, which[ones], which[others]) == 1
    firsts[others[alike]] = ones[alike]
    return firsts


def _candidates(signed: Signatures) -> tuple[Numbers, Numbers]:
    """Pairs that share a band and look alike by their signatures, each once."""
    count = len(signed)
    found = [np.zeros(0, np.int64)]
    for band in range(0, _BANDS * _ROWS, _ROWS):
        keys = _keys(signed[:, band : band + _ROWS])
        further = signed[:, (band + _ROWS) % (_BANDS * _ROWS) :][:, :_ROWS]
        order = np.lexsort((*further.T[::-1], keys))
        held = keys[order]
        for step in range(1, min(_NEIGHBOURS, count - 1) + 1):
            at = np.flatnonzero(held[step:] == held[:-step])
            found.append(_likely(signed, order[at], order[at + step]))
    pairs = np.unique(np.concatenate(found))
    return pairs // max(count, 1), pairs % max(count, 1)


def _likely(signed: Signatures, ones: Numbers, others: Numbers) -> Numbers:
    """Those pairs whose signatures look alike, the lower text first, as one number each."""
    found = by_blocks(len(ones), lambda some: (signed[ones[some]] == signed[others[some]]).sum(axis=1) >= _LIKELY)
    alike = np.concatenate([np.zeros(0, bool), *found])
    ones, others = ones[alike], others[alike]
    return np.minimum(ones, others) * len(signed) + np.maximum(ones, others)


def _keys(signed: Signatures) -> Codes:
    keys = np.zeros(len(signed), np.uint64)
    for column in signed.T:
        keys = mixed(keys * np.uint64(31) + column + np.uint64(1))
    return keys


def _shares(texts: Pieces, ones: Numbers, others: Numbers) -> Shares:
    """Of each pair, the pieces that both have among those that either has."""

    def shared(block: slice) -> Shares:
        (left, mine), (right, theirs) = texts.of(ones[block]), texts.of(others[block])
        pairs = np.arange(len(left))
        codes = np.concatenate([mine, theirs])
        whose = np.concatenate([np.repeat(pairs, left), np.repeat(pairs, right)])
        order = np.lexsort((codes, whose))
        codes, whose = codes[order], whose[order]
        both = np.bincount(whose[1:][(codes[1:] == codes[:-1]) & (whose[1:] == whose[:-1])], minlength=len(pairs))
        return both / (left + right - both)

    return np.concatenate([np.zeros(0), *by_blocks(len(ones), shared)])
