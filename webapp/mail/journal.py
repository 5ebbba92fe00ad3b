"""A small file that says what the postman did with each letter, written before the database hears of it.

A worker may be killed between a server's "taken" and our commit. The journal bridges that: `dot` is written just
before the last line of a letter is sent, and the server's answer as soon as it is there. Who holds the file's lock
is alone in handing mail over on this machine; the postman holds it too, so it outlives a killed worker.
See docs/decisions/messages.md.
"""

import fcntl
import os
import secrets
from pathlib import Path

from webapp.mail.carrier import Busy, Fate, Outcome

NAME = "mail-journal"
UNKNOWN = Outcome(Fate.UNSURE, "the sending stopped while the mail server was taking it")


class Journal:
    """The journal of this machine, locked. Raises Busy where another process has it. `fd` is for the postman."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        opened = os.open(folder / NAME, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        # Never 0, 1 or 2, which a process started without them would give, and which the postman needs itself.
        self.fd = fcntl.fcntl(opened, fcntl.F_DUPFD_CLOEXEC, 3)
        os.close(opened)
        try:
            fcntl.flock(self.fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(self.fd)
            raise Busy("Another process is handing mail over. Try again in a minute.") from None
        lines = self._lines()
        known = lines[0].split() if lines else []
        # A journal that was lost knows nothing of what went before: its rows must not be taken for never sent.
        self.id = known[1] if len(known) == 2 and known[0] == "journal" else ""
        self._outcomes = {parts[0]: _outcome(parts[1:]) for line in lines[1:] if len(parts := line.split()) > 1}
        if not self.id:
            self.id = secrets.token_hex(8)
            self._outcomes = {}
            self.clear()

    def outcome(self, reference: str) -> Outcome:
        """What was written about a letter before this journal was opened."""
        return self._outcomes.get(reference, Outcome(Fate.NEVER_LEFT))

    def clear(self) -> None:
        """Forget every letter. Only once the database knows what the journal knew."""
        os.ftruncate(self.fd, 0)
        os.write(self.fd, f"journal {self.id}\n".encode())
        os.fsync(self.fd)

    def close(self) -> None:
        """Let go. The lock stays while a postman has the file open."""
        os.close(self.fd)

    def _lines(self) -> list[str]:
        size = os.fstat(self.fd).st_size
        text = os.pread(self.fd, size, 0).decode("ascii", "replace")
        return text.splitlines() if text.endswith("\n") else text.splitlines()[:-1]  # a last line may be torn


def _outcome(words: list[str]) -> Outcome:
    """`dot` alone: the letter was whole on its way, and nobody noted the answer."""
    if words[0] in {Fate.SENT, Fate.LATER, Fate.REFUSED}:
        return Outcome(Fate(words[0]), f"the mail server answered {words[1]}" if len(words) > 1 else "")
    return UNKNOWN
