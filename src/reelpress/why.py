"""Why something was made again: which of the parts of its key are not as they were."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reelpress.work import Work, digest

_Known = dict[tuple[str, str], dict[str, dict[str, str]]]
"""(stage, volume) -> piece -> part of the key -> its value, shortened."""
_LONGEST = 12


@dataclass(frozen=True, slots=True)
class Why:
    """Whether a piece was made again, and what of that it is made from had changed."""

    anthology: str
    volume: str
    """Empty where what was made is every volume's."""
    piece: str
    stage: str
    """edited, composed or set."""
    reused: bool
    because: tuple[str, ...] = ()
    """Of what was made again: new, or the parts that had changed; gone, where none had."""


@dataclass(slots=True)
class Reasons:
    """What is told in a run, beside what was true in the run before."""

    work: Work
    told: list[Why] = field(default_factory=list)
    _last: dict[str, _Known] = field(default_factory=dict)
    _now: dict[str, _Known] = field(default_factory=dict)
    """Both by anthology."""

    def tell(
        self,
        anthology: str,
        stage: str,
        piece: str,
        parts: Mapping[str, str],
        *,
        reused: bool,
        volume: str = "",
    ) -> None:
        """Say whether a piece was made again; `parts` are those of its key, by their names."""
        now = {name: value[:_LONGEST] for name, value in parts.items()}
        self._now.setdefault(anthology, {}).setdefault((stage, volume), {})[piece] = now
        because: tuple[str, ...] = ()
        if not reused:
            last = self._known(anthology).get((stage, volume), {}).get(piece)
            changed = tuple(n for n, v in now.items() if last is not None and last.get(n) != v)
            because = ("new",) if last is None else changed or ("gone",)
        self.told.append(Why(anthology, volume, piece, stage, reused, because))

    def keep(self) -> None:
        """Remember the parts, for the next run; of stages that were not reached, the old ones."""
        for anthology, now in self._now.items():
            known = self._known(anthology)
            if known | now != known:
                self.work.keep("last", digest(anthology), known | now)

    def _known(self, anthology: str) -> _Known:
        if anthology not in self._last:
            self._last[anthology] = self.work.known("last", digest(anthology)) or {}
        return self._last[anthology]
