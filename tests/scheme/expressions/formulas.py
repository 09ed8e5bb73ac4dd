"""Random formulas and rows: well formed, as wild as the language allows, written as an author would write them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from tests.scheme.expressions.tables import NAMES, TODAY
from xianfeng.scheme.expressions import LARGEST_STORED, Sort, Type

Text = st.SearchStrategy[str]


def _of(sort: Sort) -> list[str]:
    return [path for path, type_ in NAMES.items() if type_.sort is sort]


_WORDS = ["submitted", "published", "fulfilled", "环境", "教育", "", "branch"]
_STATES = ["submitted", "published", "fulfilled"]
_TAGS = ["环境", "教育", "交通"]
_near_today = st.dates(TODAY - dt.timedelta(days=40), TODAY + dt.timedelta(days=40))
_ends = st.sampled_from([dt.date.min, dt.date.max, dt.date(2000, 2, 29), dt.date(1582, 10, 10), TODAY])
DAYS = st.one_of(_near_today, _ends, st.dates())
_numerals = st.one_of(
    st.integers(0, 12).map(str),
    st.sampled_from(["0", "0.5", "2.5", "0.005", "0.000001", "1.25", "100", "999999999999999", "0.999999"]),
    st.decimals(0, 1000, places=2).map(str),
)
_comparison = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
_equality = st.sampled_from(["==", "!="])
_containment = st.sampled_from(["in", "not in"])


def _joined(pattern: str, *parts: Text) -> Text:
    return st.tuples(*parts).map(lambda texts: pattern.format(*texts))


def _listed(items: Text) -> Text:
    return st.lists(items, min_size=1, max_size=4).map(lambda texts: f"[{', '.join(texts)}]")


def _quoted(words: list[str]) -> Text:
    return st.sampled_from([repr(word) for word in words])


_quoted_day = DAYS.map(lambda day: repr(day.isoformat()))
_names = {sort: st.sampled_from(_of(sort)) for sort in Sort}
_numbers: Text = st.deferred(lambda: _number_rules)
_days: Text = st.deferred(lambda: _day_rules)
_conditions: Text = st.deferred(lambda: _condition_rules)

_number_rules: Text = st.one_of(
    _names[Sort.NUMBER],
    _names[Sort.NUMBER],
    _numerals,
    _joined("({} {} {})", _numbers, st.sampled_from("+-*/"), _numbers),
    _joined("round({}, {})", _numbers, st.integers(0, 6).map(str)),
    _joined("round({}, {})", _names[Sort.NUMBER], st.integers(0, 3).map(str)),
    _joined("round({} / {}, {})", _names[Sort.NUMBER], _numerals, st.integers(0, 5).map(str)),
    _joined("abs({})", _numbers),
    _joined("-{}", _names[Sort.NUMBER]),
    _joined("{}({}, {}, {})", st.sampled_from(["min", "max"]), _numbers, _numbers, _numbers),
    _joined("({} - {})", _days, _days),
    _joined("{}({})", st.sampled_from(["year", "month"]), _days),
    _joined("total({})", _names[Sort.TALLY]),
    _joined("length({})", _names[Sort.CHOICES]),
    _joined("({} if {} else {})", _numbers, _conditions, _numbers),
)
_day_rules: Text = st.one_of(
    _names[Sort.DATE],
    _names[Sort.DATE],
    st.just("today"),
    _joined("({} {} {})", _days, st.sampled_from("+-"), st.sampled_from(["number", "count", "1", "400000"])),
    _joined("({} if {} else {})", _days, _conditions, _days),
    _joined("{}({}, {})", st.sampled_from(["min", "max"]), _days, _days),
)
_texts: Text = st.one_of(st.sampled_from(["note", "organisation.level"]), _quoted(_WORDS))
_condition_rules: Text = st.one_of(
    _names[Sort.BOOLEAN],
    _joined("{} {} {}", _numbers, _comparison, _numbers),
    _joined("{} {} {} {} {}", _numbers, _comparison, _numbers, _comparison, _numbers),
    _joined("{} {} {}", _numbers, _containment, _listed(_numerals)),
    _joined("{} {} {}", _days, _comparison, st.one_of(_days, _quoted_day)),
    _joined("{} {} {}", _days, _containment, _listed(_quoted_day)),
    _joined("{} {} {}", _texts, _equality, _texts),
    _joined("note {} {}", _containment, _listed(_quoted(_WORDS))),
    _joined("state {} {}", _equality, _quoted(_STATES)),
    _joined("state {} {}", _containment, _listed(_quoted(_STATES))),
    _joined("{} {} tags", _quoted(_TAGS), _containment),
    _joined("note {} tags", _containment),
    _joined("owner {} author", _equality),
    _joined("missing({})", st.one_of(st.sampled_from(list(NAMES)), _numbers, _days)),
    _joined("(not {})", _conditions),
    _joined("({} {} {})", _conditions, st.sampled_from(["and", "or"]), _conditions),
    _joined("({} if {} else {})", _conditions, _conditions, _conditions),
)
FORMULAS: Text = st.one_of(_numbers, _conditions, _days)
CONDITIONS = _conditions


def _stored(type_: Type) -> st.SearchStrategy[Any]:
    """Values of a field as a record holds them."""
    if type_.sort is Sort.NUMBER:
        edges = [0, 1, -1, 5, -5, 50, -50, 49, 10**type_.scale, 15 * 10**type_.scale, LARGEST_STORED, -LARGEST_STORED]
        units = st.one_of(st.integers(-300, 300), st.sampled_from(edges), st.integers(-LARGEST_STORED, LARGEST_STORED))
        return units.map(lambda unit: str(Decimal(unit).scaleb(-type_.scale)) if type_.scale else unit)
    plain: Mapping[Sort, st.SearchStrategy[Any]] = {
        Sort.DATE: DAYS.map(dt.date.isoformat),
        Sort.BOOLEAN: st.booleans(),
        Sort.CHOICES: st.lists(st.sampled_from(_TAGS), unique=True),
        Sort.TALLY: st.dictionaries(st.sampled_from(["党员", "群众", "干部"]), st.integers(0, 10**9)),
        Sort.REFERENCE: st.integers(1, 3),
    }
    texts = st.sampled_from(type_.choices) if type_.choices else st.sampled_from([*_WORDS, "O'Brien", "a\\b", "一\n二"])
    return plain.get(type_.sort, texts)


ROWS = st.fixed_dictionaries({path: st.none() | _stored(type_) for path, type_ in NAMES.items()})
