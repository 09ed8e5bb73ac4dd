"""One scope for reading: what this reader may see. Every page asks it before it asks anything else.

The public sees what the newest version of a scheme marks `public: true`. Who acts by an appointment also sees
everything that is not personal within the subtree of his organisation: records that were filed there, or are held or
handled there now, or concern it since they were decided (`heard`), figures and lists of the organisations that stand
there now. What another organisation holds of his own, such as a finding, is told to who acts for it or looks after it:
a member reads it where it is public or names him. Who files at a body also sees what the division at whose desk he is
holds or handles, but nothing of those below it. A record that concerns a person opens for him. What may not be seen is
answered like what does not exist.

What an organisation is called and under whom it stands is public, so pages that only name organisations ask nothing.
In a demonstration nothing is real, and who is not signed in sees everything up to its last entry. A record that a
visitor filed or changed after that is seen by whom it would be seen, and so is everything by who is signed in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from xianfeng.accounts import reader as accounts
from xianfeng.accounts.abilities import Ability
from xianfeng.accounts.reach import Reach
from xianfeng.accounts.reader import Reader
from xianfeng.ledger import powers, versions
from xianfeng.ledger.history import Event
from xianfeng.ledger.models import Mention, Record
from xianfeng.ledger.published import Published
from xianfeng.problems import Problem
from xianfeng.registry import desks
from xianfeng.registry.models import Organisation
from xianfeng.scheme.measuring import Measure
from xianfeng.scheme.nodes import Field, Kind, Scheme
from xianfeng.scheme.types import Level

_SCOPE = "_xianfeng_scope"


@dataclass(frozen=True)
class Scope:
    reader: Reader

    @property
    def everything(self) -> bool:
        return bool(settings.XIANFENG_SYNTHETIC) and not self.reader.signed_in

    @property
    def key(self) -> tuple[str, ...]:
        """What answers that depend on the scope are cached under."""
        if self.everything:
            return ("*",)
        if self._reach.paths and not self.told_of_own:
            return (*self._reach.paths, "own")
        return self._reach.paths if self.head is None else (*self._reach.paths, f"desk of {self.head}")

    @cached_property
    def told_of_own(self) -> bool:
        """Whether the reader is told what others hold of his organisation: who files, leads or oversees there."""
        return any(map(self.reader.can, (Ability.FILE, Ability.SURVEY, Ability.OVERSEE)))

    # Organisations

    def within(self, organisation: int) -> bool:
        """Whether everything at an organisation may be read that is not personal."""
        return self.everything or self._reach.organisation(organisation)

    def all_within(self, organisations: Iterable[int]) -> frozenset[int]:
        """Those of them, asked at once."""
        return frozenset(organisations) if self.everything else self._reach.organisations(organisations)

    @cached_property
    def head(self) -> int | None:
        """The division for which the reader files as one of its desk, appointed at a body that is attached to it."""
        own = self.reader.organisation
        if own is None or own.type != desks.BODY or not self.reader.can(Ability.FILE):
            return None
        return desks.head(own.id)

    def files_for(self, organisation: int) -> bool:
        return bool(self.all_filed_for([organisation]))

    def all_filed_for(self, organisations: Iterable[int]) -> frozenset[int]:
        """Those of them whose work it is the reader's to file: within his subtree, or at one desk with him."""
        wanted = frozenset(organisations)
        return self.all_within(wanted) | (wanted & {self.head})

    def organisations(self, queryset: QuerySet[Organisation]) -> QuerySet[Organisation]:
        """Those at which everything may be read that is not personal."""
        return queryset if self.everything else queryset.filter(self._reach.organisation_in("id"))

    def runs(self, scheme: Scheme) -> bool:
        """Whether the reader is the office of this campaign."""
        return self.reader.can(Ability.OFFICE) and self._reaches_root(scheme)

    def overlooks(self, scheme: Scheme) -> bool:
        """Whether the reader follows this campaign's rounds, draws and awards: its office, and whoever leads it."""
        return self.reader.can(Ability.OVERLOOK) and self._reaches_root(scheme)

    def _reaches_root(self, scheme: Scheme) -> bool:
        self._reach.organisations(versions.roots())  # of all at once: who asks of one campaign asks of the others
        try:
            return self._reach.organisation(powers.root_of(scheme))
        except Problem:  # it is not registered yet
            return False

    # Measures and fields

    def measure(self, measure: Measure, organisation: int) -> bool:
        return measure.public or self.within(organisation)

    def fields(self, scheme: Scheme, kind: Kind, organisation: int) -> Mapping[str, Field]:
        """What may be read of records of this kind at an organisation."""
        return self._of(kind) if self.within(organisation) else self.public_fields(scheme, kind)

    def public_fields(self, scheme: Scheme, kind: Kind) -> Mapping[str, Field]:
        """What everybody may read of records of this kind."""
        public = self._published.fields(scheme.name, kind.name)
        return {name: field for name, field in self._of(kind).items() if name in public}

    # Records

    def kind(self, scheme: Scheme, kind: Kind, organisation: int) -> bool:
        """Whether records of this kind at an organisation have a page: when something on it may be read."""
        return self.within(organisation) or bool(self.public_fields(scheme, kind))

    def full(self, record: Record) -> bool:
        """Whether everything on a record may be read that is not personal, its history with reasons among it."""
        return self._demonstrated(record) or self._reaches(record) or self._at_desk(record)

    def record(self, record: Record) -> bool:
        """In public a draft is nobody's until it is filed, and what was withdrawn is published no longer."""
        return self.full(record) or (record.level > Level.NONE.rank and bool(self.public_fields_of(record)))

    def record_fields(self, record: Record) -> Mapping[str, Field]:
        return self._of(self._kind(record)) if self.full(record) else self.public_fields_of(record)

    def public_fields_of(self, record: Record) -> Mapping[str, Field]:
        """What everybody may read of a record."""
        return self.public_fields(versions.scheme(record.scheme_id), self._kind(record))

    def public_reason(self, record: Record, event: Event) -> bool:
        """Whether everybody may read why something was done to a record: its writer was told so, and it holds still."""
        scheme = versions.scheme(record.scheme_id)
        return event.public and self._published.reason(scheme.name, record.kind, event.action)

    def personal(self, record: Record) -> bool:
        """Whether the personal fields of a record may be asked for (each reading is written down by the vault)."""
        return self.reader.can(Ability.PERSONAL) and self._reaches(record)

    def records(self, queryset: QuerySet[Record]) -> QuerySet[Record]:
        """Those that may be read, in full or in part."""
        return queryset if self.every_record else queryset.filter(self._full() | self._public())

    def records_in_full(self, queryset: QuerySet[Record]) -> QuerySet[Record]:
        """Those of which everything may be read that is not personal."""
        return queryset if self.every_record else queryset.filter(self._full())

    @property
    def every_record(self) -> bool:
        """Whether no record is kept from this reader, so that nobody need ask of each."""
        return self.everything and settings.XIANFENG_DEMONSTRATED is None

    def _demonstrated(self, record: Record) -> bool:
        last = settings.XIANFENG_DEMONSTRATED
        return self.everything and (last is None or record.seq <= last)

    def _full(self) -> Q:
        if self.everything:
            return Q(seq__lte=settings.XIANFENG_DEMONSTRATED)
        reached = self._reach.place_in("place") | self._reach.organisation_in("holder")
        if self.told_of_own:
            handled = Mention.objects.filter(self._reach.organisation_in("target"), record=OuterRef("pk"))
            reached |= Q(Exists(handled))
        if self.head is None:
            return reached
        at_desk = Mention.objects.filter(target=self.head, record=OuterRef("pk"))
        return reached | Q(holder=self.head) | Q(Exists(at_desk))

    def _reaches(self, record: Record) -> bool:
        """Whether it was filed, is held or is handled within the reader's subtree."""
        if self._reach.place(record.place) or self._reach.organisation(record.holder):
            return True
        named = self._parties(record)
        return self._person in named or (self.told_of_own and bool(self._reach.organisations(named)))

    def _at_desk(self, record: Record) -> bool:
        if self.head is None:
            return False
        return self.head == record.holder or self.head in self._parties(record)

    def _public(self) -> Q:
        found = Q(pk__in=[])
        for campaign, kinds in self._published.kinds.items():
            found |= Q(scheme__name=campaign, kind__in=list(kinds))
        return found & Q(level__gt=Level.NONE.rank)

    def _parties(self, record: Record) -> frozenset[int]:
        return powers.parties(self._kind(record), record.state, json.loads(record.values))

    @property
    def _person(self) -> int:
        """Who reads, as a record names him: it opens for him, and stands in no list but his own. 0: nobody."""
        return self.reader.account.person_id if self.reader.account and self.reader.can(Ability.READ) else 0

    @staticmethod
    def _kind(record: Record) -> Kind:
        return versions.scheme(record.scheme_id).kinds[record.kind]

    @staticmethod
    def _of(kind: Kind) -> Mapping[str, Field]:
        return {name: field for name, field in kind.fields.items() if not field.personal}

    @cached_property
    def _published(self) -> Published:
        return Published()

    @cached_property
    def _reach(self) -> Reach:
        return Reach(self.reader.paths if self.reader.can(Ability.READ) else ())


def of(request: HttpRequest) -> Scope:
    """The scope of a request, made once: it remembers what it was asked."""
    known: Scope | None = getattr(request, _SCOPE, None)
    if known is None or known.reader is not accounts.of(request):
        known = Scope(accounts.of(request))
        setattr(request, _SCOPE, known)
    return known
