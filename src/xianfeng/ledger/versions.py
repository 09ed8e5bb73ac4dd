"""Scheme versions: a campaign's file, taken into the books once and for all under the hash of its texts.

Records know the version they were filed under, so a version never goes away and a new one never reinterprets old work:
what would do so (a field whose type changed) is refused here.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterator, Mapping, Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone

from xianfeng import canonical
from xianfeng.ledger.models import SchemeVersion
from xianfeng.ledger.powers import refuse_other_offices
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.log.append import Draft, append
from xianfeng.problems import Problem, Problems
from xianfeng.registry import tree
from xianfeng.remembered import once_a_page
from xianfeng.scheme.loader import address, load_package, of_package
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.types import FieldType
from xianfeng.sentences import say

_following: list[Callable[[], None]] = []


def after_adopting(follow: Callable[[], None]) -> None:
    """`follow` is called in the transaction of every adoption: rooms above say here what begins with one."""
    _following.append(follow)


def adopt(files: Mapping[str, str], *, by: Actor, after: str | None = None) -> SchemeVersion:
    """Take a scheme's files into the books; the same files again give the version that is already there.

    `after`: the version from which these files were made, '' for a campaign that is not there yet. When another has
    been adopted since, nothing is: what its author has not seen would be undone.
    """
    scheme = _read(files)
    _refuse_strangers(scheme, by)
    _refuse_stale(scheme.name, after)
    if known := SchemeVersion.objects.filter(hash=scheme.hash).first():
        _refuse_earlier(known, after)
        return known
    _refuse_changed_types(scheme)
    try:
        return _enter(scheme, files, by, after)
    except IntegrityError:  # adopted by somebody else in the meantime
        return SchemeVersion.objects.get(hash=scheme.hash)


@functools.lru_cache(maxsize=256)
def scheme(version: str) -> Scheme:
    """The scheme of a version, by its hash. A version never changes, so it is read once."""
    return _read(package(version), adopted=True)


def package(version: str) -> Mapping[str, str]:
    """The texts of a version, which hash to it: a scheme that was changed in the books is no version of anything."""
    stored = SchemeVersion.objects.filter(hash=version).values_list("package", "title").first()
    if stored is None:
        raise Problem(
            "ledger.unknown_version",
            say("没有载入过版本 {version}。", version=version[:12]),
            hint="载入：xianfeng scheme adopt 活动文件夹。",
        )
    text, title = stored
    try:
        texts: dict[str, str] = json.loads(text)
        if address(texts) == version:
            return texts
    except (ValueError, AttributeError, TypeError):
        pass  # not even a package: altered as well
    raise Problem(
        "ledger.version_altered",
        say("活动“{title}”版本 {version} 的方案文字与载入时不同，不能使用。", title=title, version=version[:12]),
        hint="运行 xianfeng verify 查明被改动的内容；从备份恢复数据库。",
    )


def refusals(scheme: Scheme) -> tuple[Problem, ...]:
    """What the books hold against adopting a scheme that is without faults in itself."""
    try:
        _refuse_changed_types(scheme)
    except Problems as refused:
        return refused.problems
    return ()


def newest(name: str) -> str:
    """The hash of the version adopted last; '' when there is none."""
    return hashes().get(name, ("",))[-1]


def current(name: str) -> Scheme:
    """The latest adopted version of a scheme."""
    version = newest(name)
    if not version:
        known = "、".join(names())
        raise Problem(
            "ledger.unknown_scheme",
            say("没有载入过活动“{name}”。", name=name),
            hint=say("已载入：{known}。载入：xianfeng scheme adopt 活动文件夹。", known=known or say("无")),
        )
    return scheme(version)


def names() -> tuple[str, ...]:
    """Every scheme that was ever adopted, in order."""
    return tuple(sorted(titles()))


@once_a_page
def _adopted() -> tuple[tuple[str, str, str], ...]:
    """Name, hash and title of each version, in the order in which they were adopted."""
    return tuple(SchemeVersion.objects.order_by("seq").values_list("name", "hash", "title"))


def hashes() -> Mapping[str, Sequence[str]]:
    """The versions of each scheme by its name, the newest last, in the order in which schemes were first adopted."""
    found: dict[str, list[str]] = {}
    for name, version, _ in _adopted():
        found.setdefault(name, []).append(version)
    return found


def titles() -> Mapping[str, str]:
    """What each scheme is called now, by its name, in the same order."""
    return {name: title for name, _, title in _adopted()}


@once_a_page
def roots() -> frozenset[int]:
    """The organisations that the current versions of all schemes bind."""
    found = tree.by_any_codes({known.at for known in all_current()})
    return frozenset(root.id for root in found.values() if root is not None)


def role_titles() -> dict[str, str]:
    """What the roles of all schemes are called in their current versions; of one name the youngest scheme's."""
    return {role.name: role.title for known in all_current() for role in known.roles.values()}


