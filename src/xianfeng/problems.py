"""What goes wrong for a person, as data: a stable code, what happened, where, and what to do next."""

from __future__ import annotations

from xianfeng.sentences import following, say, translated


class Problem(Exception):
    """A mistake of the user's, or a state of the world that stops a request; nothing was written.

    `code` is stable ('ledger.wrong_actor') and is what tests and API clients refer to. `place` names the row, field or
    file, if there is one, in words; `field`, `row` and `record` say it to programs: by name, counted from 1, by number.
    `message`, `hint` and `place` are read in the language of whoever reads them; sentences with something put in are
    made by `say`.
    """

    def __init__(
        self, code: str, message: str, *, hint: str = "", place: str = "", field: str = "", row: int = 0
    ) -> None:
        super().__init__(message)
        self.code = code
        self._message = message
        self._hint = hint
        self._places = (place,) if place else ()
        self.field = field
        self.row = row
        self.record = 0

    @property
    def message(self) -> str:
        return translated(self._message)

    @property
    def hint(self) -> str:
        return translated(self._hint)

    @property
    def told(self) -> str:
        """What happened and what to do, as one text."""
        return following(self.message, self.hint)

    @property
    def place(self) -> str:
        return " ".join(translated(place) for place in self._places)

    def at(self, place: str, *, field: str = "", row: int = 0, record: int = 0) -> Problem:
        """The same problem as seen from outside: in this row or record, in this field of it."""
        seen = Problem(self.code, self._message, hint=self._hint, field=self.field or field, row=self.row or row)
        seen.record = self.record or record
        seen._places = (place, *self._places)
        return seen

    def __str__(self) -> str:
        then = f"\n  {self.hint}" if self.hint else ""
        return f"{self._whole} [{self.code}]{then}"

    @property
    def _whole(self) -> str:
        said = say("{place}：{said}", place=self.place, said=self.message)
        return translated(said) if self.place else self.message


class Problems(Problem):
    """Several at once: the whole file is refused, and every fault in it is told."""

    def __init__(self, problems: list[Problem], *, code: str, message: str, hint: str = "") -> None:
        super().__init__(code, message, hint=hint)
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "\n".join([super().__str__(), *(f"  {problem}" for problem in self.problems)])
