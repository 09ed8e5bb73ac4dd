"""Everything that changes the registry: keyword-only, atomic, `by=` an actor."""

from xianfeng.registry.actions.ending import close, merge, split
from xianfeng.registry.actions.founding import Former, Founding, found, found_many
from xianfeng.registry.actions.moving import move
from xianfeng.registry.actions.naming import raise_, rename
from xianfeng.registry.actions.participating import affiliate, disaffiliate
from xianfeng.registry.actions.people import appoint, end_appointment, enter, join, leave

__all__ = [
    "Former",
    "Founding",
    "affiliate",
    "appoint",
    "close",
    "disaffiliate",
    "end_appointment",
    "enter",
    "found",
    "found_many",
    "join",
    "leave",
    "merge",
    "move",
    "raise_",
    "rename",
    "split",
]
