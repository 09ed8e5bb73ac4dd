"""What is wrong with a text as it stands, and what its figures come to: asked while it is being written."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from xianfeng.bulletins import content as contents
from xianfeng.bulletins import export
from xianfeng.bulletins.compose import Composition, compose_content
from xianfeng.bulletins.content import Content
from xianfeng.bulletins.printable import refuse_unprintable
from xianfeng.log.append import head
from xianfeng.papers.document import Document, figures_of
from xianfeng.problems import Problem, Problems
from xianfeng.scheme.nodes import Scheme


@dataclass(frozen=True)
class Checked:
    """`faults` empty: it may be handed in. `figures`: of its text. `article`: as far as it can be composed at all."""

    faults: tuple[Problem, ...]
    figures: int = 0
    article: SafeString | str = ""


def checked(scheme: Scheme, content: Content, *, number: int) -> Checked:
    try:
        made = compose_content(scheme, content, number=number, as_of=head(), draft=True)
    except Problem as problem:
        return Checked(each(problem))
    article = drawn(contents.within(scheme, made.bulletin), made.document)
    return Checked(faults_of(made), len(figures_of(made.document)), article)


def faults_of(made: Composition) -> tuple[Problem, ...]:
    """All that stops it from being printed."""
    try:
        refuse_unprintable(made.document, made.scheme)
    except Problem as problem:
        return (*made.faults, *each(problem))
    return made.faults


def drawn(scheme: Scheme, document: Document) -> SafeString:
    # The HTML writer escapes every text it is given and writes no other markup than its own.
    return mark_safe(export.article(document, scheme))  # noqa: S308


def each(problem: Problem) -> tuple[Problem, ...]:
    return problem.problems if isinstance(problem, Problems) else (problem,)
