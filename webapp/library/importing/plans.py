"""From the listings of a feed and the files that are there to a plan: what is new, what changes, what stays."""

from pathlib import Path

from webapp.library.front_matter.edit import CannotEdit
from webapp.library.front_matter.source import Fault
from webapp.library.importing import decisions, last_import, refreshing, writing
from webapp.library.importing.oruk import ImportedListing
from webapp.library.importing.plan import ImportPlan
from webapp.library.importing.writing import Existing


class Planner:
    """Plans one import of the feed `source` into `content`; writes nothing.

    `known` is what is there, as `writing.existing` has it. New listings go into `folder`.
    """

    def __init__(self, known: dict[str, Existing], content: Path, folder: Path, source: str) -> None:
        self.plan = ImportPlan(known=sum(1 for here in known.values() if here.source == source))
        self._known, self._folder, self._source = known, folder, source
        assets = content / "assets"
        self._taken = {path.stem for path in assets.rglob("*.md")} if assets.is_dir() else set()
        self._last_file = last_import.file_of(content, source)
        self._last = last_import.read(self._last_file)

    def bring(self, listings: list[ImportedListing], came: set[str]) -> None:
        """Plan what `listings` change, and take each out of the list, as a feed may be large.

        `came` are the ids of services that came and cannot be used: not missing.
        """
        ids = {listing.id for listing in listings} | came
        listings.reverse()
        while listings:
            listing = listings.pop()
            here = self._known.get(listing.id)
            if here is None:
                self._add(listing)
            elif here.source != self._source:
                whose = f"brought in from {here.source}" if here.source else "not imported"
                why = f"its id is that of {here.path.name}, which is {whose}"
                self.plan.clashes.append((listing.title, why))
            elif here.edited:
                self._merge(listing, here)
            else:
                self._write_again(listing, here)
        mine = {identity: here for identity, here in self._known.items() if here.source == self._source}
        self.plan.missing = [here.path for identity, here in mine.items() if identity not in ids]

    def retire(self) -> None:
        """Plan to mark as inactive what is missing, where its file does not say already that it is over."""
        missing = set(self.plan.missing)
        for identity, here in self._known.items():
            if here.path in missing:
                self._retire(identity, here)

    def finished(self) -> ImportPlan:
        """The plan, with what the next import will need to know of this one."""
        gone = set(self.plan.remove)
        for identity, here in self._known.items():
            if here.path in gone:
                self._last.pop(identity, None)
        if self._last.is_changed:
            self.plan.beside[self._last_file] = last_import.lines(self._last)
        return self.plan

    def _add(self, listing: ImportedListing) -> None:
        slug = writing.slug_of(listing, self._taken)
        self._taken.add(slug)
        text = self._last[listing.id] = writing.page(listing, self._source)
        self.plan.write[self._folder / f"{slug}.md"] = text
        self.plan.new += 1

    def _write_again(self, listing: ImportedListing, here: Existing) -> None:
        """A file that nobody has edited is what the feed, the vocabulary and the day (a price that ended) make it."""
        text, last = writing.page(listing, self._source), self._last.get(listing.id)
        if last != text:  # else the one is kept that is there, and not both
            self._last[listing.id] = text
        if text == here.path.read_text(encoding="utf-8"):
            self.plan.unchanged += 1
        else:
            self.plan.change(here.path, text)

    def _merge(self, listing: ImportedListing, here: Existing) -> None:
        """An edited file gets what the feed changed, and keeps what we did."""
        before = here.path.read_text(encoding="utf-8")
        theirs, last = writing.page(listing, self._source), self._last.get(listing.id, "")
        text = before
        if not last and here.record == listing.record:
            self._last[listing.id] = theirs  # brought in before that was kept: the feed says what it said then
        elif not last:
            self.plan.both_changed.append((here.path, listing.record))
        elif last != theirs:
            try:
                made = refreshing.refreshed(before, last, theirs)
            except (CannotEdit, Fault):
                self.plan.both_changed.append((here.path, listing.record))
            else:
                text, self._last[listing.id] = made.text, theirs
                self.plan.conflicts += [(here.path, line) for line in made.conflicts]
        if listing.is_secret:
            text = self._made_secret(here.path, text)
        if text != before:
            self.plan.change(here.path, text)
            self.plan.merged.append(here.path)
        elif (here.path, listing.record) not in self.plan.both_changed:
            self.plan.unchanged += 1

    def _made_secret(self, path: Path, text: str) -> str:
        """The text of an edited file with the addresses hidden that nobody has decided about."""
        try:
            return (decisions.made_secret(text.encode()) or text.encode()).decode()
        except (CannotEdit, Fault):
            self.plan.open.append(path)
            return text

    def _retire(self, identity: str, here: Existing) -> None:
        try:
            before = here.path.read_text(encoding="utf-8")
            if refreshing.is_over(before):
                return
            text = refreshing.retired(before)
            if not here.edited:
                text = self._last[identity] = writing.resealed(text)
            elif last := self._last.get(identity):
                self._last[identity] = refreshing.retired(last)  # so that it is active again where it comes back
        except (CannotEdit, Fault, OSError, UnicodeDecodeError):
            self.plan.both_changed.append((here.path, here.record))
            return
        self.plan.change(here.path, text)
        self.plan.retired.append(here.path)
