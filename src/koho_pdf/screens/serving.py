"""The server on this machine: its port, its start link, its end. Door of uvicorn."""

from __future__ import annotations

import secrets  # noqa: TID251 - a token that nobody can guess; nothing that is built sees it
import socket
import threading
from collections.abc import Callable

import uvicorn

from koho_pdf.errors import UsageError
from koho_pdf.findings import error
from koho_pdf.screens.doorkeeper import App, Doorkeeper

HERE = "127.0.0.1"
_LONGEST_HEADERS = 32_768  # bytes of a request's first lines


class Serving:
    """A socket that is bound already, so that its link can be told before anybody asks. ``port`` 0 takes a free one.
    Raises UsageError (``desk-port``) where another program has the port.
    """

    def __init__(self, app: App, port: int = 0) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            self._socket.bind((HERE, port))
            self._socket.listen(64)  # from now on a browser waits rather than fails
        except OSError as fault:
            self._socket.close()
            told = f"ポート {port} は、ほかのプログラム（別の編集デスクなど）が使っています。"
            hint = "先に開いているほうを使うか、--port でほかの番号（1024から65535）を書いてください。"
            raise UsageError(error("desk-port", told, hint=hint)) from fault
        self.port = int(self._socket.getsockname()[1])
        token = secrets.token_urlsafe(32)
        hosts = f"{HERE}:{self.port}", f"localhost:{self.port}"
        self.link = f"http://{HERE}:{self.port}/start?key={token}"
        config = uvicorn.Config(
            Doorkeeper(app, token, hosts, f"koho-desk-{self.port}"),
            http="h11",
            ws="none",
            loop="asyncio",
            lifespan="on",
            proxy_headers=False,
            server_header=False,
            access_log=False,
            log_config=None,
            h11_max_incomplete_event_size=_LONGEST_HEADERS,
            timeout_graceful_shutdown=2,
            backlog=64,
        )
        self._server = uvicorn.Server(config)

    def run(self, ready: Callable[[str], None]) -> None:
        """Serve until Ctrl-C; ``ready`` is called with the start link as soon as the browser may come."""
        ready(self.link)
        try:
            self._server.run(sockets=[self._socket])
        finally:
            self._socket.close()

    def stop(self) -> None:
        """End ``run`` from another thread."""
        self._server.should_exit = True

    def beside(self) -> threading.Thread:
        """Serve in a thread of its own until ``stop``."""
        thread = threading.Thread(target=self.run, args=(lambda link: None,), daemon=True)
        thread.start()
        return thread
