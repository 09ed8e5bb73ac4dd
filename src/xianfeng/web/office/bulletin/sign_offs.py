"""A manuscript's sign-off sheet: who drafted, checked and signed, what is to be looked at, and room for handwriting."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext, pgettext

from xianfeng.bulletins import stages
from xianfeng.papers.sign_off import Box, SignOff
from xianfeng.scheme import titles
from xianfeng.web.office.bulletin.manuscript import ManuscriptPage
from xianfeng.web.templatetags.xianfeng import exact


def of(shown: ManuscriptPage) -> SignOff:
    content = shown.content
    return SignOff(
        issuer=content.issuer,
        title=gettext("简报签批单"),
        synthetic=settings.XIANFENG_SYNTHETIC,
        rows=(
            (Box(label=gettext("标题"), lines=(shown.title,)),),
            (
                Box(label=gettext("报头"), lines=tuple(filter(None, (content.series, content.special)))),
                Box(label=gettext("期号"), lines=(_number(shown),)),
            ),
            (
                Box(label=gettext("印发日期"), lines=(titles.day(content.issued),)),
                Box(label=gettext("印数"), lines=_copies(content.copies)),
            ),
            (Box(label=gettext("抄送"), lines=_recipients(content.to)),),
            (_signed(shown, gettext("签发"), "sign"),),
            (_signed(shown, pgettext("签批单", "核稿"), "check"), _signed(shown, pgettext("签批单", "拟稿"), "submit")),
            (Box(label=gettext("领导批示"), tall=True),),
            (Box(label=gettext("公开审查"), lines=_concerns(shown)),),
            (Box(label=gettext("数据"), lines=(_data(shown),)),),
            (Box(label=gettext("稿样校验码"), lines=(shown.row.proof,) if shown.row.proof else ()),),
        ),
    )


def _number(shown: ManuscriptPage) -> str:
    number = shown.row.number
    return gettext("第%(number)s期") % {"number": number} if number else gettext("签发时编号")


def _copies(copies: int | None) -> tuple[str, ...]:
    return (gettext("%(copies)s份") % {"copies": copies},) if copies else ()


def _recipients(to: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(gettext("%(label)s：%(whom)s") % {"label": label, "whom": whom} for label, whom in to.items())


def _signed(shown: ManuscriptPage, label: str, move: str) -> Box:
    step = stages.last(tuple(each.step for each in shown.steps), move)
    found = next((each for each in shown.steps if step and each.step.seq == step.seq), None)
    if found is None:
        return Box(label=label, tall=True)
    day = titles.day(localtime(found.step.at).date())
    return Box(label=label, lines=(found.who, *filter(None, (found.at,)), day), hand=True, tall=True)


def _concerns(shown: ManuscriptPage) -> tuple[str, ...]:
    told = tuple(f"{at}. {concern.told}" for at, concern in enumerate(shown.concerns, 1))
    return told or (gettext("没有未公开的指标、过小的人数和个人信息。"),)


def _data(shown: ManuscriptPage) -> str:
    if not shown.row.as_of:
        return gettext("还没有送核，数据每天会变。")
    return gettext("停于顺序号 %(seq)s；每个数据见所附数据来源单。") % {"seq": exact(shown.row.as_of)}
