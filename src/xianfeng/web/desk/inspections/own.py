"""Which drawn visit an address names: one of those for which the reader was drawn."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.utils.translation import gettext

from xianfeng.inspections import visiting
from xianfeng.inspections.frame import Frame, Unit
from xianfeng.inspections.models import DrawnVisit
from xianfeng.ledger import versions
from xianfeng.scheme.inspecting import Inspection
from xianfeng.scheme.nodes import Kind, Scheme
from xianfeng.scheme.types import FieldType
from xianfeng.web import scope


@dataclass(frozen=True)
class Drawn:
    """`scheme`: as it is now; the rule is that by which the frame was drawn up."""

    visit: DrawnVisit
    unit: Unit
    scheme: Scheme
    rule: Inspection

    @property
    def kind(self) -> Kind:
        return self.scheme.kinds[self.rule.kind]

    @property
    def followers(self) -> tuple[Kind, ...]:
        """The kinds of what can be entered against a visit: about an organisation, and naming the visit."""
        return tuple(kind for kind in self.scheme.kinds.values() if self.naming(kind) and _is_about_organisation(kind))

    def naming(self, kind: Kind) -> str:
        """The field by which a kind's records name the visit; ''."""
        return kind.pointing(self.rule.kind) if self.scheme.by_form(kind) else ""


def drawn_or_404(request: HttpRequest, number: int) -> Drawn:
    account = scope.of(request).reader.account
    mine = visiting.mine(account.person_id) if account else []
    visit = next((one for one in mine if one.id == number), None)
    if visit is None:
        raise Http404(gettext("没有这次督查"))
    unit = next(one for one in Frame.read(visit.plan.frame).units if one.code == visit.unit)
    rule = versions.scheme(visit.plan.version).inspections[visit.plan.inspection]
    return Drawn(visit, unit, versions.current(visit.plan.scheme), rule)


def _is_about_organisation(kind: Kind) -> bool:
    field = kind.fields.get(kind.subject)
    return field is not None and field.type is FieldType.ORGANISATION
