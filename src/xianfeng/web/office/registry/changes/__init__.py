"""The changes of an organisation that have a form, by the word in their address; one a file."""

from __future__ import annotations

from collections.abc import Mapping

from xianfeng.web.office.registry.changes.close import Close
from xianfeng.web.office.registry.changes.form import ChangeForm
from xianfeng.web.office.registry.changes.foundation import Found
from xianfeng.web.office.registry.changes.merge import Merge
from xianfeng.web.office.registry.changes.move import Move
from xianfeng.web.office.registry.changes.rename import Raise, Rename
from xianfeng.web.office.registry.changes.split import Split

CHANGES: Mapping[str, type[ChangeForm]] = {
    "found": Found,
    "rename": Rename,
    "raise": Raise,
    "move": Move,
    "merge": Merge,
    "split": Split,
    "close": Close,
}
