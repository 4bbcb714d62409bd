"""MSAL's calls end in time and in memory, whatever the server sends."""

import contextlib
import itertools
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from bot.identity.entra.entra_session import make_session
from bot.identity.entra.msal_http import LARGEST, DiscoveryCache, MsalHttpClient, OversizedAnswerError

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with make_session() as made:
        yield made


@contextmanager
def sending(first: bytes, again: bytes = b"") -> Iterator[str]:
    """Serve `first` to every caller and then `again`, byte by byte, without end."""

    class Answer(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            with contextlib.suppress(OSError):
                while self.rfile.readline().strip():
                    pass
                self.wfile.write(first)
                for byte in itertools.cycle(again):
                    self.wfile.write(bytes([byte]))
                    time.sleep(0.001)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Answer) as server:
        serving = threading.Thread(target=server.serve_forever, args=(0.01,))
        serving.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/token"
        finally:
            server.shutdown()
            serving.join()


@pytest.mark.parametrize(
    ("first", "again"),
    [
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (b"HTTP/1.1 200 OK\r\nX-Long: ", b"a"),
        (HEAD + b"Content-Length: 1000000\r\n\r\n", b" "),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
        (HEAD + b"\r\n", b" "),
    ],
    ids=["status lines", "a header", "a body", "chunks", "no length"],
)
def test_call_ends_at_its_deadline_while_bytes_drip(session: requests.Session, first: bytes, again: bytes) -> None:
    with sending(first, again) as url:
        client = MsalHttpClient(session, DiscoveryCache(), 0.3)
        with pytest.raises(TimeoutError):
            client.post(url, data={"a": "b"})


def test_next_call_of_the_session_is_not_cut_off(session: requests.Session) -> None:
    with sending(HEAD + b"Content-Length: 1000000\r\n\r\n", b" ") as slow, pytest.raises(TimeoutError):
        MsalHttpClient(session, DiscoveryCache(), 0.0001).post(slow)
    with sending(HEAD + b"Content-Length: 2\r\n\r\n{}") as url:
        answer = MsalHttpClient(session, DiscoveryCache(), 60.0).post(url)
    assert (answer.status_code, answer.text) == (200, "{}")


def test_answer_without_end_is_not_kept(session: requests.Session) -> None:
    with sending(HEAD + b"\r\n" + b"a" * (LARGEST + 1)) as url, pytest.raises(OversizedAnswerError):
        MsalHttpClient(session, DiscoveryCache(), 60.0).post(url)


def test_redirect_is_returned_and_not_followed(session: requests.Session) -> None:
    with sending(b"") as other:
        location = f"Location: {other}\r\n".encode()
        with sending(b"HTTP/1.1 307 Elsewhere\r\n" + location + b"Content-Length: 0\r\n\r\n") as url:
            answer = MsalHttpClient(session, DiscoveryCache(), 60.0).post(url)
    assert answer.status_code == 307


def test_proxy_and_netrc_of_the_environment_are_not_used(
    session: requests.Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("default login someone password a-secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with sending(HEAD + b"Content-Length: 2\r\n\r\n{}") as url:
        response = session.get(url, timeout=60)
    assert response.status_code == 200
    assert "Authorization" not in response.request.headers
