"""What forms name by a code, found for whoever fills them in: organisations, people, and records one may read.

Numbers are the database's own business; people know codes and names. Of a record only what the reader may see counts:
to everything else the answer is that it is not there. The name of a person is enough where whoever files may look for
him: at his own organisation and at those for which the form is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from xianfeng.accounts.abilities import Ability
from xianfeng.folding import fold
from xianfeng.ledger import calling, versions
from xianfeng.ledger.image import WITHDRAWN
from xianfeng.ledger.models import Record
from xianfeng.log.bulk import batched
from xianfeng.problems import Problem
from xianfeng.registry import tree
from xianfeng.registry.lineage import Node
from xianfeng.registry.models import Organisation, Person
from xianfeng.scheme.nodes import Field, Kind, Scheme
from xianfeng.scheme.types import FieldType
from xianfeng.sentences import say
from xianfeng.web import people
from xianfeng.web.scope import Scope

MOST_CHOICES = 200  # records offered as a list; of more, the number is typed
_LONGEST = 200  # characters of a code or a name
_SHORT = 24  # characters of a record's title


@dataclass
class Names:
    """For one request: what was looked up is kept, so that the rows of a grid ask together."""

    seen: Scope
    _organisations: dict[str, int] = field(default_factory=dict)
    _shared: set[str] = field(default_factory=set)  # names that several bear
    _people: dict[str, int] = field(default_factory=dict)
    _namesakes: set[str] = field(default_factory=set)
    _whose: dict[int, Node] = field(default_factory=dict)  # besides the reader's own, whose work the form is

    def learn(self, type_: FieldType, texts: Iterable[str]) -> None:
        """Look up what was typed into all fields of a type, at once."""
        wanted = {text.strip() for text in texts if text.strip() and text.isprintable() and len(text) <= _LONGEST}
        if type_ in (FieldType.ORGANISATION, FieldType.PLACE):
            for some in batched(sorted(wanted - self._organisations.keys())):
                self._learn_organisations(some)
        elif type_ is FieldType.PERSON:
            for some in batched(sorted(wanted - self._people.keys())):
                self._people.update(Person.objects.filter(code__in=some).values_list("code", "id"))
            self._learn_people(wanted - self._people.keys())

    def number(self, field: Field, text: str) -> int:
        """What a text in a field names; a Problem when that is nothing, or more than one thing."""
        text = text.strip()
        if field.type is FieldType.RECORD:
            return self._record(text)
        known = self._people if field.type is FieldType.PERSON else self._organisations
        found = known.get(text)
        if found is not None:
            return found
        if field.type is FieldType.PERSON:
            raise self._nobody(text)
        if text in self._shared:
            raise Problem("web.several", say("叫“{text}”的组织不止一个。", text=_short(text)), hint="请填组织代码。")
        raise Problem(
            "web.no_such_organisation",
            say("没有代码或名称为“{text}”的组织。", text=_short(text)),
            hint="请从列表中选择。",
        )

    def inside(self, texts: Iterable[str]) -> dict[str, Node]:
        """Those for which the reader files among the organisations that texts name, by the text."""
        wanted = {text: text.strip() for text in texts}
        self.learn(FieldType.ORGANISATION, wanted.values())
        found = {text: self._organisations[said] for text, said in wanted.items() if said in self._organisations}
        within = self.seen.all_filed_for(found.values())
        nodes = tree.named(within, timezone.localdate())
        for node in nodes.values():
            self.serve(node)
        return {text: nodes[number] for text, number in found.items() if number in nodes}

    def serve(self, organisation: Node) -> None:
        """The form is this organisation's work: it may name her people."""
        own = self.seen.reader.organisation
        if own is not None and own.id != organisation.id and self.seen.files_for(organisation.id):
            self._whose[organisation.id] = organisation

    @property
    def at(self) -> str:
        """Where people are looked for: the code of the one organisation whose work the form is; '' is the own."""
        return next(iter(self._whose.values())).code if len(self._whose) == 1 else ""

    def called(self, type_: FieldType, texts: Collection[str]) -> dict[str, str]:
        """What those are called that texts name; people only where the reader may ask for it."""
        self.learn(type_, texts)
        person = type_ is FieldType.PERSON
        known = self._people if person else self._organisations
        numbers = {text: known[said] for text in texts if (said := text.strip()) in known}
        if person:
            inside = people.within(numbers.values(), self.seen)
            names = people.names(inside, self.seen, purpose=gettext_noop("核对填写的人员"))
        else:
            names = {number: name for number, (_, name) in self.codes(type_, numbers.values()).items()}
        return {text: names[number] for text, number in numbers.items() if number in names}

    def codes(self, type_: FieldType, numbers: Iterable[int]) -> dict[int, tuple[str, str]]:
        """Code and name of organisations, code of people: how a form shows what it already holds."""
        if type_ is FieldType.PERSON:
            people = Person.objects.filter(id__in=list(numbers)).values_list("id", "code")
            return {number: (code, "") for number, code in people}
        rows = Organisation.objects.filter(id__in=list(numbers)).values_list("id", "code", "name")
        return {number: (code, name) for number, code, name in rows}

    def records(self, scheme: Scheme, kind: Kind) -> tuple[tuple[int, str], ...]:
        """Those a field can point to, with a title of each, the latest first; one too many when there are more."""
        register = Record.objects.filter(register=scheme.key(kind.name)).exclude(state=WITHDRAWN)
        rows = list(self.seen.records(register).order_by("-day", "-id")[: MOST_CHOICES + 1])
        return tuple(zip((row.id for row in rows), self.titles(kind, rows), strict=True))

    def titles(self, kind: Kind, rows: Sequence[Record]) -> tuple[str, ...]:
        """What tells these records of one kind from each other."""
        told = calling.words(kind, rows, self._readable(kind, rows))
        names = [calling.BETWEEN.join(map(_short, some)) for some in told]
        alike = Counter(names)
        return tuple(
            name if name and alike[name] == 1 else calling.BETWEEN.join(filter(None, (name, str(row.day))))
            for row, name in zip(rows, names, strict=True)
        )

    def _readable(self, kind: Kind, rows: Sequence[Record]) -> set[str]:
        """The fields that may be read of every one of them."""
        full = self.seen.all_within({row.organisation for row in rows})
        public_only = any(row.organisation not in full for row in rows)
        readable = {name for name, one in kind.fields.items() if not one.personal}
        for version in {row.scheme_id for row in rows} if public_only else ():
            readable &= self.seen.public_fields(versions.scheme(version), kind).keys()
        return readable

    def _record(self, text: str) -> int:
        digits = text.removeprefix("第").removesuffix("号").strip()
        if digits.isascii() and digits.isdecimal() and len(digits) < 16:
            found = self.seen.records(Record.objects.filter(id=int(digits))).values_list("id", flat=True).first()
            if found is not None:
                return found
        raise Problem(
            "web.no_such_record",
            say("没有编号为“{text}”的记录。", text=_short(text)),
            hint="请从列表中选择，或先登记。",
        )

    def _nobody(self, text: str) -> Problem:
        if text in self._namesakes:
            said = say("叫“{text}”的人不止一个。", text=_short(text))
            return Problem("web.several", said, hint=gettext("请从列表中选择，或填人员代码。"))
        if self.seen.reader.can(Ability.FILE):
            said = say("没有找到“{text}”。", text=_short(text))
            hint = gettext("填姓名或人员代码；别的组织的人，要填人员代码。")
        else:
            said = say("没有代码为“{text}”的人员。", text=_short(text))
            hint = gettext("填人员代码，由组织部门登记；不要填姓名。")
        return Problem("web.no_such_person", said, hint=hint)

    def _learn_people(self, texts: Collection[str]) -> None:
        """By name, of those whom the reader may look for."""
        own = self.seen.reader.organisation
        if not texts or own is None or not self.seen.reader.can(Ability.FILE):
            return
        by_name: dict[str, set[int]] = {}
        for organisation in (own.id, *self._whose):
            there = [one.id for one in people.of(organisation)]
            compared = there if len(there) <= people.COMPARED else []
            for number, name in people.names(compared, self.seen, purpose=gettext_noop("核对填写的人员")).items():
                by_name.setdefault(fold(name), set()).add(number)
        for text in texts:
            found = by_name.get(fold(text), set())
            if len(found) == 1:
                self._people[text] = next(iter(found))
            elif found:
                self._namesakes.add(text)

    def _learn_organisations(self, texts: Sequence[str]) -> None:
        by_name: dict[str, list[int]] = {}
        asked = Organisation.objects.filter(Q(code__in=texts) | Q(name__in=texts), closed=None)
        for number, code, name in asked.values_list("id", "code", "name"):
            if code in texts:
                self._organisations[code] = number
            by_name.setdefault(name, []).append(number)
        inside = self.seen.all_within(number for numbers in by_name.values() for number in numbers)
        for name, numbers in by_name.items():
            if name not in texts or name in self._organisations:
                continue
            nearest = [number for number in numbers if number in inside] or numbers
            if len(nearest) == 1:
                self._organisations[name] = nearest[0]
            else:
                self._shared.add(name)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHORT else text[: _SHORT - 1] + "…"
