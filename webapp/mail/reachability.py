"""Whether the way by which mail goes lets us in. No mail is sent."""

import smtplib
import ssl
from contextlib import suppress

from webapp.config.mail_transport import Notify, Smtp
from webapp.mail import smtp

SECONDS = 10


def called(server: Notify | Smtp) -> str:
    """The server as it may be shown: without a user, a password or a key."""
    return "GOV.UK Notify" if isinstance(server, Notify) else f"the mail server {server.host}:{server.port}"


def fault(server: Notify | Smtp) -> str:
    """Why mail cannot go by `server` now, in words that hold no secret; empty where it can."""
    return _of_notify(server) if isinstance(server, Notify) else _of_smtp(server)


def _of_smtp(server: Smtp) -> str:
    try:
        client = smtp.connect(server, SECONDS)
    except smtplib.SMTPAuthenticationError as error:
        return f"it does not take our name and password ({error.smtp_code})"
    except smtplib.SMTPNotSupportedError:
        return "it does not offer what the settings ask for: STARTTLS, or signing in"
    except ssl.SSLCertVerificationError as error:
        return f"its certificate is not good: {error.verify_message}"
    except (OSError, smtplib.SMTPException) as error:
        return f"it cannot be reached ({type(error).__name__})"
    with suppress(OSError, smtplib.SMTPException):
        client.quit()
    return ""


def _of_notify(server: Notify) -> str:
    from notifications_python_client.errors import HTTPError, InvalidResponse

    from webapp.mail.notify import client_of

    client = client_of(server, SECONDS)
    try:
        for template in filter(None, (server.template_id, server.text_template_id)):
            client.get_template(template)
    except InvalidResponse:
        return "it answers what we cannot read"
    except HTTPError as error:
        if error.response is None:
            return "it cannot be reached"
        return f"it does not take our key, or has no such template (it answered {error.status_code})"
    finally:
        client.request_session.close()
    return ""
