"""A campaign's Data Package (Frictionless, version 1): a descriptor, its CSV files, and both as one archive.

A package is of a seal: the last sealed entry says what is in it, so that it never changes and anybody can ask the pages
for the same figures. It is kept in the data folder, where whoever holds the folder could write other numbers; so what
is kept is never trusted for being there, but computed again, in some seconds, and compared.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import timezone

from xianfeng import figures, paths
from xianfeng.ledger import powers, versions
from xianfeng.ledger.models import SchemeVersion
from xianfeng.log.models import Seal
from xianfeng.opendata import computing, sheets
from xianfeng.opendata.computing import Asked
from xianfeng.opendata.sheets import Both
from xianfeng.problems import Problem
from xianfeng.scheme import titles
from xianfeng.scheme.nodes import Scheme

DESCRIPTOR = "datapackage.json"
LICENCE = {
    "name": "CC-BY-4.0",
    **Both("署名 4.0 国际", "Creative Commons Attribution 4.0 International").told("title"),
    "path": "https://creativecommons.org/licenses/by/4.0/deed.zh-hans",
}
_KEPT = "opendata"


@dataclass(frozen=True)
class Package:
    """`files`: the CSV files by name. `descriptor` describes them with sizes and hashes."""

    scheme: str
    as_of: int
    sealed: dt.datetime
    descriptor: dict[str, Any]
    folder: Path

    @property
    def files(self) -> tuple[str, ...]:
        return tuple(resource["path"] for resource in self.descriptor["resources"])

    def content(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()

    def described(self, *, homepage: str = "") -> bytes:
        told = {**self.descriptor, "homepage": homepage} if homepage else self.descriptor
        return json.dumps(told, ensure_ascii=False, indent=2).encode() + b"\n"

    def archive(self, *, homepage: str = "") -> bytes:
        """The same bytes for the same package."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in (DESCRIPTOR, *self.files):
                content = self.described(homepage=homepage) if name == DESCRIPTOR else self.content(name)
                archive.writestr(zipfile.ZipInfo(name, self.sealed.timetuple()[:6]), content)
        return out.getvalue()


def latest(name: str) -> Package | None:
    """The newest that has been made, of a seal of these books and with the campaign's current version: what that no
    longer makes public is gone."""
    mark = _mark(versions.current(name))
    made = (_read(folder) for folder in paths.room(_KEPT).glob(f"{name}@*-{mark}"))
    for kept in sorted(filter(None, made), key=lambda kept: kept.as_of, reverse=True):
        seal = Seal.objects.filter(size=kept.as_of).first()
        if seal is not None and _folder(name, seal, mark) == kept.folder:
            return kept
    return None


def make(name: str) -> Package:
    """The package of the newest seal by the current version. What is kept of it and is as computed stays untouched.

    Some seconds of work, so no page does it.
    """
    scheme = versions.current(name)
    seal = Seal.objects.order_by("-size").first()
    if seal is None or not SchemeVersion.objects.filter(name=name, seq__lte=seal.size).exists():
        raise Problem(
            "opendata.unsealed",
            "这个活动还没有封存过，没有可以公开下载的数据。",
            hint="封存：xianfeng seal。封存以后开放数据按封存时的办理记录生成。",
        )
    folder = _folder(name, seal, _mark(scheme))
    folder.mkdir(mode=0o700, exist_ok=True)
    for file, content in _computed(scheme, seal).items():
        if not _is(folder / file, content):
            paths.write_atomically(folder / file, content)
    for older in paths.room(_KEPT).glob(f"{name}@*"):
        if older != folder:
            shutil.rmtree(older, ignore_errors=True)
    made = _read(folder)
    if made is None:
        raise AssertionError(f"{folder} was written and is not there")
    return made


