"""What a bulletin's template may say, and the limited process that says it.

A template is Markdown with Jinja. It can name figures but cannot make one: every number, and every Chinese numeral in a
quantity or ordinal, is printed by one of these calls (dates are 'YYYY-MM-DD'):

    {{ figure('projects') }}                                  a measure at the scheme's root up to the day of issue
    {{ figure('projects', at='350121', since='2010-01-01', until='2010-06-30', show='wan:1') }}
    {% set f = figure('posted') %}{% if f.complete %}…{% endif %}
                                                              f.value f.records f.expected f.missing f.complete
                                                              f.is_floor
    {{ target('weak_villages') }}                             the target of a measure (or of a target constant)
    {{ constant('village_subsidy') }}                         a constant of the scheme
    {{ rule('obligations.serve.windows.0.title') }}           any value of the scheme, by its path
    {{ table('posted', by='children') }}                      a table by children, category (field=), month, level
    {{ chart('posted', by='month') }}                         the same table with a bar beside each value
    {{ story('land_towns') }}                                 whose records are behind a measure: 青口镇、荆溪镇
    {{ story('model_examples', field='name', most=3) }}       a text field of those records instead
    {{ note('A4', '八届九次') }}                               a number of the text itself, with its row in figures.yaml
    {% for c in corrections() %}{{ c.title }}：{{ c.old }}更正为{{ c.new }}。{% endfor %}
                                                              what differs today in the series' previous bulletin

`show` overrides the measure's own style: 'plain', 'plain:1', 'percent', 'percent:1', 'wan:1', 'yi', 'lower_bound:100',
'lower_bound:100:余', 'words' (百, 三百二十五; 两 for a count of two), 'all_or_percent' (所有, or 99.5%的);
it must suit the value, see `scheme.displays`. Only what lands on the page is a source of the bulletin.

The Markdown: paragraphs, headings (`# 一、…`, `## （一）…`, `### 1. …`), `**strong**` (a paragraph that starts with one
has a run-in heading), tables, and one quotation `> 编者按：…` at the very start, which is the editor's note. Anything
else is text. Structure may be numbered (一、 （一） at the start of a heading or paragraph, 1. of a heading, 一是 二是
at the start of a clause) as long as it counts up from one; idioms (进一步, 千方百计) come from `idioms.txt`.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import IO, Any

from xianfeng.problems import Problem
from xianfeng.sentences import say

THINKING = 10.0  # seconds a template may take between and after its calls, all together
LINE = 1_000_000  # bytes of one message: a rendered template and then some
CALLS = 2_000

Answer = Callable[[str, tuple[Any, ...], Mapping[str, Any]], Any]
Forgive = Callable[[str, Problem], Any]


@dataclass(frozen=True, kw_only=True)
class Template:
    """`name` is the file's path in the scheme's package: problems point into it."""

    name: str
    text: str


def render(
    templates: tuple[Template, ...], answer: Answer, *, calls: Iterable[str], forgive: Forgive | None = None
) -> tuple[str, ...]:
    """The templates' texts, their calls answered by `answer(call, args, kwargs)` with something JSON can carry.

    The child holds no figure and opens no file; it knows the names of the `calls`, asks for each value and gets back a
    mark to print. `forgive` answers for a call that cannot be; without it the first such call ends everything.
    """
    with _start() as child:
        try:
            return _converse(child, templates, answer, calls, forgive)
        finally:
            child.kill()


def _start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-I", "-m", "xianfeng.bulletins.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.environ.get("PATH", "")},
        close_fds=True,
    )


def _converse(
    child: subprocess.Popen[bytes],
    templates: tuple[Template, ...],
    answer: Answer,
    calls: Iterable[str],
    forgive: Forgive | None,
) -> tuple[str, ...]:
    asking, answering = child.stdout, child.stdin
    if asking is None or answering is None:
        raise _stopped()
    lines = _Lines(asking)
    _send(answering, {"calls": list(calls), "templates": [{"name": t.name, "text": t.text} for t in templates]})
    for _ in range(CALLS):
        message = lines.next()
        if "done" in message:
            return tuple(message["done"])
        place = f"{message['template']}:{message['line']}" if message.get("line") else message.get("template", "")
        if "fault" in message:
            raise Problem(
                f"bulletin.{message['fault']}", say(_FAULTS[message["fault"]], detail=message["detail"]), place=place
            )
        try:
            reply = answer(message["call"], tuple(message["args"]), message["kwargs"])
        except Problem as problem:
            if forgive is None:
                raise problem.at(place) from problem
            reply = forgive(message["call"], problem.at(place))
        _send(answering, {"answer": reply})
    raise Problem(
        "bulletin.template_calls", say("模板调用超过{calls}次。", calls=CALLS), hint="用 table(...) 代替逐个调用。"
    )


_FAULTS = {
    "template_syntax": say("模板语法有误：{detail}"),
    "template_undefined": say("模板用了没有的名称：{detail}"),
    "template_forbidden": say("模板做了不允许的事：{detail}"),
    "template_too_long": say("模板输出过长：{detail}"),
    "template_memory": say("模板占用内存过多：{detail}"),
    "template_error": say("模板运行出错：{detail}"),
}


def _send(pipe: IO[bytes], message: Mapping[str, Any]) -> None:
    try:
        pipe.write(json.dumps(message, ensure_ascii=False).encode() + b"\n")
        pipe.flush()
    except BrokenPipeError:
        raise _stopped() from None


def _stopped() -> Problem:
    return Problem(
        "bulletin.template_stopped",
        "模板运行时间或内存超过限制，已停止。",
        hint="检查循环次数；简报正文用不着大段计算。",
    )


class _Lines:
    """The child's messages, one JSON text a line, within its time and size."""

    def __init__(self, pipe: IO[bytes]) -> None:
        self.descriptor = pipe.fileno()
        self.buffer = b""
        self.left = THINKING

    def next(self) -> dict[str, Any]:
        while b"\n" not in self.buffer:
            self.buffer += self._chunk()
            if len(self.buffer) > LINE:
                raise Problem("bulletin.template_too_long", "模板输出过长。")
        line, self.buffer = self.buffer.split(b"\n", 1)
        message: dict[str, Any] = json.loads(line)
        return message

    def _chunk(self) -> bytes:
        started = time.monotonic()
        ready, _, _ = select.select([self.descriptor], [], [], max(self.left, 0))
        self.left -= time.monotonic() - started
        chunk = os.read(self.descriptor, 65536) if ready else b""
        if not chunk:
            raise _stopped()
        return chunk
