"""What the database says of the work that goes on beside the pages: backups, the worker, mail, the clock, people."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from webapp.admin import verification
from webapp.backup import models as backups
from webapp.db import driver
from webapp.health import worker_jobs
from webapp.health.finding import Finding, Patient, fault, fine, how_long, notice, size
from webapp.machines import machine_clock
from webapp.mail import outbox
from webapp.mail.outbox import Message
from webapp.people.audit import AuditEntry
from webapp.people.models import User, UserRole

BACKUP, WORKER, MAIL, CLOCK, PEOPLE, TRAIL = "Backup", "Worker", "Mail queue", "Clock", "People", "Audit trail"
BACKUP_DUE = timedelta(hours=26)  # each night, and two hours more for one that began late or took long
BACKUP_LATE = timedelta(days=3)
WORKER_GONE = timedelta(minutes=15)  # so that a scheduler may run it with --once each ten minutes
JOB_LATE = timedelta(hours=2)  # behind the others; each is due within the hour
MAIL_LATE = timedelta(hours=1)
LOOKED_BACK = timedelta(days=7)
OUT_BY = timedelta(minutes=1)


class MailQueue(NamedTuple):
    """How many messages wait, since when the oldest does, and how many were given up in the last seven days."""

    waiting: int
    oldest: datetime | None
    given_up: int


def backup(at: Patient) -> Iterator[Finding]:
    """How old the last one is, and whether it was ever opened."""
    todo = "Run `signpost backup create` every night, and keep the archive on another machine: docs/backup.md."
    with Session(at.engine) as session:
        last = backups.last(session)
    if last is None:
        say = notice if at.settings.demo else fault
        yield say(BACKUP, "No backup was ever made of this database.", todo)
        return
    said = f"The last backup, {last.name}, {size(last.bytes)}, was made {how_long(at.now - last.at)} ago"
    if at.now - last.at > BACKUP_DUE:
        yield (fault if at.now - last.at > BACKUP_LATE else notice)(BACKUP, f"{said}.", todo)
    elif last.verified_at is None:
        yield notice(BACKUP, f"{said}, and was not checked.", "Run `signpost backup verify` on it.")
    else:
        yield fine(BACKUP, f"{said}, and was checked.")


def worker(at: Patient) -> Iterator[Finding]:
    """Whether it is alive, and which of its jobs fail."""
    with Session(at.engine) as session:
        seen = worker_jobs.last_seen(session)
        failing = worker_jobs.failing(session, at.now - timedelta(days=1))
        left_out = worker_jobs.left_out(session, seen - JOB_LATE) if seen else []
    todo = "Start `signpost worker`: without it no mail leaves, and dated pages neither appear nor go."
    if seen is None:
        yield (notice if at.settings.demo else fault)(WORKER, "The worker has never run.", todo)
    elif at.now - seen > WORKER_GONE:
        yield fault(WORKER, f"The worker was last seen {how_long(at.now - seen)} ago.", todo)
    else:
        yield fine(WORKER, f"The worker was last seen {how_long(at.now - seen)} ago.")
    for job in left_out:
        again = "Start the worker anew: one of its threads has ended, or waits for something that does not come."
        yield fault(WORKER, f"Its job “{job.name}” was last tried {how_long(at.now - job.ran_at)} ago.", again)
    for job in failing:
        since = how_long(at.now - (job.fault_since or job.ran_at))
        todo = f"It is tried again by itself. The log of the worker says where: look for “{job.name}”."
        yield fault(WORKER, f"Its job “{job.name}” has failed for {since}: {job.fault}.", todo)


def mail(at: Patient) -> Iterator[Finding]:
    """What waits to be sent, and what could not be."""
    with Session(at.engine) as session:
        queue = mail_queue(session, at.now)
    if queue.oldest and at.now - queue.oldest > MAIL_LATE:
        todo = "See what is said of mail and of the worker here; `signpost messages send` says why it does not go."
        age = how_long(at.now - queue.oldest)
        yield fault(MAIL, f"{queue.waiting:,} messages wait to be sent, the oldest for {age}.", todo)
    else:
        yield fine(MAIL, f"{queue.waiting:,} messages wait to be sent.")
    if queue.given_up:
        todo = "Addresses that do not exist are the usual reason: see who has none that works at /admin/users."
        yield notice(MAIL, f"{queue.given_up:,} messages could not be sent in the last seven days.", todo)


def mail_queue(session: Session, now: datetime) -> MailQueue:
    """The messages by e-mail that wait, and those that were given up lately."""
    of_mail = Message.channel == outbox.EMAIL
    waits = select(func.count(), func.min(Message.created_at)).where(of_mail, Message.state == outbox.WAITING)
    lost = select(func.count()).where(of_mail, Message.state == outbox.FAILED, Message.created_at >= now - LOOKED_BACK)
    waiting, oldest = session.execute(waits).one()
    return MailQueue(waiting, oldest, session.scalar(lost) or 0)


def clock(at: Patient) -> Iterator[Finding]:
    """Whether this machine's clock agrees with the database server's, and with what was written before."""
    todo = "Let the machine take its time from the network (chrony, systemd-timesyncd), then look again."
    with Session(at.engine) as session:
        newest = session.scalar(select(AuditEntry.at).order_by(AuditEntry.id.desc()).limit(1))
        theirs: datetime | None = None
        if not driver.is_sqlite(at.engine.url):
            theirs = session.scalar(text("select clock_timestamp()"))
    if doubt := machine_clock.doubt(at.settings.state_dir, at.now):
        yield fault(CLOCK, doubt, f"{todo} If it is right, run `signpost retention run --clock-is-right`.")
    elif newest and newest - at.now > OUT_BY:
        yield fault(CLOCK, f"The clock is behind: the last change was written {how_long(newest - at.now)} ahead.", todo)
    elif theirs and abs(theirs - at.now) > OUT_BY:
        apart = how_long(abs(theirs - at.now))
        yield fault(CLOCK, f"The clocks of this machine and of the database are {apart} apart.", todo)
    else:
        yield fine(CLOCK, "The clock agrees with what the database knows.")


def people(at: Patient) -> Iterator[Finding]:
    """Whether anybody can look after the site."""
    wanted = select(func.count()).select_from(User).join(UserRole)
    with Session(at.engine) as session:
        admins = session.scalar(wanted.where(UserRole.role == "admin", User.disabled.is_(False))) or 0
    if admins:
        yield fine(PEOPLE, f"{admins:,} {'person' if admins == 1 else 'people'} can look after accounts.")
    else:
        todo = "Run `signpost users add --role admin …`: see docs/deploying.md."
        yield fault(PEOPLE, "Nobody is an administrator, so nobody can give or stop access.", todo)


def trail(at: Patient) -> Iterator[Finding]:
    """What the worker found in checking the audit trail."""
    with Session(at.engine) as session:
        check = verification.state(session)
    if check is None or (check.whole_at is None and not check.fault):
        yield fine(TRAIL, "The audit trail waits for its first check by the worker.")
    elif check.fault:
        todo = "Keep the database as it is and take a copy: see /admin/audit and docs/operating.md."
        yield fault(TRAIL, f"The audit trail does not fit: {check.fault}.", todo)
    else:
        yield fine(TRAIL, f"The audit trail was whole {how_long(at.now - (check.whole_at or at.now))} ago.")
