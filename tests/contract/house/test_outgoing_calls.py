"""Only `bot/outgoing` and the session for Entra open connections to services.

So the policy of bot/outgoing/http_session.py holds for each call: a call made in another way is found here.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
MADE_HERE = {
    "ClientSession": "bot/outgoing/http_session.py",
    "TCPConnector": "bot/outgoing/http_session.py",
    "create_default_context": "bot/outgoing/tls_policy.py",
    "SSLContext": "",
    "Session": "bot/identity/entra/entra_session.py",
    "urlopen": "",
    "HTTPConnection": "",
    "HTTPSConnection": "",
    "PoolManager": "",
    "AsyncClient": "",
}
REFUSED_OPTIONS = {"proxy", "proxy_auth", "trust_env", "allow_redirects", "verify_ssl", "ssl"}
CLIENTS = {"httpx", "urllib3", "http.client", "urllib.request", "websockets"}
# It sets up the connections of requests.
IMPORTED_BY = {"bot/identity/entra/entra_session.py"}


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            yield getattr(called, "attr", getattr(called, "id", "")), node


def is_of_a_server(call: ast.Call) -> bool:
    """Return True for a TLS context that a server listens with."""
    return any(getattr(each, "attr", "") == "CLIENT_AUTH" for each in call.args)


def faults(path: str, tree: ast.AST) -> Iterator[str]:
    """Yield what in a file would go around the policy."""
    for name, call in calls(tree):
        if MADE_HERE.get(name, path) != path and not is_of_a_server(call):
            yield f"{path}:{call.lineno}: {name}(…)"
        for option in call.keywords:
            off = isinstance(option.value, ast.Constant) and option.value.value is False
            refused = option.arg in REFUSED_OPTIONS and not (off and option.arg in ("allow_redirects", "trust_env"))
            if refused and not path.startswith("bot/outgoing/"):
                yield f"{path}:{call.lineno}: {option.arg}="


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


FILES = {str(path.relative_to(ROOT)): path for path in sorted((ROOT / "bot").rglob("*.py"))}


def test_every_call_is_made_in_a_session_of_the_policy() -> None:
    found = [fault for path, file in FILES.items() for fault in faults(path, ast.parse(file.read_text("utf-8")))]
    assert found == []


def test_no_other_client_of_http_is_imported() -> None:
    importers = {
        path: names & CLIENTS
        for path, file in FILES.items()
        if (names := set(imported(ast.parse(file.read_text("utf-8"))))) & CLIENTS and path not in IMPORTED_BY
    }
    assert importers == {}


@pytest.mark.parametrize(
    "code",
    [
        "aiohttp.ClientSession()",
        "session.get(url, allow_redirects=True)",
        "session.get(url, proxy=address)",
        "session.get(url, ssl=False)",
        "requests.Session()",
        "ssl.create_default_context()",
        "ssl.create_default_context(ssl.Purpose.SERVER_AUTH)",
        "session.get(url, ssl=ssl.create_default_context(ssl.Purpose.CLIENT_AUTH))",
        "urlopen(url)",
    ],
)
def test_call_around_the_policy_is_found(code: str) -> None:
    assert list(faults("bot/app/answering.py", ast.parse(code)))
