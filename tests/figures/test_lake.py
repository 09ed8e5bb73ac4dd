"""The lake is a copy that may be trusted: whole or not at all, and made again when it is damaged."""

from __future__ import annotations

import datetime as dt
import fcntl
import hashlib
import json
import os
import resource
import subprocess
import sys
from dataclasses import asdict, replace
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.figures.conftest import Bench
from tests.figures.worlds import World, scheme
from xianfeng.figures.check import check
from xianfeng.figures.interface import Query
from xianfeng.figures.lake import FOLD, Lake, NoLake, Segment
from xianfeng.figures.reference import Reference

DAY = dt.date(2010, 5, 1)


@pytest.fixture
def world() -> World:
    world = World(scheme(), epoch=os.urandom(8).hex())
    root = world.found(None, level="city")
    village = world.found(root)
    for cents in range(20):
        world.file("deed", village, DAY, amount=f"0.{cents:02d}", done="2010-05-02", month="2010-05")
    world.file("firm", root, DAY, employees=3, month="2010-06")
    return world


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path)


def amount(bench: Bench, world: World) -> object:
    asked = Query(scheme=world.campaign.hash, measure="amount", organisation=1, until=dt.date(2010, 12, 31))
    return bench.of(world).figure(asked).value


def files(lake: Lake) -> list[str]:
    return sorted(str(path.relative_to(lake.folder)) for path in lake.folder.glob("*/*/*"))


def test_segments_lie_by_register_and_month_of_entry(world: World, lake: Lake) -> None:
    lake.extend(world, least=1)
    assert {path.rsplit("/", 1)[0] for path in files(lake)} == {
        "figures-2010.deed/2010-05",
        "figures-2010.firm/2010-06",
    }
    assert sum(segment.rows for segment in lake.manifest().segments) == 21
    assert check(lake, world) == []


def test_a_short_tail_stays_in_the_log(world: World, lake: Lake) -> None:
    assert lake.extend(world).head == 0
    assert world.head() < FOLD


def test_only_what_is_committed_is_written(world: World, lake: Lake) -> None:
    world.in_transaction = True
    assert lake.extend(world, least=1).head == 0


def test_extending_continues_where_it_ended(world: World, lake: Lake) -> None:
    lake.extend(world, least=1)
    before = files(lake)
    world.withdraw(world.records()[0])
    lake.extend(world, least=1)
    assert set(before) < set(files(lake))
    assert lake.manifest().head == world.head()
    assert check(lake, world) == []


def test_the_leavings_of_a_killed_run_do_no_harm(world: World, lake: Lake) -> None:
    """It was killed after a segment and before the manifest, and in the middle of a file."""
    orphan = lake.folder / "figures-2010.deed/2010-05/3-9.parquet"
    orphan.parent.mkdir(parents=True)
    orphan.write_bytes(b"half a fi")
    (orphan.parent / ".3-9.parquet.77.part").write_bytes(b"ha")
    lake.extend(world, least=1)
    assert files(lake) == sorted(segment.path for segment in lake.manifest().segments)
    assert check(lake, world) == []


FILL = """
import resource, sys
from pathlib import Path
sys.path[:0] = [{root!r}]
from tests.figures.test_lake import fill
from xianfeng.figures.lake import Lake
resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
fill(Path({folder!r}))
"""


def fill(folder: Path) -> None:
    """In a child process whose files cannot grow: extend, and say how it ended."""
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    world = World(scheme(), epoch="full disk")
    village = world.found(None)
    for cents in range(50):
        world.file("deed", village, DAY, amount=f"0.{cents:02d}")
    try:
        Lake(folder).extend(world, least=1)
    except OSError:
        sys.exit(3)


@pytest.mark.parametrize(("limit", "ends"), [(200, 3), (resource.RLIM_INFINITY, 0)])
def test_a_full_disk_leaves_no_partial_file(lake: Lake, limit: int, ends: int) -> None:
    root = str(Path(__file__).parents[2])
    script = FILL.format(root=root, limit=limit, folder=str(lake.folder))
    assert subprocess.run([sys.executable, "-c", script], check=False, timeout=60).returncode == ends
    assert files(lake) == sorted(segment.path for segment in lake.manifest().segments)


@pytest.mark.parametrize("damage", ["lost", "changed", "cut"])
def test_damage_is_found_and_mended(bench: Bench, world: World, damage: str) -> None:
    lake = Lake(bench.folder)
    bench.stage.world = world
    lake.extend(world, least=1)
    path = next(lake.path(segment) for segment in lake.manifest().segments if "deed" in segment.path)
    content = path.read_bytes()
    path.unlink()
    if damage != "lost":
        path.write_bytes(content[:-20] if damage == "cut" else content[:40] + b"\xff" + content[41:])
    (difference,) = check(lake, world)
    assert difference.about.startswith("figures-2010.deed/")
    assert len(lake.repair(world)) == 1
    assert check(lake, world) == []
    assert amount(bench, world) == Decimal("1.90")


