"""Mail by SMTP, with the standard library's client. A server cannot be asked afterwards what it took."""

import smtplib
import ssl
from collections.abc import Callable
from datetime import datetime
from email.utils import parseaddr
from types import TracebackType
from typing import Any, Self

from webapp.config.mail_transport import Smtp
from webapp.mail.carrier import DeliveryOutcome, Fate
from webapp.mail.letters import Letter, as_mail

STEP_SECONDS = 30
# RFC 5321, 4.5.3.2.6 lets a server think for ten minutes. After two the worker goes on, and is unsure.
TAKING_SECONDS = 120
WENT_AWAY = DeliveryOutcome(Fate.UNSURE, "the mail server went away while it was taking it", stop=True)


class SmtpCarrier:
    """A carrier (see `carrier.Carrier`) to one mail server. The connection is kept for a round."""

    holder = "smtp"

    def __init__(self, server: Smtp, now: Callable[[], datetime]) -> None:
        self._server, self._now = server, now
        self._client: _Client | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if self._client:
                self._client.quit()
        except (OSError, smtplib.SMTPException):
            pass
        self._hang_up()

    def look_up(self, reference: str) -> DeliveryOutcome:
        """Whoever claimed this was stopped in the middle, and no mail server says what it took."""
        return DeliveryOutcome(Fate.UNSURE, "the sending stopped while the mail server may have been taking it")

    def carry(self, letter: Letter) -> DeliveryOutcome:
        """Hand `letter` over. A reason holds no address and none of the server's own words."""
        try:
            client = self._connected()
            client.taking = False
            client.sendmail(
                parseaddr(self._server.sender)[1], letter.to, as_mail(letter, self._server.sender, self._now())
            )
        except smtplib.SMTPRecipientsRefused as error:
            return _answered(next(iter(error.recipients.values()))[0], "the address")
        except smtplib.SMTPSenderRefused as error:
            self._hang_up()
            return DeliveryOutcome(Fate.LATER, f"the mail server refused our own address: {error.smtp_code}", stop=True)
        except smtplib.SMTPDataError as error:
            return _answered(error.smtp_code, "the message")
        except UnicodeError:
            self._hang_up()
            return DeliveryOutcome(Fate.REFUSED, "the address has letters that mail cannot carry")
        except (OSError, smtplib.SMTPException) as error:
            taking = self._client is not None and self._client.taking
            self._hang_up()
            return WENT_AWAY if taking else _unusable(error)
        return DeliveryOutcome(Fate.SENT)

    def _connected(self) -> "_Client":
        """The open connection, or a new one where the server has closed it."""
        if self._client and not self._client.answers():
            self._hang_up()
        if self._client is None:
            self._client = connect(self._server)
        return self._client

    def _hang_up(self) -> None:
        if self._client:
            self._client.close()
        self._client = None


class _Client(smtplib.SMTP):
    """Knows whether the text of a letter has begun to leave: from there on the server may have taken it."""

    taking = False

    def data(self, msg: Any) -> tuple[int, bytes]:
        self.taking = True
        if self.sock is not None:
            self.sock.settimeout(TAKING_SECONDS)
        try:
            return super().data(msg)
        except smtplib.SMTPDataError:
            self.taking = False  # it said no before any text was sent
            raise
        finally:
            if self.sock is not None:
                self.sock.settimeout(STEP_SECONDS)

    def answers(self) -> bool:
        try:
            return self.noop()[0] == 250
        except (OSError, smtplib.SMTPException):
            return False


class _TlsClient(_Client, smtplib.SMTP_SSL):
    pass


def connect(server: Smtp, seconds: float = STEP_SECONDS) -> _Client:
    """A connection to `server` that is let in; each step may take `seconds`. Raises OSError and SMTPException."""
    safely = ssl.create_default_context()
    client: _Client
    if server.tls == "implicit":
        client = _TlsClient(server.host, server.port, timeout=seconds, context=safely)
    else:
        client = _Client(server.host, server.port, timeout=seconds)
    client.ehlo_or_helo_if_needed()
    if server.tls == "starttls":
        client.starttls(context=safely)
        client.ehlo()
    if server.user:
        client.login(server.user, server.password)
    return client


def _answered(code: int, what: str) -> DeliveryOutcome:
    """What an answer of 4xx or 5xx means. With 421 the server has had enough of us for now."""
    fate = Fate.REFUSED if 500 <= code < 600 else Fate.LATER
    return DeliveryOutcome(fate, f"the mail server refused {what}: {code}", stop=code == 421)


def _unusable(error: Exception) -> DeliveryOutcome:
    return DeliveryOutcome(Fate.LATER, f"the mail server could not be used: {type(error).__name__}", stop=True)
