"""`xianfeng account`: ways in for people, opened and closed by whoever keeps this installation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from xianfeng.cli.spoken import tell
from xianfeng.problems import Problem
from xianfeng.sentences import say, together

if TYPE_CHECKING:
    from xianfeng.accounts.models import Account

_account = typer.Typer(no_args_is_help=True, help="账号：开设、邀请、停用。")

Username = Annotated[str, typer.Argument(metavar="用户名")]


def register(app: typer.Typer) -> None:
    """Add this noun's commands."""
    app.add_typer(_account, name="account")


@_account.command("open")
def open_(username: Username, person: Annotated[str, typer.Option("--person", metavar="人员编号")]) -> None:
    """给一个已登记的人开账号，并给出邀请链接。"""
    from xianfeng.accounts import actions
    from xianfeng.cli.acting import operator
    from xianfeng.registry.models import Person

    known = Person.objects.filter(code=person).first()
    if known is None:
        raise Problem(
            "accounts.unknown_person", say("没有编号为“{person}”的人员。", person=person), hint="先登记或导入联系人。"
        )
    account = actions.open_account(person=known.id, username=username, by=operator())
    tell(say("已开账号 {username}。", username=account.username))
    _tell_link(account)


@_account.command("invite")
def invite(username: Username) -> None:
    """重新给出邀请链接：忘记密码或丢失手机时用；以前的链接作废。"""
    _tell_link(_known(username))


@_account.command("close")
def close(username: Username) -> None:
    """停用账号；已登录的立即退出，办理过的记录不变。"""
    from xianfeng.accounts import actions
    from xianfeng.cli.acting import operator

    account = _known(username)
    actions.close_account(account=account, by=operator())
    tell(say("已停用账号 {username}。", username=account.username))


@_account.command("list")
def list_() -> None:
    """全部账号，和它们现在的任职。"""
    from xianfeng.accounts import reader
    from xianfeng.accounts.models import Account

    for account in Account.objects.select_related("person").order_by("username"):
        ready = say("可用") if account.has_usable_password() else say("待设定密码")
        state = ready if account.is_active else say("停用")
        posts = together((f"{held.organisation.name} {held.title}" for held in reader.held_by(account)), by="、")
        tell(together((account.username, account.person.code, state, posts or say("没有任职")), by="　"))


def _known(username: str) -> Account:
    from xianfeng.accounts.models import Account

    account = Account.objects.filter(username__iexact=username.strip()).first()
    if account is None:
        raise Problem(
            "accounts.unknown", say("没有账号“{username}”。", username=username), hint="查看：xianfeng account list"
        )
    return account


def _tell_link(account: Account) -> None:
    from django.conf import settings
    from django.urls import reverse

    from xianfeng.accounts import actions
    from xianfeng.cli.acting import operator

    token = actions.invite(account=account, by=operator())
    told = say("邀请链接（只能用一次，{days} 天内有效，请当面或另用可靠途径交给本人）：", days=actions.VALID.days)
    tell(told)
    typer.echo(f"  {settings.SITE}{reverse('invitation', args=[token])}")
