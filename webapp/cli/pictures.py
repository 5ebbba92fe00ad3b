"""`signpost content clean`: a photograph made ready to be committed."""

import sys
from pathlib import Path

import click

from webapp.library.pictures import decoder


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def clean(files: tuple[Path, ...]) -> None:
    """Take out of pictures what a camera wrote into them, such as where; make them upright, and smaller if need be."""
    failed = False
    for file in files:
        try:
            before, after = file.stat().st_size, decoder.clean(file)
        except (decoder.Unreadable, OSError) as error:
            failed = True
            click.echo(f"{file}: {error}", err=True)
            continue
        width, height = decoder.size(file)
        click.echo(f"{file}: {width} by {height} dots, {after // 1024:,} kB (it was {before // 1024:,} kB)")
    sys.exit(1 if failed else 0)
