"""Two machines behind a real proxy: content is pushed, one is killed, the database restarts, a new version comes."""

import hashlib
import hmac
import urllib.request
import uuid
from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from sqlalchemy import Engine, NullPool, func, select
from sqlalchemy.orm import Session

from tests.support import kills
from tests.support.at_work import Person
from tests.support.fleet import HOOK_SECRET, Fleet, Machine, Server, next_version
from tests.support.mail import MailServer
from tests.support.pace import eventually
from tests.support.people import PASSWORD, PEOPLE
from tests.support.proxy import Proxy, wait_for
from tests.support.traffic import Traffic
from tests.syncing.remote import Editor
from webapp.db.engine import connected_to, now
from webapp.english import dates
from webapp.mail import outbox
from webapp.mail.outbox import EMAIL, SENT, Message
from webapp.people.models import User

LETTERS = 24


@pytest.fixture
def editor(tmp_path: Path) -> Editor:
    editor = Editor(tmp_path, assets=2)
    editor.push("Begin")
    return editor


def tell(url: str) -> int:
    """What the git host sends to the one address it knows."""
    signed = "sha256=" + hmac.new(HOOK_SECRET.encode(), b"{}", hashlib.sha256).hexdigest()
    sent = urllib.request.Request(f"{url}/hooks/content", b"{}", {"X-Hub-Signature-256": signed})
    with urllib.request.urlopen(sent, timeout=20) as answer:
        return int(answer.status)


def enqueue(session: Session) -> None:
    to = session.scalars(select(User.id)).all()
    for number in range(LETTERS // len(to)):
        outbox.enqueue(
            session, now=now(), to=to, topic="gap-answered", subject=("gap", f"GAP-{number:04}"),
            text="There is an answer.", path="/gaps", key=f"drill:{number}",
        )  # fmt: skip
    session.commit()


def test_nothing_that_was_saved_is_lost_or_doubled_and_people_go_on(tmp_path: Path, editor: Editor):
    with MailServer() as mail, Server() as server:
        mail.seconds = 0.05
        way = {
            "SIGNPOST_SMTP_URL": f"smtp://127.0.0.1:{mail.port}?tls=none",
            "SIGNPOST_MAIL_FROM": "Signpost <signpost@example.org>",
            "SIGNPOST_BASE_URL": "http://127.0.0.1:8000",
        }
        engine = connected_to(server.url, poolclass=NullPool)
        with Fleet(tmp_path, server, editor.bare, **way) as fleet:
            one, two = fleet.machines
            with Session(engine) as session:
                enqueue(session)
            for machine in fleet.machines:
                machine.start("web", "worker")
            new = next_version(tmp_path / "next")
            for machine in fleet.machines:
                eventually(lambda m=machine: m.serves() == editor.head(), "a machine does not make its content")
            with Proxy(tmp_path, [one.port, two.port]) as proxy:
                wait_for(f"{proxy.url}/healthz")
                each_sees_what_the_other_did(one, two)
                traffic = Traffic(proxy.url)
                with traffic.at_work():
                    traffic.go_on()

                    traffic.phase = "push"
                    editor.corpus.asset("choir-by-the-canal")
                    commit = editor.push()
                    assert tell(proxy.url) == 202
                    for machine in fleet.machines:
                        eventually(lambda m=machine: m.serves() == commit, "a machine does not hear of a push")

                    traffic.phase = "kill"
                    traffic.go_on()
                    two.kill("web")
                    traffic.go_on()
                    two.start("web")
                    eventually(lambda: two.serves() == commit, "the killed one does not come back")

                    traffic.phase = "restart"
                    traffic.go_on(read=2)
                    server.restart()
                    traffic.go_on()

                    traffic.phase = "upgrade"
                    traffic.go_on()
                    one.tree = two.tree = new
                    fleet.upgrade(new)
                    assert newest(engine) == "9999"
                    for machine in fleet.machines:
                        machine.stop("web", "worker")
                        machine.start("web", "worker")
                        eventually(lambda m=machine: m.serves() == commit, "the new version does not serve")
                        traffic.go_on()
                with Session(engine) as session:
                    sent = select(func.count()).where(Message.channel == EMAIL, Message.state == SENT)
                    eventually(lambda: session.scalar(sent) == len(mail.taken), "what was taken is not noted")
                    assert session.scalar(sent) == LETTERS
        report(traffic)
        assert kills.faults(server.url, traffic.outcome) == []
    assert len(set(mail.ids)) == len(mail.ids) == LETTERS
    assert traffic.failed == {}, "a page was not answered"
    assert set(traffic.unanswered) <= {"kill", "restart"}, traffic.unanswered
    assert traffic.unanswered["kill"] <= 2, "more than the requests of the killed one failed"
    assert all(traffic.saved[phase] and traffic.read[phase] for phase in ("push", "kill", "restart", "upgrade"))


def each_sees_what_the_other_did(one: Machine, two: Machine) -> None:
    """At the next request, whatever either keeps in its memory."""
    ed, ada, priya, sam = (Person(one.url, PEOPLE[name].email, PASSWORD) for name in ("ed", "ada", "priya", "stranger"))
    for person in (priya, sam):
        assert "Closed for now" not in person.at(two.url).read("/directory/walking-group-1")[1]
    ed.send("/directory/walking-group-1/closure", status="temporarily closed", since=str(dates.today()))
    assert "Closed for now" in priya.read("/directory/walking-group-1")[1]
    ed.send("/directory/walking-group-1/closure/undo")
    assert "Closed for now" not in priya.read("/directory/walking-group-1")[1]
    assert sam.read("/gaps")[0] == 200
    ada.send(f"/admin/users/{PEOPLE['stranger'].id}/standing", reason="Left the service", form_id=uuid.uuid4().hex)
    status, way = sam.read("/gaps")
    assert (status, way.partition("?")[0]) == (303, "/sign-in"), "who was stopped at one reads on at the other"


def newest(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def report(traffic: Traffic) -> None:
    for phase in traffic.saved:
        print(
            f"{phase}: {traffic.read[phase]} pages read, {traffic.saved[phase]} saved, "
            f"{traffic.unanswered[phase]} sent again, the slowest {traffic.slowest.get(phase, 0):.1f} s"
        )
