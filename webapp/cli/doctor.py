"""`signpost doctor`: what is wrong with this set-up, in sentences, each with what to do."""

import json
import os
import sys
from dataclasses import asdict

import click
from sqlalchemy import NullPool

from webapp.db.engine import connected_to, now
from webapp.health import examination, settings_checks
from webapp.health.finding import Finding, Level, Patient

MARKS = {Level.FAULT: ("WRONG", "red"), Level.NOTICE: ("LOOK", "yellow"), Level.FINE: ("ok", "green")}
WIDTH = 6


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For a program: all findings as one JSON object.")
@click.option("--quiet", is_flag=True, help="Leave out what is as it should be.")
def doctor(as_json: bool, quiet: bool) -> None:
    """Name what is wrong with this set-up, each with what to do.

    Ends with status 1 where anything is wrong, not for what is only worth a look.

    It asks the database, the disk, the content's repository, the mail server and the identity provider. It sends
    nothing, and changes nothing. Run it as the user of the site, with the site's settings.
    """
    # It makes no site: one that does not start is what it is for.
    settings, findings = settings_checks.read(os.environ)
    if settings is not None:
        engine = connected_to(settings.database_url, poolclass=NullPool)
        findings += examination.examine(Patient(settings, engine, now(), thorough=True))
    well = examination.is_well(findings)
    shown = [finding for finding in findings if not quiet or finding.level is not Level.FINE]
    if as_json:
        click.echo(json.dumps({"well": well, "findings": [asdict(finding) for finding in shown]}, indent=1))
    else:
        for finding in shown:
            _print(finding)
        _sum_up(findings)
    sys.exit(0 if well else 1)


def _print(finding: Finding) -> None:
    mark, colour = MARKS[finding.level]
    click.echo(f"{click.style(f'{mark:<{WIDTH}}', fg=colour)}{finding.about}: {finding.said}")
    if finding.todo:
        click.echo(f"{'':<{WIDTH}}→ {finding.todo}")


def _sum_up(findings: list[Finding]) -> None:
    wrong, look = (sum(finding.level is level for finding in findings) for level in (Level.FAULT, Level.NOTICE))
    click.echo(f"\n{wrong} wrong, {look} to look at, {len(findings) - wrong - look} as they should be.")
