"""Hands letters to a mail server, in a process of its own, so that killing the worker never cuts a letter in two.

Run by `smtp.Post` as a file, with the standard library alone. The first line of standard input is how to reach the
server; each further line is a letter. One line is answered for each. At the end of the input, which is also what a
killed worker leaves, it finishes the letter in hand, notes the answer in the journal, and stops.
"""

import base64
import json
import os
import re
import smtplib
import ssl
import sys
from typing import Any

STEP_SECONDS = 30
# RFC 5321, 4.5.3.2.6: a server may take ten minutes to say that it took a letter. Asking sooner makes duplicates.
TAKING_SECONDS = 600


class Refused(Exception):
    """The server will not take this letter now (`later`) or ever (`refused`). `stop`: nor any other."""

    def __init__(self, fate: str, reason: str, stop: bool = False) -> None:
        super().__init__(reason)
        self.fate, self.reason, self.stop = fate, reason, stop


class Postman:
    """One connection, opened with the first letter and again when the server closes it."""

    def __init__(self, server: dict[str, Any]) -> None:
        self.server = server
        self.smtp: smtplib.SMTP | None = None

    def hand_over(self, letter: dict[str, str]) -> dict[str, Any]:
        """What became of `letter`, as `carrying.Outcome` has it. The reason holds no address and no server's words."""
        try:
            smtp = self._ready_for(letter["to"])
            body = re.sub(rb"(?m)^\.", b"..", base64.b64decode(letter["mail"]))
            smtp.send(body if body.endswith(b"\r\n") else body + b"\r\n")
        except Refused as no:
            return {"fate": no.fate, "reason": no.reason, "stop": no.stop}
        except UnicodeError:
            self._hang_up()
            return {"fate": "refused", "reason": "the address has letters that mail cannot carry", "stop": False}
        except (OSError, smtplib.SMTPException) as error:
            self._hang_up()
            return {
                "fate": "later",
                "reason": f"the mail server could not be used: {type(error).__name__}",
                "stop": True,
            }
        return self._finish(smtp, letter["reference"])

    def _ready_for(self, to: str) -> smtplib.SMTP:
        """A server that waits for the text of a letter to `to`."""
        for last_try in (self.smtp is None, True):
            try:
                smtp = self.smtp or self._connect()
                code, _ = smtp.mail(self.server["sender"])
                if code == 421 and not last_try:  # it had enough of this connection
                    raise smtplib.SMTPServerDisconnected
                break
            except smtplib.SMTPServerDisconnected:
                self._hang_up()
                if last_try:
                    raise
        if code != 250:
            self._hang_up()
            raise Refused("later", f"the mail server refused our own address: {code}", stop=True)
        code, _ = smtp.rcpt(to)
        if code not in {250, 251}:
            smtp.rset()
            raise Refused(*_meaning(code, "the address"))
        code, _ = smtp.docmd("DATA")
        if code != 354:
            self._hang_up()
            raise Refused(*_meaning(code, "the message"))
        return smtp

    def _finish(self, smtp: smtplib.SMTP, reference: str) -> dict[str, Any]:
        """Send the line that ends a letter, and note the answer. From here on it may have been taken."""
        self._note(reference, "dot")
        try:
            if smtp.sock is not None:
                smtp.sock.settimeout(TAKING_SECONDS)
            smtp.send(b".\r\n")
            code, _ = smtp.getreply()
        except (OSError, smtplib.SMTPException):
            code = -1
        if not 200 <= code < 600:
            self._hang_up()
            return {"fate": "unsure", "reason": "the mail server went away while it was taking it", "stop": True}
        fate, reason = ("sent", "") if code < 300 else _meaning(code, "the message")
        self._note(reference, f"{fate} {code}")
        if smtp.sock is not None:
            smtp.sock.settimeout(STEP_SECONDS)
        return {"fate": fate, "reason": reason, "stop": code == 421}

    def _connect(self) -> smtplib.SMTP:
        host, port, tls = self.server["host"], self.server["port"], self.server["tls"]
        safely = ssl.create_default_context()
        if tls == "implicit":
            self.smtp = smtplib.SMTP_SSL(host, port, timeout=STEP_SECONDS, context=safely)
        else:
            self.smtp = smtplib.SMTP(host, port, timeout=STEP_SECONDS)
        self.smtp.ehlo_or_helo_if_needed()
        if tls == "starttls":
            self.smtp.starttls(context=safely)
            self.smtp.ehlo()
        if self.server["user"]:
            self.smtp.login(self.server["user"], self.server["password"])
        return self.smtp

    def _note(self, reference: str, what: str) -> None:
        os.write(self.server["journal"], f"{reference} {what}\n".encode())
        os.fsync(self.server["journal"])

    def _hang_up(self) -> None:
        if self.smtp is not None:
            self.smtp.close()
        self.smtp = None

    def leave(self) -> None:
        """Say goodbye to the server."""
        try:
            if self.smtp is not None:
                self.smtp.quit()
        except (OSError, smtplib.SMTPException):
            pass


def _meaning(code: int, what: str) -> tuple[str, str]:
    return ("refused" if 500 <= code < 600 else "later"), f"the mail server refused {what}: {code}"


def main() -> None:
    """Read letters until the input ends."""
    postman = Postman(json.loads(sys.stdin.readline()))
    for line in sys.stdin:
        answer = postman.hand_over(json.loads(line))
        try:
            print(json.dumps(answer), flush=True)
        except BrokenPipeError:
            break  # the worker is gone; the journal knows
    postman.leave()


if __name__ == "__main__":
    main()
    # Python would try to flush a pipe that nobody reads.
    os._exit(0)
