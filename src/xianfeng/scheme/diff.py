"""What changes in meaning from one version of a scheme to the next; order, comments and layout are no change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Literal

from xianfeng.scheme.expressions import Expression
from xianfeng.scheme.nodes import Scheme

_NOT_MEANING = frozenset({"hash", "lines", "name"})
_KEYS = {"decimals": "places", "minimum": "min", "maximum": "max"}  # as files call them


@dataclass(frozen=True, order=True)
class Change:
    """One change. `path` is where ('measures.kept.by'); `breaks`: old records could not be read as before."""

    path: str
    what: Literal["added", "removed", "changed"]
    before: str = ""
    after: str = ""

    @property
    def breaks(self) -> bool:
        """A field's type, and a measure's or a field's disappearance, change what old records and figures mean."""
        return self.path.startswith("kinds.") and (
            (self.what == "changed" and self.path.endswith((".type", ".places")))
            or (self.what == "removed" and self.path.count(".fields.") == 1 and self.path.count(".") == 3)
        )


def changes(old: Scheme, new: Scheme) -> tuple[Change, ...]:
    """Every change, by path."""
    return tuple(sorted(_compare("", old, new)))


def _compare(path: str, old: object, new: object) -> Iterator[Change]:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in [*old, *(key for key in new if key not in old)]:
            yield from _entry(_under(path, str(key)), old, new, key)
    elif type(old) is type(new) and is_dataclass(old) and not isinstance(old, (Expression, type)):
        for each in fields(old):
            if each.name not in _NOT_MEANING:
                place = _under(path, _KEYS.get(each.name, each.name))
                yield from _compare(place, getattr(old, each.name), getattr(new, each.name))
    elif written(old) != written(new):
        yield Change(path, "changed", written(old), written(new))


def _entry(path: str, old: Mapping[str, object], new: Mapping[str, object], key: str) -> Iterator[Change]:
    if key not in new:
        yield Change(path, "removed", before=written(old[key]))
    elif key not in old:
        yield Change(path, "added", after=written(new[key]))
    else:
        yield from _compare(path, old[key], new[key])


def _under(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def written(value: object) -> str:
    """A value as a person would write it."""
    if value is None or value == "":
        return ""
    if isinstance(value, Expression):
        return value.text
    if isinstance(value, tuple):
        return "、".join(map(written, value))
    if is_dataclass(value) and not isinstance(value, type):
        title = getattr(value, "title", "")
        said = (
            f"{each.name}={written(getattr(value, each.name))}" for each in fields(value) if getattr(value, each.name)
        )
        return written(title) if title else " ".join(said)
    return str(value)