def differing(name: str) -> Iterator[Path]:
    """The files of a campaign that pages would hand out and that are not as computed from the entries."""
    scheme = versions.current(name)
    mark = _mark(scheme)
    for seal in Seal.objects.filter(size__in=_sizes(name, mark)).order_by("size"):
        folder = _folder(name, seal, mark)
        if folder.exists():
            computed = _computed(scheme, seal)
            yield from (folder / file for file, content in computed.items() if not _is(folder / file, content))


def _sizes(name: str, mark: str) -> list[int]:
    kept = (
        folder.name.removeprefix(f"{name}@").partition("-")[0] for folder in paths.room(_KEPT).glob(f"{name}@*-{mark}")
    )
    return [int(size) for size in kept if size.isascii() and size.isdecimal()]


def _is(path: Path, content: bytes) -> bool:
    try:
        return path.read_bytes() == content
    except FileNotFoundError:
        return False


def _mark(scheme: Scheme) -> str:
    return scheme.hash[:16]


def _folder(name: str, seal: Seal, mark: str) -> Path:
    """Of a seal and not only of its size: books restored from a backup may come to the same size by other ways."""
    return paths.room(_KEPT) / f"{name}@{seal.size}-{bytes(seal.root).hex()[:16]}-{mark}"


def _computed(scheme: Scheme, seal: Seal) -> dict[str, bytes]:
    """Every file by name; the descriptor last, for a folder without one is not a package yet."""
    until = min(scheme.until, timezone.localdate(seal.at))
    asked = Asked(figures.engine(), scheme, powers.root_of(scheme), until, seal.size)
    nodes = asked.nodes()
    rows = (
        (sheets.ORGANISATIONS, computing.organisations(nodes, asked.root)),
        (sheets.MEASURES, computing.measures(asked, nodes[asked.root].code)),
        (sheets.TOTALS, computing.totals(asked, nodes)),
        (sheets.MONTHS, computing.months(asked, nodes)),
    )
    files: dict[str, bytes] = {}
    resources = []
    for sheet, lines in rows:
        content = files[f"{sheet.name}.csv"] = sheet.written(lines)
        resources.append(_resource(sheet, content))
    told = _descriptor(scheme, seal, nodes[asked.root].name, until, resources)
    return {**files, DESCRIPTOR: json.dumps(told, ensure_ascii=False).encode()}


def _resource(sheet: sheets.Sheet, content: bytes) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": sheet.name,
        "path": f"{sheet.name}.csv",
        **sheet.title.told("title"),
        **sheet.description.told("description"),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": sheet.schema,
    }


def _descriptor(
    scheme: Scheme, seal: Seal, publisher: str, until: dt.date, resources: list[dict[str, Any]]
) -> dict[str, Any]:
    title = Both(f"{scheme.title}开放数据", f"Open data of {scheme.title}")
    real = Both("", "")
    if paths.synthetic().exists():
        real = Both(
            "演示数据：记录是模拟的，不是真实工作记录。", "Demonstration: the entries are made up, no real work. "
        )
    description = Both(
        f"{real.chinese}公开的统计指标，截至{titles.day(until)}，按第 {seal.size} 条办理记录计算。",
        f"{real.english}Public measures up to {until}, computed at entry {seal.size}. "
        "Names and definitions are in Chinese.",
    )
    return {
        "profile": "tabular-data-package",
        "name": scheme.name,
        **title.told("title"),
        **description.told("description"),
        "version": str(seal.size),
        "created": seal.at.isoformat(timespec="seconds"),
        "licenses": [LICENCE],
        "contributors": [{"title": publisher, "role": "publisher"}],
        "sources": [{"title": f"方案版本 {scheme.hash}；前 {seal.size} 条办理记录的校验码 {bytes(seal.root).hex()}"}],
        "resources": resources,
    }


def _read(folder: Path) -> Package | None:
    path = folder / DESCRIPTOR
    if not path.exists():
        return None
    told = json.loads(path.read_bytes())
    return Package(
        scheme=told["name"],
        as_of=int(told["version"]),
        sealed=dt.datetime.fromisoformat(told["created"]),
        descriptor=told,
        folder=folder,
    )
