"""Texts as sets of three neighbouring characters, each three packed into one number: sets of numbers, and exact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Codes = NDArray[np.uint64]

_SIZE = 3
_BITS = np.uint64(21)  # of a character
_BATCH = 20_000  # texts at a time
_BETWEEN = "\0"  # never within a folded text


@dataclass(frozen=True)
class Pieces:
    """`codes[starts[n]:starts[n + 1]]` are those of text n, each once and in order."""

    starts: Numbers
    codes: Codes

    @property
    def sizes(self) -> Numbers:
        return np.diff(self.starts)

    def of(self, texts: Numbers) -> tuple[Numbers, Codes]:
        """All pieces of these texts one after another, and how many of them each has."""
        sizes = self.sizes[texts]
        ends = np.cumsum(sizes)
        places = np.arange(ends[-1] if len(ends) else 0) + np.repeat(self.starts[texts] - (ends - sizes), sizes)
        return sizes, self.codes[places]


def pieces(texts: Iterable[Iterable[str]]) -> Pieces:
    """Of texts that come in parts: no piece reaches from one part into the next, and all numbers are alike."""
    sizes: list[Numbers] = []
    codes: list[Codes] = []
    for batch in _batches(texts):
        owners, found = _distinct(batch)
        sizes.append(np.bincount(owners, minlength=len(batch)))
        codes.append(found)
    starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.concatenate([np.zeros(0, np.int64), *sizes]))])
    return Pieces(starts, np.concatenate([np.zeros(0, np.uint64), *codes]))


def _batches(texts: Iterable[Iterable[str]]) -> Iterator[list[str]]:
    rest = iter(texts)
    while batch := [_BETWEEN.join(parts) + _BETWEEN for parts in islice(rest, _BATCH)]:
        yield batch


def _distinct(batch: list[str]) -> tuple[Numbers, Codes]:
    """The pieces of a batch, sorted within each text, and whose they are."""
    written = np.frombuffer("".join(batch).encode("utf-32-le"), np.uint32).astype(np.uint64)
    whose = np.repeat(np.arange(len(batch)), [len(text) for text in batch])
    written[(written >= ord("0")) & (written <= ord("9"))] = ord("0")
    windows = [written[at : len(written) - _SIZE + 1 + at] for at in range(_SIZE)]
    whole = np.logical_and.reduce([window != 0 for window in windows])
    whose = whose[: len(whole)][whole]
    codes = np.zeros(len(whose), np.uint64)
    for window in windows:
        codes = (codes << _BITS) | window[whole]
    order = np.lexsort((codes, whose))
    whose, codes = whose[order], codes[order]
    first = np.ones(len(codes), bool)
    first[1:] = (codes[1:] != codes[:-1]) | (whose[1:] != whose[:-1])
    return whose[first], codes[first]
