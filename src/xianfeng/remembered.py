"""What has been found out and need not be again: by a process, the latest up to a weight; within one page."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from threading import Lock
from typing import Any, Generic, ParamSpec, TypeVar

Found = TypeVar("Found")
Question = ParamSpec("Question")


class Remembered(Generic[Found]):
    """Whoever asks for what another thread is about to find waits for it, instead of finding it beside that thread."""

    def __init__(self, most: int, weight: Callable[[Found], int] = lambda _: 1) -> None:
        """`most`: the weight of all that is remembered. What weighs more by itself is found each time."""
        self._most = most
        self._weight = weight
        self._known: OrderedDict[Hashable, Found] = OrderedDict()
        self._finding: dict[Hashable, Lock] = {}
        self._heavy = 0
        self._lock = Lock()

    def of(self, asked: Hashable, find: Callable[[], Found]) -> Found:
        """What is known under this key; else what `find` finds, which may ask for other keys but not for its own."""
        with self._lock:
            if asked in self._known:
                return self._again(asked)
            finding = self._finding.setdefault(asked, Lock())
        with finding:
            with self._lock:
                if asked in self._known:
                    return self._again(asked)
            try:
                found = find()
                with self._lock:
                    self._keep(asked, found)
            finally:
                self._finding.pop(asked, None)
        return found

    def _again(self, asked: Hashable) -> Found:
        self._known.move_to_end(asked)
        return self._known[asked]

    def _keep(self, asked: Hashable, found: Found) -> None:
        weight = self._weight(found)
        if weight > self._most:
            return
        self._known[asked] = found
        self._heavy += weight
        while self._heavy > self._most:
            self._heavy -= self._weight(self._known.popitem(last=False)[1])


_asked: ContextVar[dict[Hashable, Any] | None] = ContextVar("asked", default=None)


@contextmanager
def one_page() -> Iterator[None]:
    """While a page is made that only reads."""
    outer = _asked.set({})
    try:
        yield
    finally:
        _asked.reset(outer)


def reading() -> bool:
    """Whether a page is made that only reads."""
    return _asked.get() is not None


def once_a_page(find: Callable[Question, Found]) -> Callable[Question, Found]:
    """What the parts of a page ask one after another, each for itself, is looked up once; elsewhere each time."""

    @wraps(find)
    def found(*args: Question.args, **kwargs: Question.kwargs) -> Found:
        known = _asked.get()
        if known is None:
            return find(*args, **kwargs)
        question = (find, args, *kwargs.items())
        if question not in known:
            known[question] = find(*args, **kwargs)
        answer: Found = known[question]
        return answer

    return found
