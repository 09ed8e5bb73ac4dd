"""What an account's holder is told of what others did to it: nobody comes in by it, or is put out, unnoticed."""

from __future__ import annotations

from xianfeng.accounts.models import Account, AccountEvent

_TOLD = frozenset({"invited", "confirmed", "accepted", "factors_gone", "signed_out"})


def untold(account: Account) -> tuple[AccountEvent, ...]:
    """Since the account was first entered, or since its holder said that he had read them.

    What was read before the last invitation was used may have been read by somebody else, so it is told again.
    """
    events = list(account.events.order_by("id"))
    last = {event.action: event.id for event in events}
    if "accepted" not in last:
        return ()
    first = next(event.id for event in events if event.action == "accepted")
    since = last["seen"] if last.get("seen", 0) > last["accepted"] else first
    return tuple(event for event in events if event.id > since and event.action in _TOLD)
