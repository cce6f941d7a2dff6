"""Pages of problems, made by Django's own view of the form, with all that its middleware adds."""

from __future__ import annotations

import io
from typing import Any, Protocol

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.db import close_old_connections

from .problems import Page, Problem


class AsksForm(Protocol):
    """A request as the form's view gets it: ``getattr(request, "survey_problem", None)``."""

    survey_problem: Problem


class DjangoPages:
    """Asks Django for the municipality's form (``/<kunta>/kysely/``) with a problem to tell.

    The view finds it as ``request.survey_problem`` and shows the form filled in with its fields,
    or tells what is to be told. No cookie and no session comes along, and none is set.
    """

    def __init__(self, host: str, scheme: str = "http") -> None:
        self._host = host
        self._scheme = scheme
        self._handler: WSGIHandler | None = None

    def __call__(self, problem: Problem) -> Page:
        if self._handler is None:
            self._handler = WSGIHandler()
        close_old_connections()
        try:
            request = WSGIRequest(self._environ(problem))
            request.survey_problem = problem  # type: ignore[attr-defined]
            response: Any = self._handler.get_response(request)
            content = (
                b"".join(response.streaming_content) if response.streaming else response.content
            )
            response.close()
        finally:
            close_old_connections()
        status = problem.trouble.status if response.status_code == 200 else response.status_code
        headers = tuple(
            (name.lower().encode("latin-1"), value.encode("latin-1"))
            for name, value in response.items()
            if name.lower() not in ("content-length", "set-cookie")
        )
        return Page(status, headers, content)

    def _environ(self, problem: Problem) -> dict[str, Any]:
        prefix = "" if problem.language == "fi" else f"/{problem.language}"
        return {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": f"{prefix}/{problem.slug}/kysely/",
            "QUERY_STRING": "",
            "SERVER_NAME": self._host,
            "SERVER_PORT": "443" if self._scheme == "https" else "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": self._host,
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
            "wsgi.url_scheme": self._scheme,
        }
