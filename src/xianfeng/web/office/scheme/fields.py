"""The form of a part: a field for each thing that an office changes, read back as what was typed for it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext

from xianfeng.problems import Problem
from xianfeng.scheme.editing import changing
from xianfeng.scheme.editing.changing import Typed
from xianfeng.scheme.editing.spans import Path
from xianfeng.scheme.editing.terms import Group, Term, groups, node_at, title_at
from xianfeng.scheme.editing.writing import word
from xianfeng.scheme.explain.words import Words
from xianfeng.scheme.faults import Fault
from xianfeng.scheme.surface import grammar
from xianfeng.scheme.surface.tree import Scalar, Table
from xianfeng.scheme.surface.tree import Sequence as ListNode
from xianfeng.scheme.types import FieldType
from xianfeng.sentences import say
from xianfeng.web import language
from xianfeng.web.office.scheme import binding
from xianfeng.web.office.scheme.binding import Choice

NEW_TYPES = (
    FieldType.TEXT,
    FieldType.LONG_TEXT,
    FieldType.INTEGER,
    FieldType.DECIMAL,
    FieldType.MONEY,
    FieldType.DATE,
    FieldType.BOOLEAN,
    FieldType.CHOICE,
    FieldType.CHOICES,
)
_WINDOW = ("title", "from", "to")


@dataclass(frozen=True)
class Question:
    """A term as a field of the form; `faults` in words."""

    term: Term
    label: str
    options: tuple[tuple[str, str], ...]  # of a word
    faults: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"t.{self.term.name}"

    @property
    def wide(self) -> bool:
        return self.term.look in ("long", "choices")


@dataclass(frozen=True)
class Box:
    """A thing with its questions. `windows`: an obligation, whose windows can go and come; `count`: how many it has."""

    group: Group
    questions: tuple[Question, ...]
    windows: str
    count: int
    faults: tuple[str, ...]  # that are at none of its questions
    whom: Choice | None  # whom an obligation binds

    @property
    def numbers(self) -> range:
        return range(self.count)


def boxes(tree: Table, part: str, faults: Mapping[Path, Sequence[Fault]]) -> tuple[Box, ...]:
    return tuple(_box(tree, group, faults) for group in groups(tree, part))


def whom_options(tree: Table, root: str) -> tuple[tuple[str, str], ...]:
    """Whom an obligation can bind, the scheme's own roles among them."""
    roles = node_at(tree, ("roles",))
    named = {name: title_at(tree, ("roles", name)) for name in roles.pairs} if isinstance(roles, Table) else {}
    return binding.options(root, named)


def applied(files: Mapping[str, str], tree: Table, part: str, given: QueryDict) -> dict[str, str]:
    """The files with what was typed in the form of a part."""
    found = groups(tree, part)
    terms = [term for group in found for term in group.terms if _was_shown(term, given)]
    made = changing.changed(files, [(term, _typed(term, given)) for term in terms])
    if part == "obligations":
        for group in found:
            made = _windows(_rebound(made, tree, group.path, given), tree, group.path, given)
    if part == "obligations" and given.get("o.kind", ""):
        made = _demanded(made, tree, given)
    if part.startswith("kinds.") and given.get("q.title", "").strip():
        made = _asked(made, tree, part.removeprefix("kinds."), given)
    return made


def part_of(path: Path) -> str:
    """The part of the form in which a path can be changed, or in which its thing stands."""
    match path:
        case ("kinds", str(name), *_):
            return f"kinds.{name}"
        case ("constants" | "obligations" | "measures" as part, *_):
            return part
        case ("title" | "runs" | "phases", *_):
            return "campaign"
    return "text"


def _box(tree: Table, group: Group, faults: Mapping[Path, Sequence[Fault]]) -> Box:
    questions = tuple(_question(term, faults) for term in group.terms)
    windows = group.name if group.path[:1] == ("obligations",) else ""
    listed = node_at(tree, (*group.path, "windows"))
    count = len(listed.items) if isinstance(listed, ListNode) else 0
    rest = {path: faults[path] for path in faults if _stands_in(group, path)}
    own = [path for path in rest if _term_of(group, path) is None]
    told = _words(fault for path in own for fault in rest[path])
    return Box(group, questions, windows, count, told, _whom(tree, group.path) if windows else None)


