"""One text message through GOV.UK Notify. Nothing of it is kept here: it goes while its sender waits, or not at all."""

import logging
from http import HTTPStatus

from notifications_python_client.errors import APIError, HTTPError, InvalidResponse
from notifications_python_client.notifications import NotificationsAPIClient

from webapp.config.mail_transport import Notify
from webapp.mail.carrier import DeliveryOutcome, Fate
from webapp.mail.notify import ABOUT_ONE

TIMEOUT_SECONDS = 10  # somebody waits for the page
logging.getLogger("notifications_python_client").setLevel(logging.CRITICAL)  # it logs what was sent


def send_text(settings: Notify, to: str, body: str, reference: str) -> DeliveryOutcome:
    """Hand `body` over for the number `to`. A reason holds neither. `settings` has a template for text messages."""
    client = NotificationsAPIClient(settings.api_key, base_url=settings.url, timeout=TIMEOUT_SECONDS)
    try:
        client.send_sms_notification(to, settings.text_template_id, personalisation={"body": body}, reference=reference)
    except HTTPError as error:
        if error.response is None or error.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return DeliveryOutcome(Fate.UNSURE, "GOV.UK Notify did not answer")  # it may have taken it all the same
        if error.status_code in ABOUT_ONE:
            return DeliveryOutcome(Fate.REFUSED, "GOV.UK Notify does not take this number")
        return DeliveryOutcome(Fate.LATER, "GOV.UK Notify did not take it")
    except (APIError, InvalidResponse):
        return DeliveryOutcome(Fate.UNSURE, "GOV.UK Notify did not answer")
    finally:
        client.request_session.close()
    return DeliveryOutcome(Fate.SENT)
