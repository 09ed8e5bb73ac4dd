"""Who is judged in a round, and how many answer for each: from the registry, or from a list that the office brings.

Of a list only how many stand in it for each organisation is kept, and a hash by which the list can be told again:
nobody's name comes into the house for the sake of an anonymous vote.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from xianfeng import canonical
from xianfeng.ledger import powers
from xianfeng.population import Population
from xianfeng.problems import Problem, Problems
from xianfeng.registry import places
from xianfeng.registry.imports import files
from xianfeng.registry.imports.tables import Row, cell_place, fault
from xianfeng.registry.lineage import Lineage
from xianfeng.registry.models import Membership, Place
from xianfeng.scheme.evaluating import Evaluation
from xianfeng.scheme.nodes import Scheme
from xianfeng.sentences import say

Roll = Mapping[str, tuple[str, ...]]  # an organisation's code -> by what its electors are told apart, sorted
_CODES, _MARKS = ("组织代码", "单位代码", "代码", "code"), ("参评人员", "应评人", "姓名", "编号", "手机号", "elector")
_FURTHEST_HEADING = 10  # a title and a note may stand above the headings
MOST_TOLD = 100


@dataclass(frozen=True, kw_only=True)
class Unit:
    """An organisation to be judged. `above`: its superiors within the campaign, nearest first."""

    organisation: int
    code: str
    name: str
    above: tuple[int, ...]


def units(scheme: Scheme, rule: Evaluation, *, as_of: int, day: dt.date) -> tuple[Unit, ...]:
    """Whom a rule means on a day, by code; the campaign's own office is not judged in it."""
    root, population, lineage = powers.root_of(scheme), Population(as_of), Lineage()
    meant = population.organisations(root, day, rule.where)
    found = [organisation for (organisation,) in population.connection.execute(_ONLY.format(meant)).fetchall()]
    lineage.learn(found)
    held = [_unit(lineage, organisation, root, day) for organisation in found if organisation != root]
    return tuple(sorted(held, key=lambda unit: unit.code))


_ONLY = "SELECT organisation FROM ({})"


def _unit(lineage: Lineage, organisation: int, root: int, day: dt.date) -> Unit:
    node, above = lineage.node(organisation, day), lineage.ancestors(organisation, day)
    if node is None:
        raise LookupError(f"organisation {organisation} stands in the tree and is called nothing")
    return Unit(organisation=organisation, code=node.code, name=node.name, above=above[: above.index(root) + 1])


def members(root: int, units: Sequence[Unit], day: dt.date) -> Roll:
    """The members of each organisation and of those below it, all at or below a root, by the office's own keys."""
    path = Place.objects.values_list("path", flat=True).get(places.on(day), organisation=root)
    standing = Place.objects.filter(places.on(day), places.within(path)).values("organisation")
    held = Membership.objects.filter(places.on(day), organisation__in=standing)
    codes = {unit.organisation: unit.code for unit in units}
    lineage, found = Lineage(), defaultdict[str, set[str]](set)
    rows = list(held.values_list("organisation_id", "person__code"))
    lineage.learn({organisation for organisation, _ in rows})
    for organisation, person in rows:
        for one in (organisation, *lineage.ancestors(organisation, day)):
            if one in codes:
                found[codes[one]].add(person)
    return {code: tuple(sorted(people)) for code, people in found.items()}


def listed(path: Path, units: Sequence[Unit]) -> Roll:
    """A list from Excel or CSV: in each row an organisation's code and an elector; Problems with all that is wrong."""
    book, _ = files.read(path)
    for sheet in book.sheets:
        for at, row in enumerate(sheet.rows[:_FURTHEST_HEADING]):
            heads = [cell.strip() for cell in row.cells]
            code = next((heads.index(word) for word in _CODES if word in heads), None)
            mark = next((heads.index(word) for word in _MARKS if word in heads), None)
            if code is not None and mark is not None:
                return _roll(sheet.rows[at + 1 :], code, mark, units)
    raise fault("no_table", "没有找到表头“组织代码”和“参评人员”。", "第一行写表头：组织代码、参评人员；一人一行。")


def _roll(rows: Iterable[Row], code: int, mark: int, units: Sequence[Unit]) -> Roll:
    known, refused = {unit.code for unit in units}, list[Problem]()
    found: dict[str, Counter[str]] = {}
    for row in rows:
        cells = [cell.strip() for cell in row.cells] + [""] * (max(code, mark) + 1 - len(row.cells))
        at, elector = cells[code], cells[mark]
        refused += row.problems
        if not at and not elector:
            continue
        if at not in known:
            refused.append(_wrong(row, code, say("不评议代码为“{code}”的组织。", code=at), "核对代码，或删去这一行。"))
        elif not elector:
            refused.append(_wrong(row, mark, say("没有写参评人员。"), "写上能区分每个人的姓名或编号。"))
        else:
            found.setdefault(at, Counter())[elector] += 1
            if found[at][elector] == 2:
                told = say("“{elector}”在这个组织的名单上重复。", elector=elector)
                refused.append(_wrong(row, mark, told, "同名的加编号区分，重复的删去。"))
    if refused:
        message = say("名单有{count}处要改，没有采用。", count=len(refused))
        raise Problems(refused[:MOST_TOLD], code="evaluations.list", message=message, hint="改正后重新上传整份名单。")
    return {code: tuple(sorted(people)) for code, people in found.items()}


def _wrong(row: Row, column: int, message: str, hint: str) -> Problem:
    return fault("evaluations", message, hint, place=cell_place(row.number, column + 1))


def sealed(codes: Sequence[str], roll: Roll, salt: bytes) -> bytes:
    """The hash of an electorate's list. The salt keeps whoever has the hash from trying names."""
    told = {code: list(roll.get(code, ())) for code in codes}
    return hashlib.sha256(salt + canonical.dumps(told).encode()).digest()
