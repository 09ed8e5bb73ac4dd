"""The one door through which work is written. Pages, commands, imports and returns all call these."""

from xianfeng.ledger.attachments import attach
from xianfeng.ledger.filing import file, file_many
from xianfeng.ledger.handling import amend, amended, hand_over, move, move_many, withdraw
from xianfeng.ledger.personal import erase
from xianfeng.ledger.preparing import Row, Step
from xianfeng.ledger.versions import adopt

__all__ = [
    "Row",
    "Step",
    "adopt",
    "amend",
    "amended",
    "attach",
    "erase",
    "file",
    "file_many",
    "hand_over",
    "move",
    "move_many",
    "withdraw",
]
