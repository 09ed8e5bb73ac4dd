"""The certificate of an award, as a file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_safe

from xianfeng.commendations import certificates
from xianfeng.web import access, people, scope
from xianfeng.web.papers import kept
from xianfeng.web.record.certificates import may_have
from xianfeng.web.record.finding import record_or_404


@require_safe
@access.public
def certificate_file(request: HttpRequest, number: int, suffix: str) -> HttpResponse:
    seen = scope.of(request)
    opened = record_or_404(number, seen.full)
    found = certificates.given(opened.record)
    if found is None:
        raise Http404(gettext("这条记录没有荣誉证书"))
    who, name = certificates.person(*found, opened.record), ""
    if who is not None:
        if not may_have(opened.record, who, seen):
            raise Http404(gettext("这条记录没有荣誉证书"))
        name = people.named([who], seen, purpose=gettext_noop("印制荣誉证书"))[who]
    paper = certificates.certificate(*found, opened.record, name=name)
    return kept(paper, f"{gettext('荣誉证书')}-{number}", suffix)