def _stands_in(group: Group, path: Path) -> bool:
    """The campaign's own box has no path: its name and its time stand in it."""
    return path[: len(group.path)] == group.path if group.path else path[:1] in (("title",), ("runs",))


def _term_of(group: Group, path: Path) -> Term | None:
    return next((term for term in group.terms if path[: len(term.path)] == term.path), None)


def place(tree: Table, path: Path) -> tuple[str, ...]:
    """Where on the form a path is, as the form calls it: the thing, what belongs to it, the field; () for the text."""
    group = next((one for one in groups(tree, part_of(path)) if _stands_in(one, path)), None)
    if group is None:
        return ()
    term = _term_of(group, path)
    inner = term.path[:-1] if term else path
    between = [title_at(tree, inner)] if inner != group.path and node_at(tree, (*inner, "title")) is not None else []
    return tuple(filter(None, (group.title, *between, _label(term) if term else "")))


def _label(term: Term) -> str:
    return term.label_en if language.explaining() == "en" else term.label


def _whom(tree: Table, path: Path) -> Choice:
    of, where = (_text_at(tree, (*path, key)) for key in ("of", "where"))
    return binding.written(_whom_name(path), of, where, _text_at(tree, ("at",)))


def _whom_name(path: Path) -> str:
    return f"whom.{'.'.join(map(str, path))}"


def _text_at(tree: Table, path: Path) -> str:
    found = node_at(tree, path)
    return found.text if isinstance(found, Scalar) else ""


def _rebound(files: Mapping[str, str], tree: Table, path: Path, given: QueryDict) -> dict[str, str]:
    """The files with another answer to whom an obligation binds; a condition that has no words is left as it is."""
    name, made = _whom_name(path), dict(files)
    if name not in given:
        return made
    root = _text_at(tree, ("at",))
    choice = binding.read(name, title_at(tree, path), given, root)
    if choice.fault:
        raise Problem("scheme.whom", say("“{title}”没有改：{fault}", title=choice.label, fault=choice.fault))
    new = choice.whom(root)
    if new is None or new == _whom(tree, path).whom(root):
        return made
    if node_at(tree, (*path, "where")) is not None:
        made = changing.removed(made, (*path, "where"))
    made = changing.added(made, (*path, "of"), word(new.of))
    return changing.added(made, (*path, "where"), _said(new.where, quoted=True)) if new.where else made


def _question(term: Term, faults: Mapping[Path, Sequence[Fault]]) -> Question:
    words = Words(language.explaining())
    told = [fault for path, many in faults.items() if path[: len(term.path)] == term.path for fault in many]
    return Question(
        term=term,
        label=_label(term),
        options=tuple((word, words(word) if words.known(word) else word) for word in term.words),
        faults=_words(told),
    )


def _words(faults: Iterable[Fault]) -> tuple[str, ...]:
    return tuple(f"{fault.text(language.explaining())}{fault.advice(language.explaining())}" for fault in faults)


def _was_shown(term: Term, given: QueryDict) -> bool:
    """A form that was cut short changes nothing of what it does not mention."""
    return f"t.{term.name}.shown" in given or f"t.{term.name}" in given


def _typed(term: Term, given: QueryDict) -> Typed:
    name = f"t.{term.name}"
    if term.look == "flag":
        return Typed("true" if name in given else "false")
    if term.look != "choices":
        return Typed(_line(given.get(name, "")) if term.look != "long" else given.get(name, "").strip())
    titles = {
        value: _line(given.get(f"{name}.{at}", "")) or title
        for at, (value, title) in enumerate(term.choices)
        if f"{name}.{at}.drop" not in given
    }
    new = tuple(filter(None, (_line(line) for line in given.get(f"{name}.new", "").splitlines())))
    return Typed(titles=titles, added=tuple(dict.fromkeys(new)))


def _line(text: str) -> str:
    return " ".join(text.split())


