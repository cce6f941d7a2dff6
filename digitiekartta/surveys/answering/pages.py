"""Pages of problems, made by Django's own view of the form, with all that its middleware adds."""

from __future__ import annotations

import io
from typing import Any

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.db import close_old_connections

from .problems import Page, Problem


class DjangoPages:
    """Asks Django for the municipality's form (``/<kunta>/kysely/``) with a problem to tell.

    The view finds it by ``getattr(request, "survey_problem", None)`` and shows the form filled in
    with its fields, or tells what is to be told. No cookie comes along, and none is set.
    """

    def __init__(self) -> None:
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

    @staticmethod
    def _environ(problem: Problem) -> dict[str, Any]:
        prefix = "" if problem.language == "fi" else f"/{problem.language}"
        return {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": f"{prefix}/{problem.slug}/kysely/",
            "QUERY_STRING": "",
            "SERVER_NAME": problem.host,
            "SERVER_PORT": "443" if problem.scheme == "https" else "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": problem.host,
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
            "wsgi.url_scheme": problem.scheme,
        }
