"""The organisations and people of a plan, begun where they are missing, then gathered for its records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import cycle, islice

from xianfeng.demo import spread
from xianfeng.demo.ground import Ground, Site, stem
from xianfeng.demo.plan import Founded, Group, People, Plan
from xianfeng.log.actors import Actor
from xianfeng.problems import Problem
from xianfeng.registry import tree
from xianfeng.registry.actions import people
from xianfeng.registry.actions.founding import Former, Founding, found_many
from xianfeng.registry.actions.people import Newcomer
from xianfeng.registry.models import Designation, Organisation, Person
from xianfeng.sentences import say


def lay(plan: Plan, *, by: Actor) -> Ground:
    """Begin what is missing, all of it at once; what a plan's records may refer to."""
    divisions = _Divisions(plan)
    planned = {item.id: tuple(_foundings(plan, item, divisions)) for item in plan.organisations}
    known = _numbers(founding.code for foundings in planned.values() for founding in foundings)
    missing = [new for foundings in planned.values() for new in foundings if new.code not in known]
    known |= dict(zip((new.code for new in missing), found_many(foundings=missing, by=by), strict=True))
    groups = {group.id: tuple(divisions.of(group)) for group in plan.groups}
    for name, foundings in planned.items():
        groups[name] = tuple(Site(known[new.code], new.code, new.name) for new in foundings)
    return Ground(groups=groups, people=_people(plan, by), divisions=divisions.numbers)


class _Divisions:
    """The divisions that the plan may stand on, asked for once."""

    def __init__(self, plan: Plan) -> None:
        unders = {item.under for item in plan.organisations} | {item.under for item in plan.groups if item.under}
        rows = Organisation.objects.filter(type="division").order_by("code")
        self._rows = [
            (Site(id_, code, name), level, category)
            for id_, code, name, level, category in rows.values_list("id", "code", "name", "level", "category")
            if any(code.startswith(stem(under)) for under in unders)
        ]
        self._day = plan.until
        self.numbers = dict(rows.values_list("code", "id"))
        self._former: dict[int, list[Designation]] = defaultdict(list)
        for once in Designation.objects.filter(organisation__type="division").order_by("id"):
            self._former[once.organisation_id].append(once)

    def of(self, group: Group) -> Iterator[Site]:
        if group.above:
            below = tree.children(self.numbers[group.above], self._day)
            yield from (Site(node.id, node.code, node.name) for node in below)
            return
        for site, level, category in self._rows:
            within = level == group.level and site.code.startswith(stem(group.under))
            chosen = site.code not in group.but and (not group.codes or site.code in group.codes)
            if within and chosen and group.category in ("", category):
                yield site

    def former(self, site: Site) -> list[Designation]:
        """Under what other names a division was known, oldest first."""
        return [once for once in self._former.get(site.id, ()) if once.name != site.name]


def _foundings(plan: Plan, item: Founded, divisions: _Divisions) -> Iterator[Founding]:
    stands = list(divisions.of(Group(id=item.id, level=item.on, under=item.under, category=item.where)))
    if not stands:
        message = say("“{item}”没有可以设立的区划。", item=item.id)
        raise Problem("demo.no_division", message, hint="先导入这一级区划。", place=plan.scheme)
    if not item.count:
        return (yield from (_founding(item, site, divisions, item.suffix, "") for site in stands))
    order = spread.shuffled(stands, spread.source(plan.seed, item.id))
    for number, site in enumerate(islice(cycle(order), item.count), 1):
        yield _founding(item, site, divisions, f"{item.suffix}{number:04d}", str(number))


def _founding(item: Founded, site: Site, divisions: _Divisions, suffix: str, number: str) -> Founding:
    code = f"{site.code}-{suffix}"
    former = tuple(
        Former(
            code=code,
            name=_name(item, once.name, number),
            level=item.level,
            category=item.category,
            since=once.since,
            until=once.until,
        )
        for once in divisions.former(site)
        if "{name}" in item.name
    )
    return Founding(
        code=code,
        name=_name(item, site.name, number),
        type=item.type,
        level=item.level,
        category=item.category,
        parent=site.id,
        former=former,
    )


def _name(item: Founded, division: str, number: str) -> str:
    """An organisation that bears its division's name changed it with the division."""
    return item.name.replace("{name}", division).replace("{n}", number)


def _numbers(codes: Iterable[str]) -> dict[str, int]:
    wanted = set(codes)
    known = Organisation.objects.exclude(type="division").values_list("code", "id")
    return {code: id_ for code, id_ in known.iterator() if code in wanted}


def _people(plan: Plan, by: Actor) -> dict[str, list[int]]:
    known = dict(Person.objects.filter(code__startswith=f"{plan.scheme}-").values_list("code", "id"))
    groups = {
        group.id: [_newcomer(plan, group, number) for number in range(1, group.count + 1)] for group in plan.people
    }
    missing = [one for newcomers in groups.values() for one in newcomers if one.code not in known]
    if missing:
        numbers = people.enter_many(people=missing, day=plan.until, by=by)
        known |= dict(zip((one.code for one in missing), numbers, strict=True))
    return {group: [known[one.code] for one in newcomers] for group, newcomers in groups.items()}


def _newcomer(plan: Plan, group: People, number: int) -> Newcomer:
    return Newcomer(code=f"{plan.scheme}-{group.id}-{number:04d}", name=group.name.replace("{n}", str(number)))