def all_current() -> tuple[Scheme, ...]:
    """The current version of each scheme, in the order in which they were first adopted."""
    return tuple(scheme(adopted[-1]) for adopted in hashes().values())


def _read(files: Mapping[str, str], *, adopted: bool = False) -> Scheme:
    loaded = load_package(files, adopted=adopted)
    if isinstance(loaded, Scheme):
        return loaded
    raise Problems(
        [
            Problem(fault.code, fault.message, hint=fault.hint, place=f"{fault.file}:{fault.line}:{fault.column}")
            for fault in loaded
        ],
        code="ledger.scheme_faults",
        message="活动方案有错，没有载入。",
        hint="可用 xianfeng scheme check 逐条查看。",
    )


@transaction.atomic
def _enter(scheme: Scheme, files: Mapping[str, str], by: Actor, after: str | None) -> SchemeVersion:
    earlier = SchemeVersion.objects.filter(name=scheme.name).order_by("seq").values_list("seq", flat=True)
    draft = Draft(
        stream="scheme",
        action="adopt",
        day=timezone.localdate(by.moment),
        about=earlier.first(),
        scheme=scheme.hash,
        body={"name": scheme.name, "title": scheme.title, "acting": by.organisation},
    )
    (seq,) = append([draft], by=by)
    _refuse_stale(scheme.name, after)  # once more: from here on nobody else adopts until this is done
    package = canonical.dumps(of_package(files))
    version = SchemeVersion.objects.create(
        hash=scheme.hash, name=scheme.name, title=scheme.title, seq=seq, package=package
    )
    for follow in _following:
        follow()
    return version


def _refuse_strangers(scheme: Scheme, by: Actor) -> None:
    """The office of the scheme's root or of one above it adopts; an import of no organisation is the operator's own."""
    if by.kind is not ActorKind.IMPORT or by.organisation is not None:
        refuse_other_offices(scheme, by, "载入活动方案")


def _refuse_stale(name: str, after: str | None) -> None:
    if after is None or newest(name) == after:
        return
    if not after:
        message = say("已经有代号为“{name}”的活动。", name=name)
        raise Problem("ledger.scheme_exists", message, hint="换一个活动代号；要改已有的活动，请在它的方案页上修改。")
    raise Problem(
        "ledger.stale_version",
        "在您修改期间，别人已经载入了这个活动的新版本。您的改动没有载入。",
        hint="请先看新版本改了什么，再在新版本上重新修改。",
    )


def _refuse_earlier(known: SchemeVersion, after: str | None) -> None:
    if after is not None and known.hash != newest(known.name):
        raise Problem(
            "ledger.earlier_version",
            say("改后的方案与以前载入过的版本 {hash} 一字不差，不能再次载入。", hash=known.hash[:12]),
            hint="在方案里加一行注释，写明为什么恢复，再载入。",
        )


def _refuse_changed_types(new: Scheme) -> None:
    """A register's field has one type for ever: in every version, and in every campaign that shares the register."""
    known: dict[tuple[str, str], tuple[FieldType, int, str]] = {}
    for _, version, title in _adopted():
        for register, name, type_, places in _types(version):
            known[register, name] = (type_, places, title)
    changed = [
        Problem(
            "ledger.type_changed",
            say(
                "原为 {known}（活动“{scheme}”），现为 {type}。",
                known=known[register, name][0],
                scheme=known[register, name][2],
                type=type_,
            ),
            hint="旧记录不能改变含义：请停用原字段（retired: true），另加一个新名字的字段。",
            place=f"{register}.{name}",
        )
        for register, name, type_, places in _fields(new)
        if (register, name) in known and known[register, name][:2] != (type_, places)
    ]
    if changed:
        raise Problems(changed, code="ledger.type_changed", message="字段类型与已载入的版本不一致，没有载入。")


@functools.cache  # small, and asked of every version whenever one is adopted
def _types(version: str) -> tuple[tuple[str, str, FieldType, int], ...]:
    return tuple(_fields(scheme(version)))


def _fields(scheme: Scheme) -> Iterator[tuple[str, str, FieldType, int]]:
    for kind in scheme.kinds.values():
        for field in kind.fields.values():
            yield scheme.key(kind.name), field.name, field.type, field.decimals
