"""The report of an import: on the terminal, and in full in a file."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from webapp.library.confidential.listings import LOOKS
from webapp.library.importing.bring_in import Choices, ImportOutcome
from webapp.library.importing.notes import EXAMPLES, Kind

LISTED = 20  # files or records named one by one on a terminal; past this a number says it
PATHS = 200  # lines of the ledger there


@dataclass(frozen=True)
class ImportReport:
    """An outcome in lines. `shown` says how a path is shown; `whole` is for the file, in which nothing is cut short."""

    outcome: ImportOutcome
    choices: Choices
    shown: Callable[[Path], str]
    whole: bool = False

    def lines(self) -> Iterator[str]:
        plan, notes = self.outcome.plan, self.outcome.notes
        yield from self._counts()
        if self.choices.dry_run:
            yield from self._changes()
        yield from self._kinds("Repaired", notes.repaired)
        yield from self._kinds("Not kept exactly", notes.inexact)
        yield from self._kinds("Needing attention", notes.attention)
        yield from self._unmapped(notes.unmapped)
        yield from self._listed("Left out", notes.left_out)
        yield from self._listed(
            "Fields that you and the feed both changed, kept as you wrote them (told this once)",
            [f"{self.shown(path)}: {line}" for path, line in plan.conflicts],
        )
        yield from self._listed(
            "Changed on both sides, so kept as you wrote them (merge by hand, then put the new hash after `record:`)",
            [f"{self.shown(path)}: {record}" for path, record in plan.both_changed],
        )
        yield from self._missing()
        yield from self._ledger()

    def _counts(self) -> Iterator[str]:
        plan, would = self.outcome.plan, "would be " if self.choices.dry_run else ""
        services = self.outcome.services
        many = "1 service" if services == 1 else f"{services:,} services"
        yield f"{many} in the feed {self.choices.name}."
        if self.outcome.dialect:
            yield f"  Recognised as {self.outcome.dialect}."
        yield f"  {plan.new:,} {would}brought in, {len(plan.changed):,} {would}changed, {plan.unchanged:,} unchanged."
        if plan.merged:
            yield f"  {len(plan.merged):,} of those changed were edited here: only what the feed changed is taken."
        if self.outcome.lacking:
            yield f"  This is part of the feed: {self.outcome.lacking} came. What did not come is kept as it is here."
        if self.outcome.doubt:
            yield f"  Look at what came: {self.outcome.doubt}."

    def _changes(self) -> Iterator[str]:
        """Every file and field that would be another. A dry run is asked for to see them, so none is cut."""
        if self.outcome.changes:
            yield ""
            yield f"What would change: {len(self.outcome.changes):,} files"
        for change in self.outcome.changes:
            yield f"  {change.verb}: {self.shown(change.path)}{f' ({change.title})' if change.title else ''}"
            for line in change.lines:
                yield f"      {line}"

    def _kinds(self, heading: str, kinds: dict[str, Kind]) -> Iterator[str]:
        if not kinds:
            return
        yield ""
        yield f"{heading}:"
        for label, kind in sorted(kinds.items(), key=lambda item: -item[1].count):
            yield f"  {kind.count:>6,}  {label}"
            every = self.whole or label == LOOKS
            yield from (f"          {example}" for example in kind.examples[: None if every else EXAMPLES])
            if label == LOOKS:
                yield "          To show an address, write `confidential: false` under it and bring the feed in again."

    def _unmapped(self, words: Counter[str]) -> Iterator[str]:
        """What services are classed by and we have no term for, the most frequent first."""
        told = [f"{count:>6,}  {word}" for word, count in sorted(words.items(), key=lambda one: (-one[1], one[0]))]
        yield from self._listed("No term of ours (say what they mean in vocabulary/feed-terms.yml)", told)

    def _listed(self, heading: str, lines: list[str]) -> Iterator[str]:
        if not lines:
            return
        yield ""
        yield f"{heading}: {len(lines):,}"
        most = len(lines) if self.whole else LISTED
        yield from (f"  {line}" for line in lines[:most])
        if len(lines) > most:
            yield f"  … and {len(lines) - most:,} more"

    def _missing(self) -> Iterator[str]:
        plan, would = self.outcome.plan, "would be " if self.choices.dry_run else ""
        if not plan.missing or self.outcome.lacking:
            return
        if plan.retired:
            retired = [self.shown(path) for path in plan.retired]
            yield from self._listed(f"No longer in the feed ({would}marked as inactive)", retired)
            return
        otherwise = "kept; --retire-missing marks them as inactive, --remove-missing deletes them"
        deleted = f"{would}deleted" if plan.remove else otherwise
        yield from self._listed(f"No longer in the feed ({deleted})", [self.shown(path) for path in plan.missing])

    def _ledger(self) -> Iterator[str]:
        lines = self.outcome.ledger.lines()
        yield from self._listed("Left unread on purpose", self.outcome.ledger.left_out())
        yield ""
        if not lines:
            yield "Everything in the feed was read." if not self.outcome.ledger.unread else "All else was read."
            return
        yield "In the feed and not read (each path, and how many values stand there; docs/importing.md says why):"
        most = len(lines) if self.whole else PATHS
        yield from lines[:most]
        if len(lines) > most:
            yield f"… and {len(lines) - most:,} more paths"
