"""Lists that an office keeps in Excel or CSV: looked at first, then brought in whole or not at all, and taken back.

An office needs its organisations and its contacts; nothing else is asked.
"""

from xianfeng.registry.imports.applying import apply
from xianfeng.registry.imports.previews import Preview, preview
from xianfeng.registry.imports.undoing import Undone, undo

__all__ = ["Preview", "Undone", "apply", "preview", "undo"]
