"""What somebody copied from a paper or a page, and what it proves, in plain words: a check code, a number, a hash.

One text may be several things (98 is an issue and an entry), so all that it can be is told. An entry's existence and
its proof are nobody's secret; what it is about is told to whom the scope lets see it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from xianfeng.bulletins.models import Closing
from xianfeng.ledger.drafting import STREAM
from xianfeng.ledger.models import Record, SchemeVersion
from xianfeng.log import keys
from xianfeng.log.models import Entry, Seal
from xianfeng.log.receipts import receipt
from xianfeng.opendata import package
from xianfeng.problems import Problem
from xianfeng.web.frame import campaigns
from xianfeng.web.scope import Scope
from xianfeng.web.templatetags.xianfeng import exact

LONGEST = 200  # characters that are looked at
_MOST = 5  # of each sort
_CODE = re.compile(r"[0-9a-f]{8,64}")  # fewer letters could be anything
_NUMBER = re.compile(r"第?([0-9][0-9,]{0,17})[期条号]?")


@dataclass(frozen=True)
class Finding:
    """`holds` None: nothing was to be proved, it only says what it is."""

    title: str
    words: tuple[str, ...]
    holds: bool | None = None
    link: str = ""
    opens: str = ""  # what the link is called


def read(text: str, seen: Scope) -> tuple[Finding, ...]:
    plain = unicodedata.normalize("NFKC", text[:LONGEST]).strip().lower()
    found: list[Finding] = []
    number = _NUMBER.fullmatch(plain.replace(" ", ""))
    if number:
        found += _by_number(int(number[1].replace(",", "")), seen)
    code = _CODE.fullmatch(re.sub(r"^sha256:|\s", "", plain))
    if code:
        found += _by_code(code[0])
    return tuple(found)


def _by_number(number: int, seen: Scope) -> Iterator[Finding]:
    for closing in _light(Closing.objects.filter(number=number))[:_MOST]:
        yield _bulletin(closing)
    entry = Entry.objects.filter(seq=number).first()
    if entry is not None:
        yield _entry(entry, seen)


def _entry(entry: Entry, seen: Scope) -> Finding:
    moment, link = timezone.localtime(entry.at), _record(entry, seen)
    entered = gettext("%(day)s %(time)s 录入。") % {"day": date_format(moment.date()), "time": f"{moment:%H:%M}"}
    proved, holds = _proved(entry.seq)
    return Finding(
        title=gettext("第 %(number)s 条办理记录") % {"number": exact(entry.seq)},
        words=(entered, proved),
        holds=holds,
        link=link,
        opens=gettext("看这条记录") if link else "",
    )


def _proved(seq: int) -> tuple[str, bool | None]:
    """Hashed again as the database has it now, and held against the signed seal; None: not sealed yet."""
    try:
        made = receipt(seq)
    except Problem as problem:
        return problem.message, False
    if made.inclusion is None:
        return gettext("还没有封存：封存以后，它再也不能被改动而不被发现。"), None
    if not any(made.holds(key) for key in keys.public_keys().values()):
        return gettext("它和封存时不一样，请告诉管理本站的单位。"), False
    sealed = {"size": exact(made.inclusion.size), "root": made.inclusion.root.hex()[:16]}
    return gettext("它封在前 %(size)s 条的校验码 %(root)s… 里，刚才重新证明了一遍：从那时起没有改过。") % sealed, True


def _record(entry: Entry, seen: Scope) -> str:
    """The page of the record that an entry is about, for whom it has one."""
    record = Record.objects.filter(id=entry.about).first() if entry.stream == STREAM else None
    if record is None or not seen.record(record):
        return ""
    return reverse("record", args=[record.id])


def _by_code(code: str) -> Iterator[Finding]:
    for closing in _light(Closing.objects.filter(root__startswith=code))[:_MOST]:
        yield _bulletin(closing)
    for seal in Seal.objects.filter(root__range=_bytes(code)).order_by("-size").defer("proof")[:1]:
        yield _seal(seal)
    for version in SchemeVersion.objects.filter(hash__startswith=code).order_by("-seq")[:_MOST]:
        yield Finding(
            title=gettext("“%(title)s”方案的一个版本") % {"title": version.title},
            words=(gettext("方案的全部文字按这个编号保存，一个字不同，编号就不同。"),),
            link=f"{reverse('campaign', args=[version.name])}?version={version.hash}",
            opens=gettext("看这个版本"),
        )
    yield from _files(code)


def _bulletin(closing: Closing) -> Finding:
    issue = {"series": closing.series, "number": closing.number, "issuer": closing.issuer}
    return Finding(
        title=gettext("%(series)s第%(number)s期") % issue,
        words=(
            gettext("%(issuer)s%(day)s印发，数据锁定在第 %(seq)s 条办理记录。")
            % {**issue, "day": date_format(closing.issued), "seq": exact(closing.as_of)},
            gettext("可以把它印出的每个数重新算一遍，看是不是一样。"),
        ),
        link=f"{reverse('verify')}?bulletin={closing.scheme.name}/{closing.bulletin}",
        opens=gettext("重新计算，核验这一期"),
    )


def _bytes(code: str) -> tuple[bytes, bytes]:
    """The first and the last hash that begin with these digits."""
    digits = 2 * hashlib.sha256().digest_size
    return bytes.fromhex(f"{code:0<{digits}}"), bytes.fromhex(f"{code:f<{digits}}")


def _seal(seal: Seal) -> Finding:
    moment, root = timezone.localtime(seal.at), bytes(seal.root).hex()
    return Finding(
        title=gettext("前 %(size)s 条办理记录的校验码") % {"size": exact(seal.size)},
        words=(
            gettext("%(day)s封存，全文是 %(root)s。") % {"day": date_format(moment.date()), "root": root},
            gettext("这些办理记录里只要有一条被改过、删过、插过，重新算出来的校验码就不是这个。"),
        ),
        holds=True,
    )


def _files(code: str) -> Iterator[Finding]:
    for campaign in campaigns():
        made = package.latest(campaign.name)
        for resource in made.descriptor["resources"] if made else ():
            if resource["hash"].removeprefix("sha256:").startswith(code):
                yield Finding(
                    title=gettext("“%(title)s”开放数据的文件 %(file)s")
                    % {"title": campaign.title, "file": resource["path"]},
                    words=(gettext("文件没有改动过，就是本站现在公布的这一份。"),),
                    holds=True,
                    link=reverse("open_data", args=[campaign.name]),
                    opens=gettext("看开放数据"),
                )


def _light(rows: QuerySet[Closing]) -> QuerySet[Closing]:
    return rows.select_related("scheme").defer("document", "content", "scheme__package").order_by("-id")
