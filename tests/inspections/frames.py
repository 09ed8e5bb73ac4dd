"""A small inspection plan: two strata, one unit visited lately, one inspector who must not go to his own."""

from __future__ import annotations

import datetime as dt

from xianfeng import lots
from xianfeng.inspections.frame import Frame, Inspector, Stratum, Unit

SECRET = bytes(range(32))
VALUE = "03 07 12 15 22 31"
LATER = dt.datetime.now(tz=dt.UTC).date() + dt.timedelta(days=30)  # when a value becomes known that nobody knows


def frame(**changed: object) -> Frame:
    units = tuple(Unit(code=f"x{n:02}", title=f"第{n}村", stratum="村") for n in range(20))
    units += tuple(Unit(code=f"q{n:02}", title=f"第{n}企业", stratum="企业") for n in range(6))
    fields = {
        "title": "2012年第四季度督查",
        "approval": "金组〔2012〕12号",
        "commitment": lots.commitment(SECRET),
        "value": "双色球第2012140期红球号码，从小到大",
        "known": dt.date(2012, 12, 1),
        "since": dt.date(2011, 12, 1),
        "each": 2,
        "strata": (Stratum(name="村", size=4), Stratum(name="企业", size=2)),
        "units": units,
        "inspectors": tuple(Inspector(code=f"p{n}", title=f"督查员{n}") for n in range(5)),
    }
    return Frame(**{**fields, **changed})  # type: ignore[arg-type]
