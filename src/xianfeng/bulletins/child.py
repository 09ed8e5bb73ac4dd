"""The limited process that renders a template: no files, no network, little memory, little time.

A template is written by an office and may be wrong or hostile. It runs here, in Jinja's immutable sandbox inside a
process that has given up its rights, and never sees a figure's query or the database: each call is a line of JSON to
the parent, each answer a line back. This module imports nothing of the project, so that nothing of it can leak.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import jinja2
import jinja2.debug  # rewrites tracebacks; imported now because nothing can be opened later
import jinja2.sandbox
from jinja2.exceptions import SecurityError

MEMORY = 256 * 1024 * 1024
SECONDS = 5
OUTPUT = 200_000  # characters; a bulletin has about 3 000


def main() -> None:
    _Running(()).render("", "{{ 'a' }}")  # loads the codec that string literals need: nothing can be opened later
    _limit()
    asked = json.loads(sys.stdin.readline())
    running = _Running(asked["calls"])
    try:
        done = [running.render(template["name"], template["text"]) for template in asked["templates"]]
    except MemoryError:
        _tell({"fault": "template_memory", "detail": "超过256 MB。", **running.position(None)})
    except RecursionError:
        _tell({"fault": "template_error", "detail": "嵌套或递归过深。", **running.position(None)})
    except Exception as error:  # noqa: BLE001 - whatever a template does wrong is told to the parent, never raised here
        _tell({"fault": _fault(error), "detail": str(error)[:500], **running.position(error)})
    else:
        _tell({"done": done})


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))  # the three it has: no file, socket or library can be opened


def _fault(error: Exception) -> str:
    match error:
        case jinja2.TemplateSyntaxError():
            return "template_syntax"
        case jinja2.UndefinedError():
            return "template_undefined"
        case SecurityError():
            return "template_forbidden"
        case TooLongError():
            return "template_too_long"
    return "template_error"


class TooLongError(Exception):
    pass


@dataclass(frozen=True)
class Printed:
    """An answer of the parent: prints as its mark; the rest is for conditions."""

    _mark: str  # underscored: the sandbox refuses such names to templates
    _facts: Mapping[str, Any]

    def __str__(self) -> str:
        return self._mark

    def __getattr__(self, name: str) -> Any:
        try:
            return self._facts[name]
        except KeyError:
            raise AttributeError(name) from None


def _received(answer: Any) -> Any:
    if isinstance(answer, list):
        return [_received(item) for item in answer]
    if not isinstance(answer, dict):
        return answer
    if "decimal" in answer:
        return Decimal(answer["decimal"])
    return Printed(answer["mark"], {name: _received(fact) for name, fact in answer.items() if name != "mark"})


def _something(value: Any) -> Any:
    """A value that is not known has no text: it is asked for with `is none`, never printed as 'None'."""
    if value is None:
        raise jinja2.UndefinedError("未报的数值不能印出，先用 is none 判断。")
    return value


class _Running:
    """The template at work: knows where it is, so that a problem can point at its line."""

    def __init__(self, calls: Iterable[str]) -> None:
        self.environment = jinja2.sandbox.ImmutableSandboxedEnvironment(
            undefined=jinja2.StrictUndefined, finalize=_something
        )
        self.environment.globals.clear()  # lipsum, cycler and namespace are no business of a bulletin's
        self.environment.globals.update({name: self._call(name) for name in calls}, range=jinja2.sandbox.safe_range)
        self.name = ""
        self.template: jinja2.Template | None = None

    def render(self, name: str, text: str) -> str:
        self.name, self.template = name, None
        self.template = self.environment.from_string(text)
        return "".join(_bounded(self.template.generate()))

    def position(self, error: Exception | None) -> dict[str, Any]:
        line = getattr(error, "lineno", None) or self._line(error.__traceback__ if error else None)
        return {"template": self.name, "line": line}

    def _line(self, traceback: Any) -> int | None:
        """The innermost template line of a traceback; Jinja has already rewritten its frames to template lines."""
        line = None
        while traceback is not None:
            if traceback.tb_frame.f_code.co_filename == "<template>":
                line = traceback.tb_lineno
            traceback = traceback.tb_next
        return line

    def _current_line(self) -> int | None:
        frame = sys._getframe(2)  # the caller of the call is the template's compiled code, or one of its macros
        while frame is not None and frame.f_code.co_filename != "<template>":
            frame = frame.f_back  # type: ignore[assignment]
        if frame is None or self.template is None:
            return None
        return self.template.get_corresponding_lineno(frame.f_lineno)

    def _call(self, name: str) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            line = self._current_line()
            _tell({"call": name, "args": args, "kwargs": kwargs, "template": self.name, "line": line})
            return _received(json.loads(sys.stdin.readline())["answer"])

        return call


def _bounded(parts: Iterator[str]) -> Iterator[str]:
    length = 0
    for part in parts:
        length += len(part)
        if length > OUTPUT:
            raise TooLongError(f"超过{OUTPUT}字。")
        yield part


def _tell(message: Mapping[str, Any]) -> None:
    print(json.dumps(message, ensure_ascii=False, default=str), flush=True)


if __name__ == "__main__":
    main()
