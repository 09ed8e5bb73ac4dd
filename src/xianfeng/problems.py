"""What goes wrong for a person, as data: a stable code, what happened, where, and what to do next."""

from __future__ import annotations


class Problem(Exception):
    """A mistake of the user's, or a state of the world that stops a request; nothing was written.

    `code` is stable ('ledger.wrong_actor') and is what tests, API clients and translations refer to. `place` names
    the row, field or file, if there is one, in words; `field` and `row` say it to programs: by name, counted from 1.
    """

    def __init__(
        self, code: str, message: str, *, hint: str = "", place: str = "", field: str = "", row: int = 0
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.place = place
        self.field = field
        self.row = row

    def at(self, place: str, *, field: str = "", row: int = 0) -> Problem:
        """The same problem as seen from outside: in this row, in this field of it."""
        where = f"{place} {self.place}" if self.place else place
        return Problem(
            self.code, self.message, hint=self.hint, place=where, field=self.field or field, row=self.row or row
        )

    def __str__(self) -> str:
        where = f"{self.place}：" if self.place else ""
        then = f"\n  {self.hint}" if self.hint else ""
        return f"{where}{self.message} [{self.code}]{then}"


class Problems(Problem):
    """Several at once: the whole file is refused, and every fault in it is told."""

    def __init__(self, problems: list[Problem], *, code: str, message: str, hint: str = "") -> None:
        super().__init__(code, message, hint=hint)
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "\n".join([super().__str__(), *(f"  {problem}" for problem in self.problems)])
