"""A draw as it is published once the visits are over: frame, secret, value and visits, for anybody to repeat."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xianfeng import canonical
from xianfeng.inspections import draw
from xianfeng.inspections.draw import Visit
from xianfeng.inspections.frame import Frame, read_object, unreadable
from xianfeng.problems import Problem
from xianfeng.sentences import say


@dataclass(frozen=True, kw_only=True)
class Outcome:
    frame: Frame
    secret: bytes
    value: str
    seed: bytes
    visits: tuple[Visit, ...]

    @property
    def text(self) -> str:
        return canonical.dumps(
            {
                "frame": canonical.Written(self.frame.text),
                "secret": self.secret.hex(),
                "value": self.value,
                "seed": self.seed.hex(),
                "visits": [vars(visit) for visit in self.visits],
            }
        )

    @classmethod
    def read(cls, text: str) -> Outcome:
        said = read_object(text)
        try:
            return cls(
                frame=Frame.of(said["frame"]),
                secret=bytes.fromhex(said["secret"]),
                value=str(said["value"]),
                seed=bytes.fromhex(said["seed"]),
                visits=tuple(Visit.of(each) for each in said["visits"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise unreadable() from error


def make(frame: Frame, *, secret: bytes, value: str) -> Outcome:
    seed = draw.seed(frame, secret=secret, value=value)
    return Outcome(frame=frame, secret=secret, value=value, seed=seed, visits=draw.drawn(frame, seed))


def faults(outcome: Outcome, *, fingerprint: str) -> tuple[str, ...]:
    """What does not hold of a published draw whose frame was sealed under this fingerprint; () where all does."""
    return tuple(_faults(outcome, fingerprint))


def _faults(outcome: Outcome, fingerprint: str) -> Iterator[str]:
    frame = outcome.frame
    if frame.fingerprint.hex() != fingerprint.strip().lower():
        yield say("名册与封存的校验码不符，封存后改动过。")
    try:
        again = make(frame, secret=outcome.secret, value=outcome.value)
    except Problem as problem:
        yield problem.message
        return
    if again.seed != outcome.seed:
        yield say("由名册、密数和公布的数算不出抽取时的种子，其中有一样改动过。")
    if again.visits != outcome.visits:
        yield say("重新抽取的结果与公布的不同。")
