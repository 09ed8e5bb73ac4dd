"""As whom a command acts: the operator who keeps this installation, or the office that runs a campaign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xianfeng.log.actors import Actor, ActorKind

if TYPE_CHECKING:
    from xianfeng.scheme.nodes import Scheme


def operator() -> Actor:
    """Of no organisation: brings in what binds organisations."""
    return Actor(kind=ActorKind.IMPORT)


def office(scheme: Scheme) -> Actor:
    """The office that runs the campaign, working at this machine; a Problem when its organisation is not there."""
    from xianfeng.ledger import powers

    return powers.office(scheme)
