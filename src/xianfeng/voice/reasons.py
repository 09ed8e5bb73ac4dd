"""The published reasons: why a comment is not shown, and what a requirement can be blamed for."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: Mapping[str, str | Promise] = {
    "personal": _("写了他人的姓名、电话、证件号等个人信息"),
    "abuse": _("辱骂、攻击他人"),
    "unlawful": _("内容违反法律法规"),
    "advert": _("广告，或者反复发同样的内容"),
    "elsewhere": _("与这一篇无关"),
    "matter": _("属于需要办理的具体诉求，请向窗口或12345反映"),
}
BURDENS: Mapping[str, str | Promise] = {
    "often": _("报得太勤"),
    "long": _("要填的栏目太多"),
    "twice": _("别处已经填过"),
    "proof": _("要的照片、证明太多"),
    "unclear": _("说不清要填什么"),
    "misplaced": _("不该由我们来填"),
    "other": _("其他"),
}
