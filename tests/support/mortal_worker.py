"""Workers that are made to be killed: a process that has everything loaded and forks one sender after another.

`nursery.work(settings); pid = nursery.begin(); os.kill(pid, SIGKILL); nursery.ended()`. Each sender does what the
worker does, with the clock an hour further on, so that a claim of the one before it has run out.
"""

import gc
import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).resolve().parents[2]


class Nursery:
    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.mortal_worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env={**os.environ, "NO_PROXY": "127.0.0.1"},
            text=True,
        )
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait(60)
        self._process.stdout.close()

    def work(self, **config: Any) -> None:
        """From now on, senders work by `config`; the clock of the first goes right."""
        self._config, self._life = config, 0

    def begin(self) -> int:
        """Let a sender be born; its process id."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps([self._config, self._life]) + "\n")
        self._life += 1
        self._process.stdin.flush()
        return int(self._line())

    def ended(self) -> int:
        """Wait for it to end, one way or another; 0 where it had sent all there was."""
        return int(self._line())

    def _line(self) -> str:
        assert self._process.stdout
        line = self._process.stdout.readline()
        assert line, "the nursery itself has died"
        return line


def main() -> None:
    from sqlalchemy.orm import configure_mappers

    import webapp.app
    import webapp.mail.delivery
    import webapp.mail.notify
    import webapp.mail.smtp  # noqa: F401 - all that a sender needs, loaded once

    configure_mappers()  # the first query would, in each sender
    gc.freeze()  # a sender need not copy what it looks through
    for line in iter(sys.stdin.readline, ""):
        pid = os.fork()
        if pid == 0:
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            _live(*json.loads(line))
            os._exit(0)
        print(pid, flush=True)
        _, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _live(config: dict[str, Any], life: int) -> None:
    from sqlalchemy import NullPool, select
    from sqlalchemy.orm import Session

    from webapp.config.settings import Notify, Smtp
    from webapp.db.engine import connected_to, now
    from webapp.mail import delivery
    from webapp.mail.letters import Letterhead
    from webapp.mail.notify import Notifier
    from webapp.mail.outbox import SENDING, WAITING, Message
    from webapp.mail.smtp import SmtpCarrier

    engine = connected_to(config["url"], poolclass=NullPool)
    letterhead = Letterhead("https://signpost.example", "k" * 32)

    def clock() -> Any:
        return now() + timedelta(hours=life)

    while True:
        notify = config.get("notify")
        carrier: Any = Notifier(Notify(**notify)) if notify else SmtpCarrier(Smtp(**config["smtp"]), clock)
        with Session(engine) as session:
            delivery.send_due(session, carrier, letterhead, clock)
            if session.scalar(select(Message.id).where(Message.state.in_((WAITING, SENDING))).limit(1)) is None:
                return


if __name__ == "__main__":
    main()
