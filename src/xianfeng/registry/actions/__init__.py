"""Everything that changes the registry: keyword-only, atomic, `by=` an actor."""

from xianfeng.registry.actions.founding import Former, Founding, found, found_many

__all__ = ["Former", "Founding", "found", "found_many"]
