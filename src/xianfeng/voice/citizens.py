"""Whoever writes without an appointment: known by the receipt that he takes away, and by nothing else."""

from __future__ import annotations

from xianfeng.log.actors import Actor, ActorKind

CITIZEN = Actor(kind=ActorKind.COUNTERFOIL)
