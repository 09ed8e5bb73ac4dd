"""Why nobody has to do something any more: what the table of duties keeps, and how it is said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from xianfeng.sentences import say

LEFT: Final = "left"  # the organisation ended, or is none of those bound any more
VACATED: Final = "vacated"  # the appointment ended, and the scheme leaves it at that
DROPPED: Final = "dropped"  # the campaign's newer version does not ask for it
OVERTAKEN: Final = "overtaken"  # the record went another way
WITHDRAWN: Final = "withdrawn"

WORDS: Mapping[str, str] = {
    LEFT: say("组织已撤销，或不再属于这项要求的范围，不再要求"),
    VACATED: say("任职已结束，不再要求"),
    DROPPED: say("方案已修改，不再要求"),
    OVERTAKEN: say("记录已改走别的步骤，不再要求"),
    WITHDRAWN: say("记录已撤销，不再要求"),
}
