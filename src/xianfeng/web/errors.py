"""What a page says when it cannot do what was asked: what happened, whether anything was changed, what to do now.

What may be asked when the database is away stands in a frame that asks it nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import Resolver404, reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext, ngettext

from xianfeng.accounts import reader
from xianfeng.accounts.reader import Held
from xianfeng.problems import Problem
from xianfeng.vault.values import ERASED
from xianfeng.web import whose

TOO_BIG = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
WHOLE, BARE = "components/base.html", "components/bare.html"
_HEARD = 100 * 2**20  # bytes that are taken in before they are refused
_OUR_OWN = frozenset({"revision", "seq"})  # numbers that nobody typed
_CODE = re.compile(r"(?=.*[A-Za-z_])[\w:./-]*", re.ASCII)  # a choice's name, a reference, a button: no words


@dataclass(frozen=True)
class Fault:
    """`typed`: what a form held, to be sent once more; `files`: how many files have to be chosen again."""

    status: int
    title: str
    happened: str
    remedies: tuple[str, ...]
    typed: tuple[tuple[str, str], ...] = ()
    made_for: str = ""  # the token of the page that was sent, which stays with what was typed (whose.py)
    acted: Held | None = None  # the reader's own appointment for which it was made
    files: int = 0
    sign_in: bool = False  # whether that comes first
    frame: str = WHOLE

    @property
    def words(self) -> tuple[str, ...]:
        return _words(self.typed)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same for what is not there and what is not the reader's; a view may say which name was not found."""
    said = "" if isinstance(exception, Resolver404) or not exception.args else str(exception.args[0])
    return _told(
        request,
        404,
        gettext("没有找到"),
        gettext("%(said)s。") % {"said": said.rstrip("。.")} if said else gettext("这个地址没有内容，或者您不能看。"),
        gettext("检查地址是否抄错，或者从首页重新进入。"),
        gettext("如果应当看得到，换一个任职再打开；还看不到的，请问本单位的系统管理员。")
        if getattr(request, "user", None) and request.user.is_authenticated
        else gettext("如果应当看得到，请登录后再打开。"),
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _told(
        request,
        403,
        gettext("现在的任职不能办理"),
        gettext("这项办理没有进行，台账没有变动。"),
        gettext("换一个任职再试；需要这项权限的，请本单位的系统管理员登记任职。"),
        frame=BARE,
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, TOO_BIG):
        return too_large(request)
    return _told(
        request,
        400,
        gettext("没有看懂这次请求"),
        gettext("浏览器送来的内容不完整或格式不对，没有办理，台账没有变动。"),
        gettext("回到上一页重新提交；从别处复制来的地址，请从首页重新进入。"),
        frame=BARE,
    )


def too_large(request: HttpRequest, limit: int = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0) -> HttpResponse:
    """`limit` in bytes: what one submission, or one file, may hold."""
    _hear_out(request)
    megabytes = f"{limit / 2**20:.1f}".removesuffix(".0")
    return _told(
        request,
        413,
        gettext("送来的内容太大"),
        gettext("一次最多收 %(megabytes)s MB，这次超过了，所以没有办理，台账没有变动。") % {"megabytes": megabytes},
        gettext("按“后退”回到填写的页面，分几次提交，一次少贴一些行；浏览器没有留住的，要重新填。"),
        gettext("照片请先缩小，扫描件请存成 PDF 再上传。"),
    )


def _hear_out(request: HttpRequest) -> None:
    """A browser that is cut short while it sends shows a page of its own and not ours."""
    left = _HEARD
    try:
        while left > 0 and (read := request.read(min(left, 2**16))):
            left -= len(read)
    except OSError:  # it went away
        return


def too_many(request: HttpRequest, minutes: int = 1) -> HttpResponse:
    said = ngettext("请过 %(minutes)s 分钟再试。", "请过 %(minutes)s 分钟再试。", minutes)
    response = _told(
        request,
        429,
        gettext("提交得太频繁"),
        gettext("短时间内收到的请求太多，这一次没有办理，台账没有变动。"),
        said % {"minutes": minutes},
    )
    response.headers["Retry-After"] = str(minutes * 60)
    return response


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose page is older than the sign-in: nothing is done, nothing typed is lost.

    The form is offered once more only when this site's own page sent it; another site's must not be one press away.
    """
    sites = settings.CSRF_TRUSTED_ORIGINS or [f"{request.scheme}://{request.get_host()}"]
    typed = _typed(request) if request.headers.get("Origin") in sites else ()
    return _page(
        request,
        Fault(
            status=403,
            title=gettext("页面已经过期，还没有提交"),
            happened=gettext(
                "这一页打开之后，登录状态变了（例如在另一个窗口登录或退出过），所以刚才没有办理，台账没有变动。"
            ),
            remedies=(
                gettext("填写的内容还在下面，看清楚以后可以再提交一次。")
                if typed
                else gettext("从首页重新进入这一页，再填写、提交。"),
            ),
            typed=typed,
            made_for=_whose(request),
            files=len(request.FILES) if typed else 0,
        ),
    )


def made_for_another(request: HttpRequest) -> HttpResponse:
    """A form of a page that was made for another account or appointment: it waits for whom it was made for."""
    if not whose.given(request):
        return stale(request)
    typed, acted, now = _typed(request), whose.of_mine(request), reader.of(request).appointment
    return _page(
        request,
        Fault(
            status=403,
            title=gettext("不是现在的任职打开的页面，还没有提交"),
            happened=(
                gettext("这一页是以“%(then)s”打开的，现在的任职是“%(now)s”，所以刚才没有办理，台账没有变动。")
                % {"then": _called(acted), "now": _called(now)}
                if acted
                else gettext("这一页是另一个账号或者已经结束的任职打开的，所以刚才没有办理，台账没有变动。")
            ),
            remedies=(
                gettext("填写的内容还在下面。先在新窗口换回原来的任职，再回到这一页提交。")
                if acted
                else gettext("填写的内容还在下面。先在新窗口退出，用原来的账号登录，再回到这一页提交。"),
                gettext("不要关掉这一页，关掉以后内容就没有了。"),
                gettext("要以现在的任职填报的，从首页重新进入，再填写、提交。"),
            ),
            typed=typed,
            made_for=whose.given(request),
            acted=acted,
            files=len(request.FILES),
        ),
    )


def _called(held: Held | None) -> str:
    return f"{held.organisation.name} · {held.title}" if held else gettext("没有任职")


def _whose(request: HttpRequest) -> str:
    """For whom a form is offered once more: for whom its page was made, or, if it does not say, the present reader."""
    return whose.given(request) or whose.token(request)


def signed_out(request: HttpRequest) -> HttpResponse:
    """A form sent after its session had ended: it waits here while its sender signs in again in another window."""
    typed = _typed(request)
    return _page(
        request,
        Fault(
            status=401,
            title=gettext("登录已经过期，还没有提交"),
            happened=gettext("填写的时间太长，登录过期了，所以刚才没有办理，台账没有变动。"),
            remedies=(
                gettext("填写的内容还在下面。先在新窗口登录，再回到这一页提交。"),
                gettext("不要关掉这一页，关掉以后内容就没有了。"),
            )
            if typed
            else (gettext("请先登录，再办一次。"),),
            typed=typed,
            made_for=whose.given(request),
            files=len(request.FILES),
            sign_in=True,
        ),
    )


def only_read(request: HttpRequest, methods: Sequence[str]) -> HttpResponse:
    response = _told(
        request,
        405,
        gettext("只供阅读"),
        gettext("这一页只供阅读，不接受提交。"),
        gettext("从首页重新进入，用链接打开页面。"),
        frame=BARE,
    )
    response.headers["Allow"] = ", ".join(methods)
    return response


def stopped(request: HttpRequest, problem: Problem) -> HttpResponse:
    """What the books themselves have against a page, in their own words: it stays away until that is mended. What was
    erased does not come back."""
    remedy = problem.hint or gettext("请把这一页的地址和时间告诉系统管理员。")
    if problem.code == ERASED:
        return _told(request, 410, gettext("已经删除"), problem.message, remedy, frame=BARE)
    return _told(request, 503, gettext("暂时不能打开"), problem.message, remedy, frame=BARE)


def broken(request: HttpRequest) -> HttpResponse:
    """Asks nothing of the database or the reader: they may be what is broken."""
    page = render_to_string("500.html", {"synthetic": settings.XIANFENG_SYNTHETIC})
    return HttpResponse(page, status=500)


def words(request: HttpRequest) -> tuple[str, ...]:
    """What its writer knows again of a form that cannot be sent once more."""
    return _words(_typed(request))


def _words(typed: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Without what stands in a form for machines; fields have no titles here."""
    values = (value for name, value in typed if name not in _OUR_OWN)
    return tuple(value for value in values if value.strip() and not _CODE.fullmatch(value))


def _typed(request: HttpRequest) -> tuple[tuple[str, str], ...]:
    """What may be shown and sent once more; of the account's own pages nothing, for secrets are typed there."""
    if request.path.startswith(reverse("account")):
        return ()
    posted: MultiValueDict[str, str] = request.POST
    return tuple(
        (name, value)
        for name, values in posted.lists()
        for value in values
        if name not in whose.OF_THE_FORM and "password" not in name
    )


def _told(
    request: HttpRequest, status: int, title: str, happened: str, *remedies: str, frame: str = WHOLE
) -> HttpResponse:
    """Of what nobody typed: there is nothing to be sent once more."""
    return _page(request, Fault(status, title, happened, remedies, frame=frame))


def _page(request: HttpRequest, fault: Fault) -> HttpResponse:
    return render(request, "fault.html", {"page": fault}, status=fault.status)
