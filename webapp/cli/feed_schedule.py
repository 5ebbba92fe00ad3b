"""`signpost content import oruk --schedule`, and the worker's part: the feeds that `content/feeds.yml` names."""

import os
import sys
from datetime import UTC, datetime

import click

from webapp.cli.content import content_dir, index_dir
from webapp.config import settings as config
from webapp.config.settings import Settings, SettingsError
from webapp.english import dates
from webapp.library.feeds import state
from webapp.library.feeds.configured import ConfiguredFeed
from webapp.library.feeds.served import configured_here
from webapp.library.feeds.state import FeedState
from webapp.library.generation.disk import Busy


def run(name: str | None) -> None:
    """Read the feeds that are due, or the one called `name`, and say what came. Ends with 1 where one failed."""
    settings = _settings()
    feeds = configured_here(settings)
    if not feeds:
        raise click.UsageError("content/feeds.yml names no feed: see docs/importing.md.")
    at = datetime.now(UTC)
    if name is not None and name not in {feed.name for feed in feeds}:
        raise click.UsageError(f"content/feeds.yml has no feed called {name}.")
    wanted = [feed for feed in feeds if feed.name == name or (name is None and state.is_due(index_dir(), feed, at))]
    if not wanted:
        click.echo("No feed is due.")
    failed = False
    for feed in wanted:
        try:
            came = _read(feed, settings, at)
        except (Busy, OSError) as why:
            click.echo(f"{feed.name}: not read: {why}.", err=True)
            failed = True
            continue
        failed = failed or bool(came.fault)
        click.echo(said(feed, came), err=bool(came.fault))
    sys.exit(1 if failed else 0)


def read_due(settings: Settings) -> str:
    """Read what is due, for the worker; a line for each, or nothing."""
    at, lines = datetime.now(UTC), []
    for feed in configured_here(settings):
        if state.is_due(settings.index_dir, feed, at):
            lines.append(said(feed, _read(feed, settings, at)))
    return "\n".join(lines)


def _read(feed: ConfiguredFeed, settings: Settings, at: datetime) -> FeedState:
    from webapp.library.feeds.reading import Reading  # here: a worker looks for what is due, and mostly nothing is

    return Reading(feed, settings, at, dates.today()).run()


def said(feed: ConfiguredFeed, came: FeedState) -> str:
    """What came of reading `feed`, in a line or two."""
    if came.fault:
        return f"{feed.name}: nothing was taken. {came.fault} What was there before is still there."
    what = f"{feed.name}: {came.services:,} services read."
    note = f" {came.note}" if came.note else ""
    if not came.commit:
        return f"{what} The content says so already.{note}"
    counts = f"{came.new:,} new, {came.changed:,} changed, {came.retired:,} inactive"
    where = "pushed" if came.pushed == came.commit else f"commit {came.commit[:12]}, not pushed"
    return f"{what} Proposed on the branch {came.branch} ({where}): {counts}.{note}"


def _settings() -> Settings:
    """As much of the settings as this needs, so that it runs without a database and a secret key."""
    try:
        remote = config.content_remote(os.environ)
        return Settings(
            secret_key="",  # nosec B106 # nothing is signed here
            content_dir=content_dir(),
            index_dir=index_dir(),
            base_url=os.environ.get("SIGNPOST_BASE_URL", ""),
            content_remote=remote,
            feed_networks=config.feed_networks(os.environ),
            push_proposals=config.push_proposals(os.environ, remote),
        )
    except SettingsError as wrong:
        raise click.UsageError(str(wrong)) from None