@pytest.mark.parametrize("damage", ["lost", "cut"])
def test_a_figure_is_asked_of_a_lake_that_broke(bench: Bench, world: World, damage: str) -> None:
    lake = Lake(bench.folder)
    bench.stage.world = world
    lake.extend(world, least=1)
    for segment in lake.manifest().segments:
        if damage == "lost":
            lake.path(segment).unlink()
        else:
            lake.path(segment).write_bytes(b"PAR1 no more")
    assert amount(bench, world) == Decimal("1.90")
    assert check(lake, world) == []


def doctored(lake: Lake) -> Segment:
    """The first file of deeds, its seven amounts now 9.99 each, as an honest manifest would name it."""
    segment = next(each for each in lake.manifest().segments if "deed" in each.path)
    table = pq.read_table(lake.path(segment))
    at = table.column_names.index("f_amount")
    amounts = pa.array([999] * table.num_rows, type=pa.int64())
    pq.write_table(table.set_column(at, table.schema.field(at), amounts), lake.path(segment))
    return replace(segment, sha256=hashlib.sha256(lake.path(segment).read_bytes()).hexdigest())


def restated(lake: Lake, segment: Segment) -> None:
    """The manifest says of a segment what somebody wants it to say."""
    path = lake.folder / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["segments"] = [
        asdict(segment) if (each["register"], each["first"]) == (segment.register, segment.first) else each
        for each in manifest["segments"]
    ]
    path.write_text(json.dumps(manifest))


def test_a_file_with_other_numbers_is_not_the_lake_s(bench: Bench, world: World) -> None:
    lake = Lake(bench.folder)
    bench.stage.world = world
    lake.extend(world, least=1)
    doctored(lake)
    assert amount(bench, world) == Decimal("1.90")
    assert check(lake, world) == []


@pytest.mark.parametrize("claim", [{"rows": 19}, {"sha256": "0" * 64}])
def test_a_manifest_that_says_otherwise_is_no_lake_s(bench: Bench, world: World, claim: dict[str, object]) -> None:
    lake = Lake(bench.folder)
    bench.stage.world = world
    segment = next(each for each in lake.extend(world, least=1).segments if "deed" in each.path)
    restated(lake, replace(segment, **claim))
    assert [difference.about for difference in check(lake, world)] == [segment.path]
    assert amount(bench, world) == Decimal("1.90")
    assert check(lake, world) == []


def test_the_manifest_does_not_say_how_a_file_is_read(world: World, lake: Lake) -> None:
    """What it says besides naming files would decide figures without being in any of them."""
    lake.extend(world, least=1)
    assert set(asdict(lake.manifest().segments[0])) == {"register", "month", "first", "last", "rows", "size", "sha256"}


def test_a_lake_that_agrees_with_itself_proves_nothing(world: World, lake: Lake) -> None:
    """File and manifest were altered together: the check finds it, and an engine on the log does not meet it."""
    lake.extend(world, least=1)
    restated(lake, doctored(lake))
    asked = Query(scheme=world.campaign.hash, measure="amount", organisation=1, until=dt.date(2010, 12, 31))
    assert Reference(world, lake).figure(asked).value == Decimal("71.62")  # seven of 9.99, and the others
    assert Reference(world, NoLake()).figure(asked).value == Decimal("1.90")
    (difference,) = check(lake, world)
    assert difference.about == "figures-2010.deed/2010-05"


def test_sums_that_differ_are_told(world: World, lake: Lake) -> None:
    """The manifest is consistent in itself, and yet not what the log says."""
    lake.extend(world, least=1)
    world.lines[0]["fields"] = json.dumps({"amount": "9.99"})
    (difference,) = check(lake, world)
    assert difference.about == "figures-2010.deed/2010-05"
    lake.rebuild(world)
    assert check(lake, world) == []


def test_another_log_begins_another_lake(bench: Bench, world: World) -> None:
    """A database restored to an earlier day, and gone on differently."""
    lake = Lake(bench.folder)
    bench.stage.world = world
    lake.extend(world, least=1)
    assert amount(bench, world) == Decimal("1.90")
    other = World(world.campaign, epoch="restored")
    village = other.found(None, level="city")
    for _ in range(40):
        other.file("deed", village, DAY, amount="1.00", done="2010-05-02")
    assert check(lake, other)
    assert amount(bench, other) == Decimal("40.00")
    lake.extend(other, least=1)
    assert (amount(bench, other), check(lake, other)) == (Decimal("40.00"), [])


@pytest.mark.parametrize("content", [b"", b"{", b'{"format": 99}', b'{"format": 2, "head": 5}'])
def test_an_unreadable_manifest_is_an_empty_lake(bench: Bench, world: World, content: bytes) -> None:
    lake = Lake(bench.folder)
    (bench.folder / "manifest.json").write_bytes(content)
    assert lake.manifest().head == 0
    assert amount(bench, world) == Decimal("1.90")


def test_one_process_writes_at_a_time(world: World, lake: Lake) -> None:
    with (lake.folder / ".lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert lake.extend(world, least=1).head == 0
    assert lake.extend(world, least=1).head == world.head()
