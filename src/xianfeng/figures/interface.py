"""What every figures engine answers, and in which words.

One interface; the reference engine (DuckDB over the lake and the tail) implements it, the fast index will, and the two
must agree. Nothing here knows Django.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, Protocol

from xianfeng.scheme.nodes import Field, Scheme

if TYPE_CHECKING:
    import pyarrow as pa

    from xianfeng.figures.each import Column

Tree = Literal["then", "now"]
Axis = Literal["children", "category", "month", "level", "reviewer"]


@dataclass(frozen=True, kw_only=True)
class Query:
    """One figure: a measure of a scheme version at an organisation's subtree, for a period, as of an entry.

    `since` None: from the beginning, or from the scheme's start where the measure says so. `until`: the last day that
    counts. Stocks, coverages, growths and what `stands_until` it ends are states on that day and have no beginning.
    `as_of` None: everything committed when asked. `tree` 'then': work stays where it was done; 'now': the organisations
    of today's subtree, and those they succeeded, with all the work they ever did. What an organisation is (its code,
    name, level, category and tier) is read as of `until`; with 'now', as it is now.
    """

    scheme: str  # hash of the scheme version
    measure: str
    organisation: int
    until: dt.date
    since: dt.date | None = None
    as_of: int | None = None
    tree: Tree = "then"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A value and what it rests on.

    `value`: counts and distincts are ints; sums, stocks, ratios and growths Decimals (money in yuan; ratios as
    fractions of 1, at scale 6, half-up). A sum or a stock adds up the records that carry its field; a tally's value is
    all its groups together. None is 'not reported' or 'not known', never zero:

    - a count, sum or distinct over no record, while somebody who owes it is missing;
    - a stock that nobody has ever reported;
    - a ratio, coverage or growth whose denominator is 0, None or a floor, or whose numerator is None. A coverage's are
      counts, of the covered and of the population; owed is the covered where records cover, else the population.

    `is_floor`: it is at least so much, and may be more, for of some ballots it was not told what they say
    (`scheme/results.py`). A share of a floor by what is known is one too.

    `expected` organisations owe this: those that its obligations bind (`scheme.owing.owing`: the ones it names under
    `owed`, or else all on the kind of its records that are of organisations and have a lower bound), each once, among
    the organisations of the subtree, within the scheme's own root, that are open on `until`.

    `missing` of them have, for at least one of the obligations that bind them, no record of that kind that satisfies
    the obligation's `matching`. The records looked at are those in the period, by the measure's date and from its
    review level on, and for a sum or a stock those that carry its field; for a coverage, all that are filed by `until`,
    by their own date. A coverage's kind is the one that covers, or else its population's. The measure's own filter, and
    what a coverage demands of its records, are not asked: a report that says 'none' is a report.

    Both are None when nobody owes it, and in the rows of a breakdown by anything but children, except by month of what
    is a state (a stock, coverage or growth), whose rows are figures of their own. A ratio's are its denominator's, or
    else its numerator's; a growth's those of the later value.
    """

    query: Query
    value: int | Decimal | None
    records: int  # how many records it rests on
    filed: int  # of these, by review level
    reviewed: int
    submitted: int
    expected: int | None = None
    missing: int | None = None
    numerator: Figure | None = None  # for ratio, coverage and growth
    denominator: Figure | None = None
    is_floor: bool = False
    as_of: int = 0  # the sequence number it was computed at

    @property
    def drawn(self) -> int | Decimal | None:
        """The value for a picture without words; None also of what is only known to be at least so much."""
        return None if self.is_floor else self.value


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of a breakdown. `key`: organisation id, category value, first of the month, level or reviewer id.

    Among children, the organisation itself stands for what was recorded, or is owed, at itself and at none of them.
    None: the records without a category, or reviewed by nobody.
    """

    key: int | str | dt.date | None
    figure: Figure


@dataclass(frozen=True, kw_only=True)
class Contribution:
    """A record behind a figure, with what it adds.

    `day` is the measure's date. Where several records carry one thing that counts once (a distinct, a coverage), the
    first adds 1 and the others 0. `record` None: the registry itself is the evidence (an organisation covered by what
    it is, without any record); then `organisation` is the member.
    """

    record: int | None
    organisation: int
    place: int
    day: dt.date | None
    state: str
    level: int
    value: int | Decimal


@dataclass(frozen=True, kw_only=True)
class Trace:
    records: tuple[Contribution, ...]
    next: int | None  # pass as `after` for the next page


class Figures(Protocol):
    """Every method raises `Problem` for a question that has no answer: an unknown measure, an entry not yet written, an
    axis that the measure has not."""

    def moment(self) -> Figures:
        """The same, all as of one state of the books, for all that one page asks: what is filed meanwhile is not in it,
        and the state is looked up once."""
        ...

    def figure(self, query: Query) -> Figure: ...

    def figures(self, queries: Sequence[Query]) -> tuple[Figure, ...]:
        """Several at once, all as of the same entry where they name none."""
        ...

    def breakdown(self, query: Query, axis: Axis, *, field: str = "") -> tuple[Row, ...]:
        """Rows by `axis`; `field` names the category: a choice, choices or boolean field, or a tally for its groups.

        Children come in registry order, every child open on `until` present, and those that had something. Levels are
        complete too, and so are the months of the period while the scheme runs; of others, those with something come.
        Rows add up to the figure for counts, sums and stocks (by months only for flows; by choices not, for a record
        may be in several). By month a stock, coverage or growth is the state at the end of each month of the run.
        """
        ...

    def each(self, query: Query, organisations: Sequence[int]) -> Column:
        """A measure at very many organisations at once: of each the value of the figure that `query` is, asked of it
        instead of its own. Work stays where it was done: `tree` 'now' is refused."""
        ...

    def trace(
        self,
        query: Query,
        *,
        after: int | None = None,
        limit: int = 50,
        among: Sequence[int] | None = None,
        whole: bool = False,
    ) -> Trace:
        """The records behind a figure, by record number, adding up to its value; `among`: only those of these records.

        A ratio's, a coverage's and a growth's are those of its numerator. `whole`: instead, what a coverage is
        a share of; of other measures, nothing.
        """
        ...

    def missing(self, query: Query, *, after: int | None = None, limit: int = 50) -> tuple[int, ...]:
        """Organisations that owe this figure and have reported nothing, by id."""
        ...


@dataclass(frozen=True, kw_only=True, eq=False)
class Register:
    """What the postings of one kind may carry: the fields and states of all its versions, in these schemes."""

    key: str
    schemes: tuple[str, ...]
    fields: Mapping[str, Field]
    states: tuple[str, ...]


class Source(Protocol):
    """Where an engine takes what it computes with: the log's postings, the registry and the schemes."""

    def head(self) -> int:
        """The last entry that can be seen now."""
        ...

    def settled(self) -> bool:
        """False inside a transaction: what is read may yet be undone, so nothing of it may be kept."""
        ...

    def anchor(self, seq: int) -> str:
        """What tells this log's entry `seq` from that of any other log; '' when there is no such entry."""
        ...

    def postings(self, after: int, until: int) -> Iterator[pa.Table]:
        """Postings of the entries after..until in commit order, some ten thousand at a time (`columns.RAW`), those of
        an entry together: a segment of the lake is named by its entries, and made again from them."""
        ...

    def registry(self, as_of: int) -> tuple[pa.Table, pa.Table, pa.Table]:
        """Organisations, places and what organisations were called before (`registry.snapshots`) as known at an entry;
        the very same tables for as long as nothing changed them."""
        ...

    def scheme(self, version: str) -> Scheme:
        """A version by its hash."""
        ...

    def root(self, scheme: Scheme) -> int:
        """The organisation that a scheme binds to, by the one rule that also decides who may file: whatever its code
        is now. A Problem when there is none."""
        ...

    def registers(self, schemes: Iterable[str] | None = None) -> Mapping[str, Register]:
        """Every kind of every version of these schemes (by name; None: of all), by its key.

        A posting names its record's home scheme, and carries what that declares: nobody need read the other schemes.
        """
        ...
