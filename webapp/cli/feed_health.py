"""`signpost content health`: how good a feed is, or our own directory."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click
import orjson

from webapp.cli import feed_address
from webapp.cli.content import content_dir, index_dir
from webapp.config.settings import Settings
from webapp.english import dates
from webapp.library.authoring.scaffold import slugify
from webapp.library.build.compile import ContentError, words_for
from webapp.library.feeds import quality
from webapp.library.feeds.files import folder_of
from webapp.library.feeds.health import MEASURES, FeedHealth, HealthCount
from webapp.library.importing.feed import FeedError

LISTED = 20  # organisations, those with the most services first


@click.command()
@click.argument("source", required=False)
@click.option("--all", "everyone", is_flag=True, help="Name every organisation, not only those with the most services.")
@click.option("--allow-network", multiple=True, help="A private address or network that may be asked: 10.20.0.0/16.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def health(source: str | None, everyone: bool, allow_network: tuple[str, ...], form: str) -> None:
    """Say how complete, fresh, contactable, located and scheduled a directory is, and each organisation in it.

    SOURCE is the file or address of an Open Referral UK feed. Without it, our own listings are judged.
    """
    try:
        judged = _judged(source, allow_network)
    except (FeedError, ContentError) as error:
        click.echo(f"Nothing was judged. {error}", err=True)
        sys.exit(1)
    except OSError as error:
        click.echo(f"Nothing was judged: {error}.", err=True)
        sys.exit(1)
    if form == "json":
        click.echo(orjson.dumps(judged.as_data(), option=orjson.OPT_INDENT_2).decode())
    else:
        click.echo("\n".join(_lines(judged, None if everyone else LISTED)))


def _judged(source: str | None, allowed: tuple[str, ...]) -> FeedHealth:
    home, today = content_dir(), dates.today()
    if source is None:
        return quality.of_content(home, today)
    if feed_address.is_address(source):
        folder = folder_of(index_dir(), slugify(feed_address.name_of(source)) or "judged")
        file = feed_address.read(source, folder, allowed, False, feed_address.progress()).file
    else:
        file = Path(source)
    return quality.of_feed(file, "The feed", words_for(home, Settings.content_dir), today)


def _lines(judged: FeedHealth, most: int | None) -> Iterator[str]:
    over = f" {judged.over:,} that are closed or inactive are left out." if judged.over else ""
    count = len(judged.organisations)
    yield f"{_services(judged.all.services)} of {count:,} {'organisation' if count == 1 else 'organisations'}.{over}"
    yield ""
    for measure in MEASURES:
        yield f"  {judged.all.share(measure.name):>3}%  {measure.name:<12} {measure.asks}"
    if judged.lacks:
        yield ""
        yield "What is lacking most:"
        yield from (f"  {count:>6,}  {what}" for what, count in judged.lacks.most_common())
    yield ""
    yield f"{'services':>10}  " + "  ".join(f"{measure.name:>11}" for measure in MEASURES) + "  organisation"
    rows = sorted(judged.organisations.items(), key=lambda row: (-row[1].services, row[0]))
    yield from (_row(name, count) for name, count in rows[:most])
    if most is not None and len(rows) > most:
        yield f"… and {len(rows) - most:,} more: --all names them"


def _services(number: int) -> str:
    return "1 service" if number == 1 else f"{number:,} services"


def _row(name: str, count: HealthCount) -> str:
    return f"{count.services:>10,}  " + "  ".join(f"{count.share(m.name):>10}%" for m in MEASURES) + f"  {name}"
