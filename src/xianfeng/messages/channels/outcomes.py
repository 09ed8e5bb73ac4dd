"""What became of one try, in words that name nobody: what a mail server answers may hold an address."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from xianfeng.sentences import say


class Reason(StrEnum):
    SENT = ""
    UNREACHABLE = "unreachable"
    SIGN_IN = "sign_in"
    DEFERRED = "deferred"
    REFUSED = "refused"
    NO_ADDRESS = "no_address"
    NOT_TAKEN = "not_taken"
    GONE = "gone"
    EXPIRED = "expired"


WORDS = {
    Reason.SENT: "",
    Reason.UNREACHABLE: say("连不上"),
    Reason.SIGN_IN: say("账号或密码不对"),
    Reason.DEFERRED: say("对方暂时不收"),
    Reason.REFUSED: say("对方拒收"),
    Reason.NO_ADDRESS: say("没有地址"),
    Reason.NOT_TAKEN: say("没有送出"),
    Reason.GONE: say("这个渠道已经停用"),
    Reason.EXPIRED: say("过期不再发送"),
}
_FOR_GOOD = frozenset({Reason.REFUSED, Reason.NO_ADDRESS, Reason.GONE})


@dataclass(frozen=True)
class Outcome:
    reason: Reason

    @property
    def sent(self) -> bool:
        return self.reason is Reason.SENT

    @property
    def for_good(self) -> bool:
        """Trying again on this channel would change nothing."""
        return self.reason in _FOR_GOOD

    @property
    def is_of_the_channel(self) -> bool:
        """The next delivery by it would fare the same."""
        return self.reason in (Reason.UNREACHABLE, Reason.SIGN_IN)


SENT = Outcome(Reason.SENT)
