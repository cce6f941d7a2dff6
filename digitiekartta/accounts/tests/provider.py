"""A provider of OpenID Connect for tests: it knows whoever it is told to know."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt

CLIENT, SECRET = "digitiekartta", "salaisuus-jota-kukaan-muu-ei-tieda"


@dataclass
class Provider:
    """A running provider. ``person`` are the claims of whoever is at its keyboard; None cancels.

    ``asked`` are the queries of sign-ins, ``told`` the bodies of token requests.
    """

    url: str
    person: dict[str, Any] | None = None
    asked: list[dict[str, str]] = field(default_factory=list)
    told: list[dict[str, str]] = field(default_factory=list)

    def answer(self, path: str, query: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        if path == "/.well-known/openid-configuration":
            return _json(self._configuration())
        if path == "/authorize":
            self.asked.append(query)
            given = {"code": "koodi"} if self.person else {"error": "access_denied"}
            back = f"{query['redirect_uri']}?{urlencode({**given, 'state': query['state']})}"
            return 302, {"Location": back}, b""
        if path == "/token":
            self.told.append(query)
            return _json({"access_token": "x", "token_type": "Bearer", "id_token": self._token()})
        return 404, {}, b""

    def _configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def _token(self) -> str:
        moment = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "iat": moment, "exp": moment + 300}
        return jwt.encode({**claims, **(self.person or {})}, SECRET, algorithm="HS256")


def _json(content: Any) -> tuple[int, dict[str, str], bytes]:
    return 200, {"Content-Type": "application/json"}, json.dumps(content).encode()


@contextmanager
def running_provider() -> Iterator[Provider]:
    """A provider on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            self._send(parts.path, parts.query)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._send(urlsplit(self.path).path, body)

        def _send(self, path: str, query: str) -> None:
            asked = {name: values[0] for name, values in parse_qs(query).items()}
            status, headers, content = provider.answer(path, asked)
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(content))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider = Provider(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
