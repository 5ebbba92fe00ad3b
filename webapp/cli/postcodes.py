"""`signpost places …`: full postcodes from a national file, so that distances are measured from the door."""

import sys
from collections.abc import Callable
from pathlib import Path

import click

from webapp.cli.content import index_dir
from webapp.library.search import postcode_files, postcodes


@click.group()
def places() -> None:
    """Where postcodes are."""


@places.command(name="import")
@click.argument("source", type=click.Path(exists=True, path_type=Path))
def importing(source: Path) -> None:
    """Load full postcodes from SOURCE: a CSV file, or a folder of them.

    SOURCE is Code-Point Open (Ordnance Survey) or the ONS Postcode Directory, unzipped. What was loaded before is
    replaced whole. Running sites use the new file at once.
    """
    try:
        read = postcode_files.read(source, _progress())
        number = postcodes.write(read.table, index_dir() / postcodes.FILE)
    except postcode_files.NoPostcodes as error:
        _stop(str(error))
    except OSError as error:
        _stop(f"{error}.")
    click.echo(f"{_count(number, 'postcode')} loaded from {_count(read.files, 'file')}.")
    if read.bad:
        click.echo(f"\nRows left out: {read.bad:,}")
        for row in read.named:
            click.echo(f"  {row}")
        if read.bad > len(read.named):
            click.echo(f"  … and {read.bad - len(read.named):,} more")


def _progress() -> Callable[[int], None] | None:
    """Tell how far it is, on a terminal only."""
    if not sys.stderr.isatty():
        return None
    return lambda rows: click.echo(f"\r{rows:,} rows read", nl=False, err=True)


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" + ("" if number == 1 else "s")


def _stop(why: str) -> None:
    click.echo(f"Nothing was loaded, and what was loaded before is still used. {why}", err=True)
    sys.exit(1)
