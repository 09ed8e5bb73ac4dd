"""Loading: a folder, a file or a stored package → a scheme, or every fault in it at once."""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from xianfeng import canonical
from xianfeng.scheme import checks
from xianfeng.scheme.build.scheme import draft_of
from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Faults, in_order
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.surface import files as packages
from xianfeng.scheme.surface.files import LIBRARY, MAIN, Gathering, Package, Unreadable

TIMEZONE = "Asia/Shanghai"


def load(path: str | Path) -> Scheme | Faults:
    """The scheme of a folder (its scheme.yaml) or of one file. Faults name files as `path` names them."""
    return _load(_on_disk(path))


def load_package(files: Mapping[str, str], *, adopted: bool = False) -> Scheme | Faults:
    """The same from texts, as a stored version holds them: `scheme.yaml`, what it includes, libraries and templates.

    Nothing is read from this installation: a version means what it meant when it was adopted, whatever became of the
    core library since. `with_libraries` completes texts written by hand. `adopted`: the rules of `checks` are not asked
    again, for a rule that came later refuses new versions and never an old one.
    """
    return _load(packages.in_memory(files), adopted=adopted)


def package(path: str | Path) -> dict[str, str]:
    """Every text that makes up the version at `path`, by its path within the package; hand it to `load_package`."""
    return _gathered(_on_disk(path))


def of_package(files: Mapping[str, str]) -> dict[str, str]:
    """Those of these texts that make up a version, as they are hashed and kept."""
    return _gathered(packages.in_memory(files))


def with_libraries(files: Mapping[str, str]) -> dict[str, str]:
    """These texts with this installation's libraries beside them."""
    shipped = {f"{LIBRARY}{name}.yaml": packages.library(f"{name}.yaml") for name in packages.libraries()}
    return {**shipped, **files}


def address(texts: Mapping[str, str]) -> str:
    """The hash of a version: SHA-256 over the canonical JSON (RFC 8785) of its texts by path."""
    return hashlib.sha256(canonical.dumps(dict(texts)).encode()).hexdigest()


def _on_disk(path: str | Path) -> Package:
    path = Path(path)
    return packages.on_disk(path, MAIN) if path.is_dir() else packages.on_disk(path.parent, path.name)


def _gathered(source: Package) -> dict[str, str]:
    gathering = Gathering(source)
    return _texts(gathering, draft_of(gathering))


def _load(source: Package, *, adopted: bool = False) -> Scheme | Faults:
    gathering = Gathering(source)
    draft = draft_of(gathering)
    found = [*gathering.faults, *draft.reading.faults]
    if not gathering.unreadable:  # what a missing file holds is not missing from it
        found += gathering.overlay.faults
    if not adopted and (draft.heading or draft.kinds):
        found += checks.run(draft)
    return in_order(found) if found else _scheme(draft, address(_texts(gathering, draft)))


def _texts(gathering: Gathering, draft: Draft) -> dict[str, str]:
    """The gathered files and the bulletins' templates, with what lies beside a template for it to include."""
    texts = dict(gathering.texts)
    for bulletin in draft.bulletins.values():
        folder = posixpath.dirname(bulletin.template)
        beside = gathering.package.siblings(folder) if folder and draft.has_file(bulletin.template) else ()
        for path in (bulletin.template, *beside):
            if path not in texts and draft.has_file(path):
                try:
                    texts[path] = gathering.package.text(path)
                except Unreadable:
                    continue  # a picture beside a template is none of the package's texts
    return texts


def _scheme(draft: Draft, hash_: str) -> Scheme:
    heading, runs = draft.heading, draft.heading["runs"]
    return Scheme(
        name=heading["scheme"],
        title=heading["title"],
        at=heading["at"],
        historical=draft.historical,
        since=runs["from"],
        until=runs["to"],
        timezone=runs.get("timezone", TIMEZONE),
        hash=hash_,
        phases=MappingProxyType({phase.name: phase for _, phase in draft.phases}),
        standards=MappingProxyType(draft.standards),
        roles=MappingProxyType(draft.roles),
        constants=MappingProxyType(draft.constants),
        kinds=MappingProxyType(draft.kinds),
        obligations=MappingProxyType(draft.obligations),
        measures=MappingProxyType(draft.measures),
        bulletins=MappingProxyType(draft.bulletins),
        ladders=MappingProxyType(draft.ladders),
        quiet=MappingProxyType(draft.quiet),
        plans=MappingProxyType(draft.plans),
        evaluations=MappingProxyType(draft.evaluations),
        inspections=MappingProxyType(draft.inspections),
        gradings=MappingProxyType(draft.gradings),
        commendations=MappingProxyType(draft.commendations),
        lines=MappingProxyType(draft.reading.lines()),
    )
