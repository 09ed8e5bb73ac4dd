"""Which pairs of texts are near enough, of many that look alike: by how much both have, and by how rare it is.

Whoever retells a text changes its words; what he leaves standing is seldom what everybody writes. So where there are
texts enough to know, a piece weighs the more the fewer have it (the logarithm of how many there are for each that has
it). The pieces are compared by 47 bits of a hash, with the pair's number before it, so that one sort does for
thousands of pairs: two pieces of a pair are taken for one once in a billion pairs.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from xianfeng.signals.blocks import BLOCK, by_blocks
from xianfeng.signals.pieces import Codes, Numbers, Pieces

WEIGHED = 0.27  # which part of the weight both have: chosen on the first labelled set, at a precision of 0.999
ENOUGH = 1_000  # texts, fewer do not tell what is rare
_PAIR = np.uint64(47)  # bits of a piece, before them those of the pair
_BUCKETS = 1 << 22

Weights = NDArray[np.float64]


def close(texts: Pieces, ones: Numbers, others: Numbers, *, limit: float) -> NDArray[np.bool_]:
    """Of each pair, whether both have this part of all pieces, or the part `WEIGHED` of their weight."""
    weights = _weights(texts)
    whole = _whole(texts, weights)

    def enough(block: slice) -> NDArray[np.bool_]:
        one, other = ones[block], others[block]
        (left, mine), (right, theirs) = texts.of(one), texts.of(other)
        pairs = np.arange(len(one), dtype=np.uint64) << _PAIR
        both = np.concatenate([_short(mine) | np.repeat(pairs, left), _short(theirs) | np.repeat(pairs, right)])
        both.sort()
        both = both[1:][both[1:] == both[:-1]]
        whose = (both >> _PAIR).astype(np.int64)
        shared = np.bincount(whose, minlength=len(one))
        weight = np.bincount(whose, weights=weights[_bucket(both)], minlength=len(one))
        plain = shared >= limit * (left + right - shared)
        rare = (weight > 0) & (weight >= WEIGHED * (whole[one] + whole[other] - weight))
        return plain | rare

    return np.concatenate([np.zeros(0, bool), *by_blocks(len(ones), enough)])


def mixed(codes: Codes) -> Codes:
    """Numbers that lie close together as numbers that do not."""
    codes = (codes ^ (codes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    codes = (codes ^ (codes >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return codes ^ (codes >> np.uint64(31))


def _weights(texts: Pieces) -> Weights:
    """By bucket; nothing weighs anything where there are too few texts."""
    count, having = len(texts.starts) - 1, np.zeros(_BUCKETS, np.int64)
    if count < ENOUGH:
        return np.zeros(_BUCKETS)
    for at in range(0, count, BLOCK):
        having += np.bincount(_bucket(_short(_some(texts, at))), minlength=_BUCKETS)
    return np.log(count / np.clip(having, 1, count))


def _whole(texts: Pieces, weights: Weights) -> Weights:
    """What each text weighs."""
    found = [np.zeros(0)]
    for at in range(0, len(texts.starts) - 1, BLOCK):
        sizes = texts.sizes[at : at + BLOCK]
        held = np.append(0.0, np.cumsum(weights[_bucket(_short(_some(texts, at)))]))
        ends = np.cumsum(sizes)
        found.append(held[ends] - held[ends - sizes])
    return np.concatenate(found)


def _some(texts: Pieces, at: int) -> Codes:
    last = min(at + BLOCK, len(texts.starts) - 1)
    return texts.codes[texts.starts[at] : texts.starts[last]]


def _short(codes: Codes) -> Codes:
    return mixed(codes) >> (np.uint64(64) - _PAIR)


def _bucket(codes: Codes) -> Numbers:
    return (codes & np.uint64(_BUCKETS - 1)).astype(np.int64)
