"""A register as the rules show it: what it asks, and how a record of it gets from its first state to its last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xianfeng.scheme import titles
from xianfeng.scheme.explain import pages
from xianfeng.scheme.nodes import Field, Kind
from xianfeng.scheme.types import FieldType
from xianfeng.web import cells, language
from xianfeng.web.cells import Cell
from xianfeng.web.office.scheme import flows
from xianfeng.web.office.scheme.views import View
from xianfeng.web.tables import Column, Table

TYPES: Mapping[FieldType, str | Promise] = {
    FieldType.TEXT: _("一行文字"),
    FieldType.LONG_TEXT: _("一段文字"),
    FieldType.INTEGER: _("整数"),
    FieldType.DECIMAL: _("数"),
    FieldType.MONEY: _("金额（元）"),
    FieldType.PERCENT: _("百分数"),
    FieldType.DATE: _("日期"),
    FieldType.DATETIME: _("日期和时间"),
    FieldType.CHOICE: _("选一项"),
    FieldType.CHOICES: _("可选几项"),
    FieldType.BOOLEAN: _("是或否"),
    FieldType.PERSON: _("人员"),
    FieldType.ORGANISATION: _("组织"),
    FieldType.RECORD: _("另一条记录"),
    FieldType.TALLY: _("分组人数"),
    FieldType.ATTACHMENTS: _("附件"),
    FieldType.PLACE: _("地点（所在组织）"),
}


@dataclass(frozen=True)
class KindView:
    """A register with what it asks and how a record of it gets on."""

    kind: Kind
    line: str
    fields: Table
    flow: SafeString
    moves: tuple[str, ...]


def kind_view(view: View, kind: Kind) -> KindView:
    asked = view.fields(kind)
    columns = (Column(_("项目")), Column(_("怎么填")), Column(_("选项或单位")), Column(_("说明")))
    path = f"kinds.{kind.name}"
    return KindView(
        kind=kind,
        line=view.line(path),
        fields=Table(
            f"fields-{kind.name}",
            gettext("%(kind)s：填写的项目") % {"kind": kind.title},
            columns,
            [_field(view, f"{path}.fields.{field.name}", field) for field in asked],
            level=3,
        ),
        flow=flows.drawn(kind.flow, gettext("%(kind)s的办理流程，文字见下") % {"kind": kind.title}),
        moves=pages.flow(view.scheme, kind, language.explaining()),
    )


def _field(view: View, path: str, field: Field) -> tuple[Cell, ...]:
    marks = (
        (field.required, gettext("必填")),
        (bool(field.prefill), gettext("预先填好")),
        (field.personal, gettext("个人信息，加密保存")),
        (field.public, gettext("公开")),
    )
    told = [str(TYPES[field.type]), *(word for on, word in marks if on)]
    note = gettext("本单位自定：%(words)s") % {"words": field.local} if field.local else ""
    options = titles.listed((field.choices or field.groups).values()) or field.unit
    return (
        cells.text(field.title, link=view.line(path)),
        cells.text(gettext("，").join(told)),
        cells.text(options),
        cells.text(field.help, note=note),
    )
