"""What a searcher may see, as the index asks it. The faces make one of their scope; this room knows no accounts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sight:
    """`paths`: the places at and under which everything may be read that is not personal; elsewhere what is public."""

    paths: tuple[str, ...] = ()
    everything: bool = False

    def mine(self, paths: str) -> bool:
        """Whether a document that lies at these places (line by line) is read in full."""
        return self.everything or any(path.startswith(self.paths) for path in paths.split("\n"))
