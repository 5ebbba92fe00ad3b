"""Mail through GOV.UK Notify, which councils send with. Each message has a reference by which it can be looked up."""

import logging
from http import HTTPStatus
from types import TracebackType
from typing import Any, Self

from notifications_python_client.errors import APIError, HTTPError, InvalidResponse
from notifications_python_client.notifications import NotificationsAPIClient

from webapp.config.mail_transport import Notify
from webapp.mail.carrier import DeliveryOutcome, Fate
from webapp.mail.letters import Letter

TIMEOUT_SECONDS = 20
ABOUT_ONE = {HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE}
# It logs what Notify answers, which may quote what was sent.
logging.getLogger("notifications_python_client").setLevel(logging.CRITICAL)


class Notifier:
    """A carrier (see `carrier.Carrier`). Several may be at work: a claim is looked up only once it has run out."""

    holder = "notify"

    def __init__(self, settings: Notify) -> None:
        self._template = settings.template_id
        self._client = client_of(settings)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.request_session.close()

    def carry(self, letter: Letter) -> DeliveryOutcome:
        """Send `letter`. Where no answer comes it may have been taken: PENDING, until it is looked up."""
        words: dict[str, Any] = {"subject": letter.subject, "body": letter.body}
        https = letter.stop if letter.stop.startswith("https://") else None  # all that Notify takes
        try:
            self._client.send_email_notification(
                letter.to,
                self._template,
                personalisation=words,
                reference=letter.reference,
                one_click_unsubscribe_url=https,
            )
        except InvalidResponse:
            return DeliveryOutcome(Fate.PENDING, "GOV.UK Notify answered what we cannot read", stop=True)
        except HTTPError as error:
            return _failed(error)
        return DeliveryOutcome(Fate.SENT)

    def look_up(self, reference: str) -> DeliveryOutcome:
        """Ask Notify whether it has the message of this reference."""
        try:
            found = self._client.get_all_notifications(reference=reference)
        except APIError:
            return DeliveryOutcome(Fate.PENDING, "GOV.UK Notify cannot be asked", stop=True)
        return DeliveryOutcome(Fate.SENT if found.get("notifications") else Fate.NEVER_LEFT)


def client_of(settings: Notify, seconds: int = TIMEOUT_SECONDS) -> Any:
    """A client that waits `seconds` for each answer. Close its `request_session`."""
    return NotificationsAPIClient(settings.api_key, base_url=settings.url, timeout=seconds)


def _failed(error: HTTPError) -> DeliveryOutcome:
    """Whom the fault is about, by the status alone: the words of an answer may change.

    A 400 is about this one message. Somebody outside the team of a "team-only" key, or of a service in trial mode,
    must not keep everybody else's mail waiting; it goes as soon as the key is a live one.
    https://docs.notifications.service.gov.uk/python.html#error-codes
    """
    status = error.status_code
    if error.response is None or status >= 500:
        return DeliveryOutcome(Fate.PENDING, "GOV.UK Notify did not answer", stop=True)
    if status == HTTPStatus.BAD_REQUEST and _names_the_address(error.message):
        return DeliveryOutcome(Fate.REFUSED, "GOV.UK Notify does not take this address")
    if status in ABOUT_ONE:
        return DeliveryOutcome(
            Fate.LATER, f"GOV.UK Notify does not take this message ({status}): is our key a live one?"
        )
    if status == HTTPStatus.FORBIDDEN:
        return DeliveryOutcome(Fate.LATER, "GOV.UK Notify does not take our key", stop=True)
    return DeliveryOutcome(Fate.LATER, f"GOV.UK Notify answered {status}", stop=True)


def _names_the_address(value: Any) -> bool:
    """Whether the field that did not pass the checks is the address."""
    return isinstance(value, list) and any(
        isinstance(one, dict) and one.get("error") == "ValidationError" and "email_address" in str(one.get("message"))
        for one in value
    )
