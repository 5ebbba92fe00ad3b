"""Asking the identity provider: a few small answers, none of which may keep a page waiting for long.

Loaded where something is asked: no other page needs the libraries that ask.
"""

import time
from io import BytesIO
from typing import Any

from authlib.integrations.requests_client import OAuth2Session
from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from requests.exceptions import ConnectionError as NotReached
from requests.exceptions import ReadTimeout, RequestException
from urllib3.exceptions import HTTPError

from webapp.config.identity_provider import IdentityProvider, is_safe
from webapp.sign_in.single_sign_on.faults import ProviderFault

STEP_SECONDS = (3.0, 5.0)  # to connect, and between one piece of an answer and the next
ALL_SECONDS = 10.0
MOST_BYTES = 512 * 1024  # the keys of Entra ID are about 20 kB


class _Bounded(HTTPAdapter):
    """Follows no redirect, as what is sent is secret, and takes no answer that is long in time or size."""

    def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
        if not is_safe(request.url or ""):
            raise NotReached("not an address that is asked")
        response = super().send(request, *args, **{**kwargs, "stream": True, "timeout": STEP_SECONDS})
        deadline, body = time.monotonic() + ALL_SECONDS, b""
        try:
            while piece := response.raw.read1(16 * 1024, decode_content=True):
                body += piece
                if len(body) > MOST_BYTES or time.monotonic() > deadline:
                    raise ReadTimeout("the answer is too long")
        except (HTTPError, OSError) as error:
            raise NotReached(type(error).__name__) from None
        finally:
            response.raw.close()
        response.raw = BytesIO(body)
        return response

    def build_response(self, req: PreparedRequest, resp: Any) -> Response:
        made = super().build_response(req, resp)
        if made.is_redirect:
            raise NotReached("sent us on to another address")
        return made


def session(settings: IdentityProvider, **more: Any) -> OAuth2Session:
    """A client of Authlib for a few questions. Close it."""
    made = OAuth2Session(settings.client_id, settings.client_secret, scope=settings.scopes, **more)
    for scheme in ("https://", "http://"):
        made.mount(scheme, _Bounded())
    made.headers["Accept"] = "application/json"
    return made


def json_at(settings: IdentityProvider, url: str, **headers: str) -> dict[str, Any]:
    """The JSON object at `url`. Raises ProviderFault."""
    with session(settings) as asked:
        try:
            answer = asked.request("GET", url, withhold_token=True, headers=headers)
            found = answer.json() if answer.status_code == 200 else None
        except (RequestException, ValueError) as error:
            raise ProviderFault(f"{url}: {type(error).__name__}") from None
    if not isinstance(found, dict):
        raise ProviderFault(f"{url} answered {answer.status_code}, or no JSON object")
    return found
