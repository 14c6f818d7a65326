"""One kept-alive connection that asks and reads as cheaply as Python can.

The client shares the machine with the server: what it saves is not taken from what is measured.
"""

import socket
from types import TracebackType
from urllib.parse import urlsplit


class Line:
    """A connection; `get` and `post` give the status once the whole answer has come."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._host = parts.netloc
        self._socket = socket.create_connection((parts.hostname, parts.port), timeout=60)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self) -> "Line":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._socket.close()

    def get(self, path: str) -> int:
        """Ask as a browser does that reads compressed pages."""
        return self._ask(
            f"GET {path} HTTP/1.1\r\nHost: {self._host}\r\nAccept: text/html\r\n"
            "Accept-Encoding: gzip, deflate, br\r\n\r\n".encode()
        )

    def post(self, path: str, form: bytes) -> int:
        """Send a form from a page of the server itself."""
        head = (
            f"POST {path} HTTP/1.1\r\nHost: {self._host}\r\nAccept: text/html\r\n"
            f"Origin: http://{self._host}\r\nContent-Length: {len(form)}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
        )
        return self._ask(head.encode() + form)

    def _ask(self, request: bytes) -> int:
        self._socket.sendall(request)
        answer = b""
        while (end := answer.find(b"\r\n\r\n")) < 0:
            answer += self._more()
        head = answer[:end].lower()
        at = head.find(b"content-length:")
        if at < 0:
            raise OSError("an answer without its length")
        length = int(head[at + 15 :].split(b"\r\n", 1)[0])
        missing = end + 4 + length - len(answer)
        while missing > 0:
            missing -= len(self._more())
        return int(answer[9:12])

    def _more(self) -> bytes:
        piece = self._socket.recv(65536)
        if not piece:
            raise OSError("the server hung up")
        return piece
