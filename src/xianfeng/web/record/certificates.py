"""Who may have the certificate of an award: whoever reads all of its record; of a person's, himself and whoever may
read his name."""

from __future__ import annotations

from xianfeng.commendations import certificates as kept
from xianfeng.ledger.models import Record
from xianfeng.web.papers import FILES
from xianfeng.web.scope import Scope


def certificates(found: Record, seen: Scope) -> tuple[str, ...]:
    """The forms in which the reader can have it."""
    given = kept.given(found) if seen.full(found) else None
    return tuple(FILES) if given and may_have(found, kept.person(*given, found), seen) else ()


def may_have(found: Record, whose: int | None, seen: Scope) -> bool:
    """`whose`: the person who is commended, where it is not the organisation itself."""
    account = seen.reader.account
    return whose is None or seen.personal(found) or (account is not None and account.person_id == whose)
