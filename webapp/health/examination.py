"""Looking at a whole site, one part after another: for `signpost doctor`, and for administrators on a page.

A check that fails is itself a finding. What cannot be looked at because the database is away is said to be so.
"""

from collections.abc import Iterator

from webapp.db import faults
from webapp.health import (
    content_checks,
    database_checks,
    disk_checks,
    machine_checks,
    outside_checks,
    place_checks,
    settings_checks,
    work_checks,
)
from webapp.health.finding import Check, Finding, Level, Patient, fault

ANYWHERE: tuple[Check, ...] = (
    settings_checks.consistency,
    settings_checks.secret_key,
    content_checks.static_files,
    database_checks.database,
    disk_checks.room,
    disk_checks.rights,
    place_checks.lasting,
    place_checks.apart,
    place_checks.closed,
    place_checks.open_files,
    content_checks.content,
    content_checks.repository,
    outside_checks.mail_way,
    outside_checks.identity_provider,
)
IN_DATABASE: tuple[Check, ...] = (
    work_checks.people,
    work_checks.worker,
    work_checks.mail,
    work_checks.backup,
    work_checks.trail,
    work_checks.clock,
    machine_checks.alike,
)


def examine(at: Patient) -> Iterator[Finding]:
    """Everything that is found, as it is found. Never raises for a fault of the site."""
    for check in ANYWHERE:
        yield from _guarded(check, at)
    if database_checks.can_be_read(at):
        for check in IN_DATABASE:
            yield from _guarded(check, at)
    else:
        what = "People, the worker, waiting mail, backups, the audit trail and the clock"
        yield fault("Not looked at", f"{what} need the database.", "Mend what is said of the database, and look again.")


def is_well(findings: list[Finding]) -> bool:
    """Whether none of `findings` is a fault."""
    return all(finding.level is not Level.FAULT for finding in findings)


def _guarded(check: Check, at: Patient) -> Iterator[Finding]:
    try:
        yield from check(at)
    except Exception as error:  # whatever is wrong with one part, the others are looked at
        name = check.__name__.replace("_", " ")
        todo = "Read what is said of the other parts first: this may follow from it."
        yield fault(name.capitalize(), f"This could not be looked at: {faults.name_of(error)}.", todo)
