"""Whether the machines that serve this site together have the same: key, version, content, table of postcodes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from webapp.db import clock
from webapp.health.finding import Finding, Patient, fault, fine, notice
from webapp.machines import registry
from webapp.machines.registry import Machine

ABOUT = "Machines"


def alike(at: Patient) -> Iterator[Finding]:
    """Each that is alive beside this one. Says nothing where a SQLite file has one machine alone."""
    if not registry.may_be_many(at.settings):
        return
    with Session(at.engine) as session:
        at = replace(at, now=clock.shared(session))
        known = registry.alive(session, at.now)
    if not known:
        todo = "Start the web processes as docs/deploying.md says: each machine notes itself every ten seconds."
        yield notice(ABOUT, "No machine has noted itself within a minute.", todo)
        return
    found = [finding for machine in known for finding in _of(at, machine, known)]
    yield from found
    if not found:
        yield fine(ABOUT, f"{len(known):,} {'serves' if len(known) == 1 else 'serve alike'}: {_names(known)}.")


def _of(at: Patient, machine: Machine, known: Sequence[Machine]) -> Iterator[Finding]:
    others = [other for other in known if other is not machine]
    if machine.key_mark != registry.key_mark(at.settings.secret_key):
        todo = "Give every machine the same SIGNPOST_SECRET_KEY, then start it anew: until then people are signed out."
        yield fault(ABOUT, f"{machine.name} has another secret key than this one.", todo)
    if machine.fault:
        todo = "Run `signpost doctor` there: it looks at the repository from that machine."
        yield fault(ABOUT, f"{machine.name} does not take the newest content: {machine.fault}", todo)
    elif any(_has_been_ahead(other, machine, at) for other in others):
        todo = "See the log there; `signpost content sync` there says what is wrong."
        yield fault(ABOUT, f"{machine.name} serves older content than another machine.", todo)
    if any(other.program > machine.program for other in others):
        todo = "Bring it to the same version, or wait where an upgrade is under way."
        yield notice(ABOUT, f"{machine.name} runs an older version of the program than another machine.", todo)
    if any(other.postcodes and other.postcodes != machine.postcodes for other in others):
        todo = "Run `signpost places import` with the same file on every machine: distances differ between them."
        yield notice(ABOUT, f"{machine.name} has another table of postcodes than another machine.", todo)


def _has_been_ahead(other: Machine, machine: Machine, at: Patient) -> bool:
    is_other = bool(other.content) and other.content != machine.content
    return is_other and other.served_since > machine.served_since and at.now - other.served_since > registry.JUST_NOW


def _names(known: Sequence[Machine]) -> str:
    return ", ".join(machine.name for machine in known)