def _windows(files: Mapping[str, str], tree: Table, path: Path, given: QueryDict) -> dict[str, str]:
    """Windows that go, from the last, then the one that comes."""
    made, name = dict(files), ".".join(map(str, path))
    listed = node_at(tree, (*path, "windows"))
    count = len(listed.items) if isinstance(listed, ListNode) else 0
    gone = [at for at in range(count) if f"x.{name}.{at}" in given]
    for at in reversed(gone):
        made = changing.removed(made, (*path, "windows", at))
    new = {key: _line(given.get(f"w.{name}.{key}", "")) for key in _WINDOW}
    if any(new.values()):
        written = ", ".join(f"{key}: {_said(new[key], quoted=key == 'title')}" for key in _WINDOW)
        made = changing.added(made, (*path, "windows", count - len(gone)), f"{{{written}}}")
    return made


def _asked(files: Mapping[str, str], tree: Table, kind: str, given: QueryDict) -> dict[str, str]:
    """One more question at the end of a register; its name is a number of its own, its title is what people see."""
    fields = node_at(tree, ("kinds", kind, "fields"))
    known = fields.pairs if isinstance(fields, Table) else {}
    name = next(each for each in (f"added_{n}" for n in range(1, 1000)) if each not in known)
    type_ = given.get("q.type", "")
    parts = [f"type: {_said(type_)}", f"title: {_said(_line(given.get('q.title', '')), quoted=True)}"]
    if type_ in (FieldType.CHOICE, FieldType.CHOICES):
        lines = [_line(line) for line in given.get("q.choices", "").splitlines()]
        parts.append(f"choices: [{', '.join(_said(line, quoted=True) for line in dict.fromkeys(filter(None, lines)))}]")
    if "q.required" in given:
        parts.append("required: true")
    return changing.added(files, ("kinds", kind, "fields", name), f"{{{', '.join(parts)}}}")


def _demanded(files: Mapping[str, str], tree: Table, given: QueryDict) -> dict[str, str]:
    """One more requirement: what is filed, by whom, how often; its name is a number of its own."""
    rules = node_at(tree, ("obligations",))
    known = rules.pairs if isinstance(rules, Table) else {}
    name = next(each for each in (f"added_{n}" for n in range(1, 1000)) if each not in known)
    choice = binding.read("o.whom", "", given, _text_at(tree, ("at",)))
    whom = choice.whom(_text_at(tree, ("at",)))
    if whom is None:
        fault = choice.fault or gettext("请选定谁来做。")
        raise Problem("scheme.whom", say("没有增加工作要求：{fault}", fault=fault))
    parts = [f"title: {_said(title, quoted=True)}"] if (title := _line(given.get("o.title", ""))) else []
    parts += [f"kind: {_said(given.get('o.kind', ''))}", f"of: {word(whom.of)}"]
    if whom.where:
        parts.append(f"where: {_said(whom.where, quoted=True)}")
    parts += [
        f"at_least: {_said(_line(given.get('o.at_least', '')) or '1')}",
        f"every: {_said(given.get('o.every', ''))}",
    ]
    return changing.added(files, ("obligations", name), f"{{{', '.join(parts)}}}")


def periods() -> tuple[tuple[str, str], ...]:
    words = Words(language.explaining())
    return tuple((period, words(period)) for period in grammar.PERIODS)


def _said(text: str, *, quoted: bool = False) -> str:
    return json.dumps(text, ensure_ascii=False) if quoted else word(text)


def part_titles(tree: Table, used: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The parts of the form with what they are called; of the registers those that the campaign uses."""
    called = {
        "campaign": gettext("活动、起止、阶段"),
        "constants": gettext("文件规定的数"),
        "obligations": gettext("谁要做什么、何时"),
        "measures": gettext("指标和目标"),
    }
    for part, title in called.items():
        if part == "campaign" or node_at(tree, (part,)) is not None:
            yield part, title
    for name in used:
        title_node = node_at(tree, ("kinds", name, "title"))
        yield f"kinds.{name}", getattr(title_node, "text", name)
    yield "text", gettext("整个方案文件")
