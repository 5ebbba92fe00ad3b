"""What every answer tells the browser, and what is refused from other sites."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, g, request, session
from itsdangerous import BadData, URLSafeTimedSerializer

from webapp.config.settings import Settings
from webapp.db.engine import SAFE_METHODS
from webapp.people.models import Person, User
from webapp.web import urls
from webapp.web.text import number
from webapp.web.wtf import CSRFProtect, generate_csrf

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ONE_YEAR = 365 * 24 * 60 * 60

# Started last by `create_app`, after access: someone whose session ended is asked to sign in, not told about a token.
csrf = CSRFProtect()
TOKEN = "csrf_token"  # nosec B105 # noqa: S105 - a name
KEPT_TOKENS = 4_096
_signed: dict[tuple[object, str], str] = {}  # secret key and what a session holds → what its forms send


def token_for(user: User | Person) -> str:
    """What the session of `user` holds: whom a form was made for. Any of their sign-ins may send it.

    It ends with a password or a role, as sign-ins do. It is secret to nobody: a form carries it signed.
    """
    return f"{user.id}.{user.session_version}"


def made_for(token: str) -> int | None:
    """The id of the person for whom the form that sends this token was made; None where we did not sign it."""
    signer = URLSafeTimedSerializer(str(current_app.secret_key), salt="wtf-csrf-token")
    try:
        held = str(signer.loads(token))
    except BadData:
        return None
    user_id, dot, _ = held.partition(".")
    return number(user_id) if dot else None


def token() -> str:
    """What the forms of this browser send. It is signed once for each person, and not for each page."""
    secret = current_app.secret_key
    if known := known_token(secret, session.get(TOKEN, "")):
        return known
    g.pop(TOKEN, None)  # made earlier in this request, for a session that has been left since
    signed = generate_csrf()
    if len(_signed) >= KEPT_TOKENS:
        _signed.clear()
    _signed[secret, session[TOKEN]] = signed
    return signed


def known_token(secret: object, held: str) -> str | None:
    """The same for a session that holds `held`, where it was signed before with the secret key."""
    return _signed.get((secret, held))


def init_app(app: Flask, settings: Settings) -> None:
    """Refuse unsafe requests that come from other sites, and send the headers with every answer."""
    # Pages name who is signed in and what they read: a shared computer must keep none of it.
    # A view whose answer may be kept (a picture, a calendar feed) says so itself.
    headers = {**headers_for(settings), "Cache-Control": "no-store"}
    named = [(name.lower(), (name, value)) for name, value in headers.items()]
    app.wsgi_app = _sending(app.wsgi_app, named)  # type: ignore[method-assign,assignment]
    app.before_request(refuse_cross_site)


def _sending(site: "WSGIApplication", headers: list[tuple[str, tuple[str, str]]]) -> "WSGIApplication":
    """`site` with `headers` in each of its answers that does not have its own."""

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        def start(status: str, given: list[tuple[str, str]], exc_info: Any = None) -> Any:
            own = {name.lower() for name, _ in given}
            return start_response(status, given + [header for name, header in headers if name not in own], exc_info)

        return site(environ, start)

    return answer


def headers_for(settings: Settings) -> dict[str, str]:
    """The headers of every answer, as the settings have them."""
    headers = {
        "Content-Security-Policy": content_policy(settings.map_tiles),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",  # what browsers without frame-ancestors look at
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if settings.https:
        headers["Strict-Transport-Security"] = f"max-age={ONE_YEAR}"
    return headers


def content_policy(map_tiles: str = "") -> str:
    """What a page may load: our own files, and what the map is made of from the host of `map_tiles`, an address.

    A PMTiles file is read by the script, tiles by {z}/{x}/{y} are pictures: each opens one door. A file of ours, none.
    """
    host = _tile_host(map_tiles)
    is_read = urlsplit(map_tiles).path.endswith(".pmtiles")
    pictures = " ".join(filter(None, ["'self'", "data:", "" if is_read else host]))
    read = " ".join(filter(None, ["'self'", host if is_read else ""]))
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            f"img-src {pictures}",
            "media-src 'self'",
            "font-src 'self'",
            f"connect-src {read}",
            "manifest-src 'self'",
            "worker-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        ]
    )


def _tile_host(address: str) -> str:
    """`https://{s}.tiles.example/{z}/{x}/{y}.png` is any sub-domain of tiles.example."""
    parts = urlsplit(address.replace("{s}", "*"))
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in {"http", "https"} and parts.netloc else ""


def refuse_cross_site() -> None:
    """403 for a request that would change something and that another site started.

    Every current browser says where a request comes from in Sec-Fetch-Site; older ones send Origin. A client
    that sends neither is no browser, carries no cookie of ours, and still needs the token of the form.
    """
    if request.method in SAFE_METHODS:
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        if site not in {"same-origin", "none"}:
            abort(403)
        return
    origin = request.headers.get("Origin")
    if origin is not None and urls.parts(origin).netloc != request.host:
        abort(403)
