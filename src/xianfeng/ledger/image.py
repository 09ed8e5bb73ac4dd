"""What a record looks like at one moment, and how an entry tells the difference between two moments.

An entry's body holds what changed, each as [before, after]; folding a record's entries over `applied` gives the record
back, exactly and from nothing else. An entry's postings are minus the image before and plus the image after, so that
whatever happens to a record, its postings add up to its current image: signs never lose and never double.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from operator import attrgetter
from typing import Any, NamedTuple

from xianfeng import canonical
from xianfeng.canonical import Written
from xianfeng.ledger.scribe import IDENTITY, STANDING, Heading, Scribe, days
from xianfeng.log.append import Line

WITHDRAWN = "withdrawn"  # the state after every flow: in no figure, and nobody moves it on but its requester

_identity = attrgetter(*IDENTITY)
_standing = attrgetter(*STANDING)
_NO_STANDING = (None,) * len(STANDING)


class Image(NamedTuple):
    """A record at one moment. `values` are canonical and never personal; of a personal field the image has only the
    commitment (see vault). `entered` is state -> ISO day."""

    scheme: str  # the scheme's name
    kind: str
    register: str
    reference: str | None
    organisation: int
    place: int
    holder: int
    subject: int | None
    day: dt.date
    state: str
    level: int
    reviewer: int | None
    entered: Mapping[str, str]
    values: Mapping[str, Any]
    personal: Mapping[str, str]  # field -> commitment
    clocks: Mapping[str, str]  # move -> canonical JSON of how its clock runs (see clocks)


def entering(image: Image, state: str, level: int, day: dt.date) -> Image:
    """The image in another state. Moving from a state to itself enters nothing: the first day stands."""
    if state == image.state:
        return image
    return image._replace(state=state, level=level, entered={**image.entered, state: day.isoformat()})


def lines(record: int | None, before: Image | None, after: Image, scribe: Scribe) -> tuple[Line, ...]:
    """The postings of one entry: −before, +after, of the images that any figure may count."""
    if before is None or not before.level:
        return (_line(1, record, after, scribe),) if after.level else ()
    minus = _line(-1, record, before, scribe)
    if not after.level:
        return (minus,)
    plus = _line(1, record, after, scribe)
    return () if minus._replace(sign=1) == plus else (minus, plus)


def _line(sign: int, record: int | None, image: Image, scribe: Scribe) -> Line:
    return Line(
        sign,
        record,
        image.scheme,
        image.register,
        image.organisation,
        image.place,
        image.subject,
        image.day,
        image.state,
        image.level,
        image.reviewer,
        days(image.entered),
        scribe.fields(image.values),
    )


def heading(before: Image | None, after: Image) -> Heading:
    """The part of an entry's body that many records share: what the record is, and how it stood and stands."""
    return (_identity(after), _NO_STANDING if before is None else _standing(before), _standing(after))


def changes(before: Image | None, after: Image, scribe: Scribe) -> dict[str, Any]:
    """The part that is the record's own: its reference, and whatever changed of its values as [before, after]."""
    own: dict[str, Any] = {}
    if wound := _wound(before.clocks if before is not None else {}, after.clocks):
        own["clocks"] = wound
    if before is None:
        if after.reference is not None:
            own["reference"] = after.reference
        if after.values:
            own["changes"] = scribe.begun(after.values)
        if after.personal:
            own["commitments"] = _changed({}, after.personal)
        return own
    if changed := _changed(before.values, after.values):
        own["changes"] = changed
    if committed := _changed(before.personal, after.personal):
        own["commitments"] = committed
    return own


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    if before is after:
        return {}
    names = after if not before else [*before, *(name for name in after if name not in before)]
    return {name: [before.get(name), after.get(name)] for name in names if before.get(name) != after.get(name)}


def _wound(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, Written | None]:
    """The clocks that a step began or moved, as they run; those that it ended."""
    if before == after:
        return {}
    ended: dict[str, Written | None] = {name: None for name in before if name not in after}
    return ended | {name: Written(text) for name, text in after.items() if before.get(name) != text}


def _rewound(before: Mapping[str, str], told: Mapping[str, Any]) -> Mapping[str, str]:
    new = {name: one and canonical.dumps(one) for name, one in told.items()}
    return {name: text for name, text in {**before, **new}.items() if text is not None}


def _reapplied(before: Mapping[str, Any], changed: Mapping[str, list[Any]]) -> dict[str, Any]:
    after = {**before, **{name: new for name, (_, new) in changed.items()}}
    return {name: value for name, value in after.items() if value is not None}


def applied(image: Image | None, *, scheme: str, day: dt.date, body: Mapping[str, Any]) -> Image:
    """The image after an entry, from the image before and the entry alone: the inverse of `changes`."""
    header = {name: body[name][1] for name in STANDING if name in body}
    if image is None:
        image = Image(
            scheme=scheme,
            kind=body["kind"],
            register=body["register"],
            reference=body.get("reference"),
            organisation=body["organisation"],
            place=body["place"],
            holder=header["holder"],
            subject=None,
            day=day,
            state="",
            level=0,
            reviewer=None,
            entered={},
            values={},
            personal={},
            clocks={},
        )
    if "state" in header:
        header["entered"] = {**image.entered, header["state"]: day.isoformat()}
    values = _reapplied(image.values, body.get("changes", {}))
    personal = _reapplied(image.personal, body.get("commitments", {}))
    clocks = _rewound(image.clocks, body["clocks"]) if "clocks" in body else image.clocks
    return image._replace(**header, values=values, personal=personal, clocks=clocks)
