"""Mail by SMTP, through a postman in a process of its own and a journal of what was handed over."""

import base64
import json
import select
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from email.utils import parseaddr
from pathlib import Path
from types import TracebackType
from typing import Self

from webapp.config import Smtp
from webapp.mail import smtp_process
from webapp.mail.carrier import Fate, Outcome
from webapp.mail.journal import Journal
from webapp.mail.letters import Letter, as_mail

PATIENCE_SECONDS = 25  # then the postman goes on alone, and a later round reads the journal
GOODBYE_SECONDS = 5


class Post:
    """A carrier (see `carrying.Carrier`) to one mail server. `folder` is where the journal is."""

    alone = True

    def __init__(self, server: Smtp, folder: Path, now: Callable[[], datetime]) -> None:
        self._server, self._folder, self._now = server, folder, now
        self._postman: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self._journal = Journal(self._folder)
        self.holder = self._journal.id
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._journal.close()
        if self._postman is None:
            return
        assert self._postman.stdin
        assert self._postman.stdout
        try:
            self._postman.stdin.close()
            self._postman.wait(GOODBYE_SECONDS)
        except (subprocess.TimeoutExpired, BrokenPipeError):
            pass  # it finishes the letter in hand by itself
        self._postman.stdout.close()
        self._postman = None

    def look_up(self, reference: str) -> Outcome:
        """What the journal said of `reference` when this round began."""
        return self._journal.outcome(reference)

    def settled(self) -> None:
        """The database now knows what the journal knew."""
        self._journal.clear()

    def carry(self, letter: Letter) -> Outcome:
        """Give `letter` to the postman and wait a while for what the server says."""
        process = self._postman or self._start()
        mail = as_mail(letter, self._server.sender, self._now())
        self._say({"reference": letter.reference, "to": letter.to, "mail": base64.b64encode(mail).decode("ascii")})
        assert process.stdout
        if not select.select([process.stdout], [], [], PATIENCE_SECONDS)[0]:
            return Outcome(Fate.PENDING, "the mail server takes its time", stop=True)
        answer = process.stdout.readline()
        if not answer:
            return Outcome(Fate.PENDING, "the postman was stopped", stop=True)
        said = json.loads(answer)
        return Outcome(Fate(said["fate"]), said["reason"], said["stop"])

    def _start(self) -> subprocess.Popen[bytes]:
        # Isolated (-I): it reads nothing of ours but its own file. In a session of its own: what stops the worker's
        # process group at a terminal does not stop it in the middle of a letter.
        self._postman = subprocess.Popen(  # noqa: S603 - our own file
            [sys.executable, "-I", smtp_process.__file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a traceback could hold an address
            pass_fds=(self._journal.fd,),
            start_new_session=True,
        )
        server = self._server
        self._say(
            {
                "sender": parseaddr(server.sender)[1],
                "host": server.host,
                "port": server.port,
                "tls": server.tls,
                "user": server.user,
                "password": server.password,
                "journal": self._journal.fd,
            }
        )
        return self._postman

    def _say(self, what: dict[str, object]) -> None:
        assert self._postman
        assert self._postman.stdin
        try:
            self._postman.stdin.write(json.dumps(what).encode() + b"\n")
            self._postman.stdin.flush()
        except BrokenPipeError:
            pass  # it was stopped: the answer that does not come says so
