"""uvicorn's HTTP protocol with a short cut to answers that stand ready."""

from __future__ import annotations

from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle


class QuickProtocol(HttpToolsProtocol):
    """Asks the application for a ready answer before it starts a task for the request.

    The application offers one by ``find(scope)`` (see ``ui.cache.answers.Answer``).
    """

    @staticmethod
    def fits() -> bool:
        """Whether this uvicorn has what the short cut builds on."""
        return callable(getattr(HttpToolsProtocol, "_start_asgi_task", None))

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._find = getattr(self.app, "find", None)

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        if self._find is None or app is not self.app or not cycle.keep_alive:
            super()._start_asgi_task(cycle, app)
            return
        ready = None if self.flow.write_paused else self._find(cycle.scope)
        if ready is None:
            super()._start_asgi_task(cycle, app)
            return
        lines = [ready.status_line]
        for name, value in cycle.default_headers:
            lines += (name, b": ", value, b"\r\n")
        lines.append(ready.head)
        self.transport.writelines((b"".join(lines), ready.content))
        cycle.response_started = cycle.response_complete = True
        cycle.on_response()
