"""`signpost content export csv` and `signpost content import csv`: listings for people who work in a spreadsheet."""

import sys
from collections import Counter
from pathlib import Path

import click

from webapp.cli.content import PROCESSES, content_dir, index_dir
from webapp.config.settings import Settings
from webapp.library.authoring import checking
from webapp.library.build.scan import scan
from webapp.library.confidential.listings import LOOKS
from webapp.library.front_matter.source import Fault, read_page
from webapp.library.importing import writing
from webapp.library.listings import table
from webapp.library.problems import Problem


@click.group(name="export")
def exporting() -> None:
    """Write listings for other programs."""


@exporting.command(name="csv")
@click.argument("file", required=False, type=click.Path(dir_okay=False, writable=True, path_type=Path))
def export_csv(file: Path | None) -> None:
    """Write every listing as a row of the spreadsheet FILE, or to the screen where no FILE is named."""
    home = content_dir()
    sources, problems = [], []
    for path in _listings(home).values():
        try:
            sources.append(read_page(path, home.parent))
        except (Fault, OSError) as fault:
            problems += fault.problems if isinstance(fault, Fault) else [Problem(str(path), 1, str(fault))]
    made = table.export(sources)
    if file is None:
        click.echo(made, nl=False)
    else:
        aside = file.with_name(f".{file.name}.part")
        aside.write_bytes((table.BOM + made).encode())
        aside.replace(file)
        click.echo(f"{len(sources):,} listings are in {file}.", err=True)
    for problem in problems:
        click.echo(f"{problem} (left out)", err=True)
    sys.exit(1 if problems else 0)


@click.command(name="csv")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would change and write nothing.")
def import_csv(file: Path, dry_run: bool) -> None:
    """Change listings to what the rows of the spreadsheet FILE say. A row without a file name begins a new listing.

    Only the lines that changed are written. Where any row has a fault, nothing is.
    """
    home = content_dir()
    listings = _listings(home)
    try:
        plan = table.plan(file.read_bytes(), file.name, listings)
    except table.UnreadableTable as why:
        _stop([Problem(file.name, 1, str(why))])
    problems = plan.problems or _new_faults(home, plan, file.name)
    if problems:
        _stop(problems)
    for name, columns in plan.changes.items():
        click.echo(f"{'would change' if dry_run else 'changed'} {home.name}/{name}: {', '.join(columns)}")
    for name in plan.new:
        click.echo(f"{'would begin' if dry_run else 'new'} {home.name}/{name}")
    if plan.hidden:
        click.echo(f"{len(plan.hidden):,} {LOOKS} (`confidential` yes or no):")
        for name, sign in plan.hidden.items():
            click.echo(f"  {home.name}/{name}: {sign}")
    if not dry_run:
        whole = {home / name: data.decode() for name, data in plan.write.items()}
        try:
            writing.carry_out(whole, home)
        except OSError as error:
            sys.exit(f"Not every listing could be written: {error}. Run the same command again to finish.")
    would = "would be " if dry_run else ""
    click.echo(f"{len(plan.changes):,} {would}changed, {len(plan.new):,} {would}new, {plan.unchanged:,} unchanged.")


def _listings(home: Path) -> dict[str, Path]:
    """Every listing's file by its name inside the content folder."""
    pages = [page for page in scan(home).pages if page.place.kind == "asset"]
    return {page.path.relative_to(home).as_posix(): page.path for page in pages}


def _new_faults(home: Path, plan: table.TablePlan, name: str) -> list[Problem]:
    """The faults that the content would have and has not now, each at the row that makes it."""
    if not plan.write:
        return []
    fallback = Settings.content_dir
    before = checking.check(home, fallback=fallback, processes=PROCESSES, cache=index_dir())
    instead = {f"{home.name}/{file}": data for file, data in plan.write.items()}
    after = checking.check(home, fallback=fallback, processes=PROCESSES, cache=index_dir(), instead=instead)
    known = Counter((p.file, p.message) for p in before.problems)
    problems = []
    for problem in after.problems:
        if known[problem.file, problem.message] or problem.level != "error":
            known[problem.file, problem.message] -= 1
            continue
        line = plan.rows.get(problem.file.partition("/")[2], 1)
        problems.append(Problem(name, line, f"{problem.message} (in {problem.file})"))
    return problems


def _stop(problems: list[Problem]) -> None:
    for problem in problems:
        click.echo(str(problem))
    click.echo("Nothing was written: mend these first.", err=True)
    sys.exit(1)
