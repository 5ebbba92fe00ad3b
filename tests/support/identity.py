"""Identity providers on this machine: a real one, and one that says whatever a test makes it say."""

import base64
import json
import re
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

import requests
from joserfc import jwt
from joserfc.jwk import ECKey

from tests.support.mail import free_port
from webapp.config.settings import ROOT

PROGRAM = Path(__file__).with_name("oidc_provider.mjs")
CLIENT, SECRET = "signpost", "s3cret %+/ of the tests"
SITE = "http://localhost"


class RealProvider:
    """The npm package oidc-provider in a process of its own. `told` are the logout tokens that it sent us."""

    def __init__(self, accounts: Mapping[str, Mapping[str, Any]]) -> None:
        self.told: list[str] = []
        self._listener = ThreadingHTTPServer(("127.0.0.1", free_port()), _listening(self.told))
        threading.Thread(target=self._listener.serve_forever, daemon=True).start()
        client = {
            "client_id": CLIENT,
            "client_secret": SECRET,
            "redirect_uris": [f"{SITE}/sign-in/callback"],
            "post_logout_redirect_uris": [f"{SITE}/signed-out"],
            "backchannel_logout_uri": f"http://127.0.0.1:{self._listener.server_port}/",
            "backchannel_logout_session_required": True,
            "token_endpoint_auth_method": "client_secret_post",
        }
        self._process = subprocess.Popen(
            ["node", PROGRAM],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"port": 0, "clients": [client], "accounts": accounts}) + "\n")
        self._process.stdin.flush()
        self.issuer = str(json.loads(self._process.stdout.readline())["issuer"])

    def close(self) -> None:
        self._listener.shutdown()
        self._listener.server_close()
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait(timeout=10)
        self._process.stdout.close()


def _listening(told: list[str]) -> type[BaseHTTPRequestHandler]:
    class Listening(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            told.extend(parse_qs(body)["logout_token"])
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    return Listening


class Wanderer:
    """Somebody's browser at a real provider, whose session there it keeps."""

    def __init__(self) -> None:
        self.http = requests.Session()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()

    def goes(self, address: str, account: str | None) -> str:
        """From the provider's page at `address`, as `account`, back to our site: the path it leads to.

        Without an account they say no.
        """
        answer = self.http.get(address, allow_redirects=False)
        while True:
            if answer.is_redirect:
                there = requests.compat.urljoin(answer.url, answer.headers["Location"])
                if there.startswith(SITE):
                    return there.removeprefix(SITE)
                answer = self.http.get(there, allow_redirects=False)
            elif "Who are you?" in answer.text:
                said = {"account": account} if account else {"no": ""}
                answer = self.http.post(answer.url, data=said, allow_redirects=False)
            elif "Leave?" in answer.text:
                answer = self.http.post(*_leave(answer), allow_redirects=False)
            else:
                raise AssertionError(f"{answer.status_code} {answer.url}: {answer.text[:500]}")


def _leave(answer: requests.Response) -> tuple[str, dict[str, str]]:
    action = re.search(r'action="([^"]+)"', answer.text)
    xsrf = re.search(r'name="xsrf" value="([^"]+)"', answer.text)
    assert action
    assert xsrf
    return action[1], {"xsrf": xsrf[1], "logout": "yes"}


@dataclass
class FakeProvider:
    """Answers as a test wants.

    `metadata` and `userinfo` (nothing more than who it is, unless said) are given out as they stand; `token` makes the
    id token from what was asked, and None answers without one. `asked` are the paths that were asked for.
    """

    key: ECKey
    metadata: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] | None = None
    claims: dict[str, Any] = field(default_factory=dict)
    token: Callable[[dict[str, Any]], str | None] | None = None
    keys: list[dict[str, Any]] = field(default_factory=list)
    status: int = 200
    asked: list[str] = field(default_factory=list)
    questions: dict[str, dict[str, str]] = field(default_factory=dict)  # code → what was asked

    def __post_init__(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _answering(self))
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self.reset()

    def reset(self) -> None:
        self.metadata = {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/auth",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/me",
            "jwks_uri": f"{self.url}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }
        self.userinfo, self.status, self.token = None, 200, None
        self.claims = {"sub": "amina", "email": "amina@example.org", "email_verified": True, "name": "Amina Yusuf"}
        self.keys = [self.key.as_dict(private=False)]
        self.asked.clear()
        self.questions.clear()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def goes(self, address: str) -> dict[str, str]:
        """What the provider's page at `address` sends back to us, for somebody who signs in there."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        code = f"code-{len(self.questions)}"
        self.questions[code] = asked
        return {"code": code, "state": asked["state"]}

    def id_claims(self, nonce: str | None, **changed: Any) -> dict[str, Any]:
        """The claims of a good id token, but for what is `changed`; None leaves one out."""
        moment = int(time.time())
        usual = {"iss": self.url, "aud": CLIENT, "iat": moment, "exp": moment + 300, "nonce": nonce, **self.claims}
        return {name: value for name, value in {**usual, **changed}.items() if value is not None}

    @staticmethod
    def unsigned(claims: dict[str, Any]) -> str:
        """`claims` in the shape of a token that says that nobody signed it."""
        parts = (json.dumps(part).encode() for part in ({"alg": "none", "typ": "JWT"}, claims))
        return ".".join([*(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts), ""])

    def sign(self, claims: dict[str, Any], key: Any = None, **header: Any) -> str:
        """`claims` signed with its own key, or with `key`."""
        header = {"alg": "ES256", "kid": self.key.kid, **header}
        return jwt.encode(header, claims, key or self.key, algorithms=[header["alg"]])

    def id_token_for(self, code: str) -> str | None:
        asked = self.questions[code]
        return self.token(asked) if self.token else self.sign(self.id_claims(asked["nonce"]))


def _answering(provider: FakeProvider) -> type[BaseHTTPRequestHandler]:
    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            provider.asked.append(self.path)
            found = {
                "/.well-known/openid-configuration": provider.metadata,
                "/keys": {"keys": provider.keys},
                "/me": provider.userinfo or {"sub": provider.claims["sub"]},
            }
            self._say(found.get(self.path))

        def do_POST(self) -> None:
            provider.asked.append(self.path)
            sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            token = provider.id_token_for(sent["code"][0])
            said = {"access_token": "at", "token_type": "Bearer", "expires_in": 300}
            self._say({**said, "id_token": token} if token else said)

        def _say(self, body: Any) -> None:
            sent = json.dumps(body).encode()
            self.send_response(404 if body is None else provider.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        def log_message(self, *_: object) -> None:
            pass

    return Answering
