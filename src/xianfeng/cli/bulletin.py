"""`xianfeng bulletin …`: compose, close, verify, correct and export bulletins."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xianfeng import paths
from xianfeng.cli import acting

if TYPE_CHECKING:
    from xianfeng.bulletins.models import Closing
    from xianfeng.scheme.nodes import Scheme as Version

SCHEMES = paths.PROJECT / "schemes"
_SHOWN = 20
_SHORT = 12  # characters of a version

bulletin = typer.Typer(no_args_is_help=True, help="简报：成稿、定稿、核对、更正、导出。")

Scheme = Annotated[str, typer.Argument(help="活动名，如 fuzhou-2010")]
Name = Annotated[str, typer.Argument(help="简报在活动方案里的名称，如 no98")]
Whose = Annotated[str, typer.Argument(metavar="SCHEME", help="活动名；没有别的简报重名时可以省略，只写 NAME")]
Closed = Annotated[str, typer.Argument(metavar="NAME", help="已定稿的简报：名称或期号")]
Site = Annotated[
    str, typer.Option(help="网站地址，导出的网页从这里打开数据，如 http://127.0.0.1:8000；不写则网页里的数据没有链接")
]


def register(app: typer.Typer) -> None:
    app.add_typer(bulletin, name="bulletin")


@bulletin.command("compose")
def compose(
    scheme: Scheme,
    name: Name,
    out: Annotated[Path | None, typer.Option(help="写出文件的文件夹；不写则只检查并列出数据")] = None,
    as_of: Annotated[int | None, typer.Option(help="截止到第几条办理记录；不写则到最后一条")] = None,
    site: Site = "",
) -> None:
    """成稿（不定稿）：取数、检查每个数字都有出处。"""
    from xianfeng.bulletins import export
    from xianfeng.bulletins.compose import compose as make
    from xianfeng.bulletins.wording import wording

    made = make(scheme, name, as_of=as_of)
    for source in made.document.sources:
        about = wording(source, made.scheme)
        typer.echo(f"{source.text:>12}　{about.title}　{about.line}")
    typer.echo(f"{made.scheme.title}（{made.scheme.name}），方案版本 {made.scheme.hash[:_SHORT]}")
    typer.echo(f"{len(made.document.sources)}项数据、{len(made.notes)}处文稿数字，截止到第{made.as_of}条办理记录。")
    for path in export.write(made.document, made.scheme, out, name, site=site) if out else ():
        typer.echo(str(path))
    _remind(made.scheme)


@bulletin.command("close")
def close(
    scheme: Scheme,
    name: Name,
    if_open: Annotated[bool, typer.Option("--if-open", help="已经定稿时不报错，显示原来的定稿")] = False,
) -> None:
    """锁数定稿：记下截止的办理记录、每个数据和校验码，从此不改。"""
    from xianfeng.bulletins.closing import close as lock
    from xianfeng.bulletins.compose import compose as make

    made = make(scheme, name)
    typer.echo(_told(lock(made, by=acting.office(made.scheme), if_open=if_open)))


@bulletin.command("verify")
def verify(scheme: Whose, name: Closed = "") -> None:
    """按定稿时的模板、方案和办理记录重新成稿，逐项核对。有不符时退出码为1。"""
    from xianfeng.bulletins.corrections import corrections as compare
    from xianfeng.bulletins.verifying import verify as check

    found = check(_closed(scheme, name))
    for fault in found.faults:
        typer.echo(f"✗ {fault}", err=True)
    outcome = "全部相符" if found.stands else f"{len(found.faults)}处不符"
    typer.echo(f"第{found.closing.number}期，{found.figures}项数据重新计算：{outcome}。")
    if found.stands and (since := len(compare(found.closing))):
        which = f"{found.closing.scheme.name} {found.closing.bulletin}"
        typer.echo(f"定稿后另有{since}项更正：xianfeng bulletin corrections {which}")
    raise typer.Exit(0 if found.stands else 1)


@bulletin.command("corrections")
def corrections(scheme: Whose = "", name: Closed = "") -> None:
    """列出今天会与定稿不同的数据，以及哪些记录变了；不写简报则看全部定稿。"""
    from xianfeng.bulletins.corrections import corrections as compare
    from xianfeng.bulletins.models import Closing

    for closing in [_closed(scheme, name)] if scheme else Closing.objects.order_by("id"):
        found = compare(closing)
        typer.echo(f"第{closing.number}期：{f'{len(found)}项更正' if found else '没有更正'}。")
        for item in found:
            typer.echo(f"  {item.wording.title}（{item.wording.period}）：印为{item.source.text}，现为{item.text}")
            for change in item.changes[:_SHOWN]:
                typer.echo(f"    记录{change.record}：办理记录第{'、'.join(map(str, change.entries))}条")


@bulletin.command("export")
def export(
    scheme: Whose,
    name: Closed = "",
    out: Annotated[Path, typer.Option(help="写出文件的文件夹")] = Path("out"),
    site: Site = "",
) -> None:
    """导出定稿：网页、DOCX、PDF，各附数据来源单。"""
    from xianfeng.bulletins import export as exports
    from xianfeng.bulletins.closing import document_of, scheme_of

    closing = _closed(scheme, name)
    version = scheme_of(closing)
    for path in exports.write(document_of(closing), version, out, f"{version.name}-{closing.bulletin}", site=site):
        typer.echo(str(path))
    if not site:
        typer.echo("网页里的数据没有链接。要能点开，写明网站地址：--site http://127.0.0.1:8000")


@bulletin.command("list")
def list_() -> None:
    """列出各活动方案里的简报，和已经定稿的期号。"""
    from xianfeng.bulletins.closing import latest
    from xianfeng.bulletins.models import Closing
    from xianfeng.ledger import versions

    for scheme in versions.names():
        for item in versions.current(scheme).bulletins.values():
            closing = latest(scheme, item.name)
            state = f"已定稿，截止到第{closing.as_of}条" if closing else "未定稿"
            typer.echo(f"{scheme}　{item.name}　{item.series}第{item.number}期　{item.issued}　{state}")
        for row in Closing.objects.filter(scheme__name=scheme).exclude(content="").order_by("id"):
            issue = f"{row.series}第{row.number}期　{row.issued}"
            typer.echo(f"{scheme}　{row.bulletin}　{issue}　已定稿，截止到第{row.as_of}条")


def _remind(version: Version) -> None:
    """Whoever has edited the scheme or the template on disk and not adopted it wonders why nothing has changed."""
    from xianfeng.scheme import loader

    folder = SCHEMES / version.name
    if folder.is_dir() and loader.address(loader.package(folder)) != version.hash:
        typer.echo(f"注意：{folder} 里的文件与载入的版本不同，成稿没有用它们。", err=True)
        typer.echo(f"要按文件成稿，先载入：xianfeng scheme adopt {folder}", err=True)


def _closed(first: str, second: str) -> Closing:
    """The closing that SCHEME NAME or NAME alone means."""
    from xianfeng.bulletins.closing import find

    return find(second, scheme=first) if second else find(first)


def _told(closing: Closing) -> str:
    return (
        f"{closing.series}第{closing.number}期已定稿，截止到第{closing.as_of}条办理记录，"
        f"定稿记录为第{closing.id}条。\n校验码（第1—{closing.sealed}条）{closing.root}"
    )
