"""A feed's address on the command line: what to call the feed, and reading it into a file."""

import os
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import click

from webapp.config import settings as config
from webapp.config.settings import SettingsError
from webapp.library.feeds.download import Fetched, HowToAsk, fetch, who_asks
from webapp.library.feeds.pagination import Progress

WEB = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
NO_NAMES = re.compile(
    r"^(www|api|data|openreferral|open-referral|oruk|directory|feed)\.|\.(gov|org|co|com|net|nhs|uk)\b"
)


def is_address(source: str) -> bool:
    """Whether `source` is an address of the web and no file. Raises click.UsageError where it is of another kind."""
    if not WEB.match(source):
        return False
    if not re.match(r"https?://", source, re.IGNORECASE):
        raise click.UsageError(f"{source[:200]} is not an address by https or http.")
    return True


def name_of(address: str) -> str:
    """What to call the feed at `address`, made of its host: `https://api.northtown.gov.uk/…` is Northtown."""
    host = urlsplit(address).hostname or ""
    while (shorter := NO_NAMES.sub("", host)) != host:
        host = shorter
    return re.sub(r"[-_.\s]+", " ", host).strip().title()


def read(
    address: str, folder: Path, allowed: tuple[str, ...], only_changes: bool, progress: Progress | None
) -> Fetched:
    """Fetch the feed at `address` into `folder`. `allowed` are private networks of the command line.

    Raises FeedFault and OSError as `fetch` does; click.UsageError where a network is none.
    """
    listed = ",".join([os.environ.get("SIGNPOST_FEED_NETWORKS", ""), *allowed])
    try:
        named = config.feed_networks({"SIGNPOST_FEED_NETWORKS": listed})
    except SettingsError as wrong:
        raise click.UsageError(f"{wrong} --allow-network adds to it.") from None
    how = HowToAsk(who_asks(os.environ.get("SIGNPOST_BASE_URL", "")), named, only_changes=only_changes)
    return fetch(address, folder, datetime.now(UTC), how, progress)


def progress() -> Progress | None:
    """Tell how far a long reading is, on a terminal only."""
    if not sys.stderr.isatty():
        return None

    def report(what: str, done: int, total: int) -> None:
        if done % 100 == 0 or done == total or what == "services":
            of = f" of {total:,}" if total else ""
            click.echo(f"\r{done:,}{of} {what}", nl=bool(total) and done >= total, err=True)

    return report
