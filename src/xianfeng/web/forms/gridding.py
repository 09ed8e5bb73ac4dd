"""What a page of the grid does with what was sent: go on typing, look it over, file it all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import compress

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext, ngettext

from xianfeng.ledger import actions
from xianfeng.problems import Problem
from xianfeng.registry.lineage import Node
from xianfeng.scheme.nodes import Kind, Scheme
from xianfeng.web.forms import faults, filing
from xianfeng.web.forms.aside import Aside
from xianfeng.web.forms.faults import DAY, FOR, Fault
from xianfeng.web.forms.grid import ROWS, Column, Grid, Line
from xianfeng.web.forms.sheet import Sheet, Typed
from xianfeng.web.forms.weighing import Filer, needed_for, weigh
from xianfeng.web.record.steps import Step, chosen

CHECK, MORE, EDIT = "check", "more", "edit"


@dataclass(frozen=True)
class Told:
    """A fault with the place it leads to."""

    words: str
    anchor: str


@dataclass(frozen=True, kw_only=True)
class GridPage:
    """`preview`: the rows stand as they will be filed, to be looked over; of columns, those in which something does."""

    scheme: Scheme
    kind: Kind
    own: Node
    reference: str
    day: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    totals: tuple[str, ...]
    most: int
    steps: tuple[Step, ...]
    faults: tuple[Told, ...] = ()
    preview: bool = False
    below: bool = False
    pasted: str = ""
    back: str = ""
    aside: Aside | None = None  # None where nobody could come back to a draft

    @property
    def summed(self) -> tuple[tuple[Column, str], ...]:
        return tuple(zip(self.columns, self.totals, strict=True))

    @property
    def for_others(self) -> bool:
        """Whether some row is, or was meant to be, filed for an organisation below."""
        cells = (cell for line in self.lines for cell in line.cells if cell.column.field == FOR)
        return any(cell.value.strip() or cell.fault for cell in cells)

    @property
    def files(self) -> bool:
        return any(column.holds_files for column in self.columns)


@dataclass(frozen=True)
class Gridding:
    grid: Grid
    steps: tuple[Step, ...]
    reference: str
    always: bool = False  # whether required fields are required even of what is only put down

    @classmethod
    def of(
        cls,
        request: HttpRequest,
        filer: Filer,
        scheme: Scheme,
        kind: Kind,
        steps: tuple[Step, ...],
        *,
        below: bool = False,
        always: bool = False,
    ) -> Gridding:
        """`below`: whether a row may be filed for an organisation below."""
        sheet, day = Sheet.of(scheme, kind, filer.names), filing.usual_day(scheme, filer.own, kind)
        grid = Grid(
            filer=filer,
            sheet=sheet,
            day=request.POST.get("day", "") if request.method == "POST" else day.isoformat(),
            start=sheet.typed_of(filing.prefilled(scheme, kind, filer.own, day)),
            below=below,
        )
        return cls(grid, steps, filing.reference_of(request), always)

    def begun(self, rows: Sequence[Typed] = ()) -> GridPage:
        return self._page(rows, spare=max(0, ROWS - len(rows)))

    def taken_up(self, typed: Typed, reference: str) -> GridPage:
        """What was put aside, to go on with."""
        grid = replace(self.grid, day=next(iter(typed.get(DAY, ())), ""))
        rows = grid.typed(MultiValueDict({name: list(texts) for name, texts in typed.items()}), MultiValueDict())
        return replace(self, grid=grid, reference=reference).begun(rows[: grid.most])

    def put_aside(self, request: HttpRequest) -> Typed:
        """The rows as the inputs in which they stand; what was pasted beside them is rows, too."""
        rows = enumerate(self._rows(request))
        return {f"r{place}-{name}": texts for place, row in rows for name, texts in row.items()}

    def posted(self, request: HttpRequest) -> GridPage | tuple[int, ...]:
        """The page to be shown, or the numbers of the records that were filed."""
        rows, pasted = self._rows(request), request.POST.get("pasted", "")
        action = request.POST.get("do", CHECK)
        if len(rows) > self.grid.most:
            return self._page(rows[: self.grid.most], told=(self._too_many(len(rows)),), pasted=pasted)
        if action in (MORE, EDIT):
            return self._page(rows, spare=ROWS)
        if not rows:
            return self._page((), spare=ROWS, told=(Told(gettext("还没有填写任何一行。"), ""),))
        try:
            step = self.steps[0] if action == CHECK else chosen(self.steps, action)
        except Problem as problem:
            return self._wrong(rows, faults.told(problem, self.grid.sheet.kind))
        return self._weighed(rows, step, looked_over=action != CHECK)

    def refused(self, request: HttpRequest, problem: Problem) -> GridPage:
        """The rows with something that is wrong with all of them."""
        return self._wrong(self._rows(request)[: self.grid.most], faults.told(problem, self.grid.sheet.kind))

    def _rows(self, request: HttpRequest) -> list[Typed]:
        return [*self.grid.typed(request.POST, request.FILES), *self.grid.pasted(request.POST.get("pasted", ""))]

    def _weighed(self, rows: Sequence[Typed], step: Step, *, looked_over: bool) -> GridPage | tuple[int, ...]:
        needed = needed_for(self.grid.sheet, step, always=self.always)
        weighed = weigh(self.grid.filer, self.grid.sheet, self.grid.entries(rows), step, needed)
        if weighed.faults:
            return self._wrong(rows, weighed.faults)
        if not looked_over:
            return self._page(rows, preview=True)
        try:
            return actions.file_many(
                by=self.grid.filer.by,
                scheme=self.grid.sheet.scheme.name,
                kind=self.grid.sheet.kind.name,
                rows=[replace(row, reference=f"{self.reference}-{n}") for n, row in enumerate(weighed.rows, start=1)],
            )
        except Problem as problem:
            return self._wrong(rows, faults.told(problem, self.grid.sheet.kind))

    def _wrong(self, rows: Sequence[Typed], found: Sequence[Fault]) -> GridPage:
        told = tuple(Told(_words(fault), self.grid.anchor(fault, rows)) for fault in found)
        return self._page(rows, found, told=told, spare=1)

    def _too_many(self, count: int) -> Told:
        said = ngettext(
            "一次最多 {most} 行，这里有 {n} 行，多出来的没有列在下面。请分几次粘贴。",
            "一次最多 {most} 行，这里有 {n} 行，多出来的没有列在下面。请分几次粘贴。",
            count,
        )
        return Told(said.format(most=self.grid.most, n=count), "")

    def _page(
        self,
        rows: Sequence[Typed],
        found: Sequence[Fault] = (),
        *,
        told: tuple[Told, ...] = (),
        spare: int = 0,
        preview: bool = False,
        pasted: str = "",
    ) -> GridPage:
        grid = self.grid
        lines, totals = grid.lines(rows, found, spare=spare), grid.totals(rows)
        said = [not preview or any(line.cells[place].says for line in lines) for place in range(len(grid.columns))]
        return GridPage(
            scheme=grid.sheet.scheme,
            kind=grid.sheet.kind,
            own=grid.filer.own,
            reference=self.reference,
            day=grid.day,
            columns=tuple(compress(grid.columns, said)),
            lines=tuple(replace(line, cells=tuple(compress(line.cells, said))) for line in lines),
            totals=tuple(compress(totals, said)),
            most=grid.most,
            steps=self.steps,
            faults=told,
            preview=preview,
            below=grid.below,
            pasted=pasted,
        )


def _words(fault: Fault) -> str:
    said = fault.told
    if not fault.row:
        return said
    return gettext("第 {row} 行{title}：{said}").format(row=fault.row, title=fault.title, said=said)
