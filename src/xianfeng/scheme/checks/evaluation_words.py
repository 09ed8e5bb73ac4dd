"""Figures ask for results by question and answer: one name means one thing in all evaluations of a campaign."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault


def check(draft: Draft) -> Iterator[Fault]:
    titles: dict[tuple[str, str], str] = {}
    for rule in draft.evaluations.values():
        for question in rule.counted:
            path = f"evaluations.{rule.name}.questions.{question.name}"
            said = [(("question", question.name), question.title, path)]
            said += [(("answer", value), title, f"{path}.choices") for value, title in question.choices.items()]
            for name, title, place in said:
                first = titles.setdefault(name, title)
                if first != title:
                    yield draft.at_key("word_twice", place, name=name[1], first=first, second=title)
