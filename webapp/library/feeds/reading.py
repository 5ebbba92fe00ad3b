"""Reading a configured feed: fetch it, judge it, propose what it changes. Whatever fails, all stays as it was."""

import time
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

import orjson

from webapp.config.settings import Settings
from webapp.library.build.compile import ContentError, words_for
from webapp.library.feeds import quality
from webapp.library.feeds import state as states
from webapp.library.feeds.configured import ConfiguredFeed
from webapp.library.feeds.download import Fetched, HowToAsk, fetch, who_asks
from webapp.library.feeds.files import CHANGES, HEALTH, REPORT, folder_of, put
from webapp.library.feeds.limits import FeedLimits
from webapp.library.feeds.proposals import ContentBranch, of_content
from webapp.library.feeds.served import served_content
from webapp.library.feeds.state import FeedState
from webapp.library.importing.bring_in import Choices, ImportOutcome, bring_in
from webapp.library.importing.feed import FeedError
from webapp.library.importing.report import ImportReport
from webapp.library.problems import Problem

TELL_EVERY = 2.0  # seconds between two words of how far it is
NAMED = 3  # files that are named one by one


@dataclass(frozen=True)
class Reading:
    """One reading of `feed` for the site of `settings`. `now` and `today` are when it begins, in UTC and here."""

    feed: ConfiguredFeed
    settings: Settings
    now: datetime
    today: date
    limits: FeedLimits = field(default_factory=FeedLimits)

    def run(self) -> FeedState:
        """Read it and keep how it went, which is returned. Raises disk.Busy, and OSError where nothing can be kept."""
        index_dir, slug = self.settings.index_dir, self.feed.slug
        with states.alone(index_dir, slug):
            before = states.read(index_dir, slug)
            moment = self.now.isoformat(timespec="seconds")
            states.take(index_dir, slug)
            running = replace(before, tried_at=moment, began=moment, told_at=moment, doing="", done=0, total=0)
            states.write(index_dir, slug, running)
            try:
                after = self._read(running)
            except (FeedError, ContentError, OSError) as why:
                since = before.fault_since if before.fault else moment
                after = replace(running, fault=_sentence(why), fault_since=since)
            after = replace(after, began="", told_at="", doing="", done=0, total=0)
            states.write(index_dir, slug, after)
            return after

    def _read(self, running: FeedState) -> FeedState:
        came = self._fetch(running)
        moment = running.tried_at
        whole_at = moment if came.since is None else running.whole_at
        good = replace(running, read_at=moment, whole_at=whole_at, services=came.services, fault="", fault_since="")
        self._judge(came.file)
        return self._propose(came, replace(good, note=" ".join(came.remarks)), running)

    def _fetch(self, running: FeedState) -> Fetched:
        settings, slug = self.settings, self.feed.slug
        agent = who_asks(settings.base_url)
        how = HowToAsk(agent, settings.feed_networks, self.limits, only_changes=not running.fault)
        folder = folder_of(settings.index_dir, slug)
        return fetch(self.feed.address, folder, self.now, how, _Teller(settings.index_dir, slug, running))

    def _judge(self, file: Path) -> None:
        words = words_for(served_content(self.settings), Settings.content_dir)
        health = quality.of_feed(file, self.feed.name, words, self.today)
        put(folder_of(self.settings.index_dir, self.feed.slug) / HEALTH, orjson.dumps(health.as_data()))

    def _propose(self, came: Fetched, good: FeedState, running: FeedState) -> FeedState:
        remote = self.settings.content_remote
        repository = of_content(
            self.settings.content_dir,
            self.settings.index_dir,
            remote.address if remote else "",
            push=self.settings.push_proposals,
        )
        branch = ContentBranch(repository, self.feed.slug)
        folder = folder_of(self.settings.index_dir, self.feed.slug)
        with branch.laid_out(folder) as content:
            choices = Choices(
                self.feed.name,
                content / "assets" / self.feed.folder,
                retire_missing=True,
                gently=True,
                name_changes=True,
            )
            words = words_for(content, Settings.content_dir)
            teller = _Teller(self.settings.index_dir, self.feed.slug, running)
            outcome = bring_in(came.file, content, words, choices, self.today, teller)
            self._keep(outcome, choices, content)
            commit = branch.commit(_message(self.feed, outcome))
        proposed = _with(good, outcome, branch.name if commit else "", commit)
        if repository.remote and commit != good.pushed:
            branch.push(good.pushed)
            proposed = replace(proposed, pushed=commit)
        return proposed

    def _keep(self, outcome: ImportOutcome, choices: Choices, content: Path) -> None:
        """Keep for editors what would change, and the whole report."""
        folder = folder_of(self.settings.index_dir, self.feed.slug)
        home = content.parent

        def shown(path: Path) -> str:
            return path.relative_to(home).as_posix()

        conflicts: dict[Path, list[str]] = {}
        for path, line in outcome.plan.conflicts:
            conflicts.setdefault(path, []).append(line)
        rows = [
            {
                **asdict(change),
                "path": shown(change.path),
                "conflicts": conflicts.get(change.path, []),
            }
            for change in outcome.changes
        ]
        put(folder / CHANGES, orjson.dumps(rows))
        report = "\n".join(ImportReport(outcome, choices, shown, whole=True).lines())
        put(folder / REPORT, f"{report}\n".encode())


class _Teller:
    """Tells editors how far a reading is, every now and then."""

    def __init__(self, index_dir: Path, slug: str, running: FeedState) -> None:
        self._index_dir, self._slug, self._running = index_dir, slug, running
        self._told = 0.0

    def __call__(self, what: str, done: int, total: int) -> None:
        if time.monotonic() - self._told < TELL_EVERY:
            return
        self._told = time.monotonic()
        at = datetime.now(datetime.fromisoformat(self._running.began).tzinfo).isoformat(timespec="seconds")
        states.write(
            self._index_dir, self._slug, replace(self._running, told_at=at, doing=what, done=done, total=total)
        )


def _with(good: FeedState, outcome: ImportOutcome, branch: str, commit: str) -> FeedState:
    plan = outcome.plan
    part = f"Only {outcome.lacking} came, so nothing that is missing is taken to be gone." if outcome.lacking else ""
    by_hand = [path.name for path, _ in plan.both_changed]
    more = f" and {len(by_hand) - NAMED:,} more" if len(by_hand) > NAMED else ""
    not_merged = f"To be merged by hand: {', '.join(by_hand[:NAMED])}{more}." if by_hand else ""
    note = " ".join(filter(None, (good.note, part or outcome.kept_missing, not_merged)))
    retired = len(plan.retired)
    return replace(
        good,
        note=note,
        branch=branch,
        commit=commit,
        new=plan.new,
        changed=len(plan.changed) - retired,
        retired=retired,
        conflicts=len(plan.conflicts),
    )


def _message(feed: ConfiguredFeed, outcome: ImportOutcome) -> str:
    plan = outcome.plan
    retired = len(plan.retired)
    counts = f"{plan.new:,} new, {len(plan.changed) - retired:,} changed, {retired:,} inactive"
    lines = [f"Refresh listings of {feed.name}: {counts}"]
    if plan.conflicts:
        told = "These fields were changed here too, and stay as they are:"
        lines += ["", told, *(f"- {path.name}: {line}" for path, line in plan.conflicts[:100])]
    return "\n".join(lines)


def _sentence(why: Exception) -> str:
    if isinstance(why, ContentError):
        problem: Problem = why.problems[0]
        return f"The content has faults, so nothing can be matched to it: {problem}."
    if isinstance(why, OSError):
        return f"The files here cannot be written: {why.strerror}."
    return str(why)
