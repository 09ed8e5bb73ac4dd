"""Lists that an office keeps in Excel or CSV: looked at first, then brought in whole or not at all, and taken back.

An office needs its organisations and its contacts; nothing else is asked.
"""

from xianfeng.registry.imports.applying import apply
from xianfeng.registry.imports.plans import Plan, preview
from xianfeng.registry.imports.undoing import undo

__all__ = ["Plan", "apply", "preview", "undo"]
