"""Tests of the Playground process, with a stand-in for npx.

It is ready, refused, silent, or stopped.
"""

import os
import socket
import sys
from pathlib import Path

import pytest

from bot.demo.free_ports import free_port, is_free
from bot.demo.node_runtime import NodeRuntime, find_node
from bot.demo.playground import Playground, PlaygroundError, start_playground
from bot.demo.playground_people import FILE_NAME
from bot.domain.conversation import Caller

CALLER = Caller("7a4b8b8e-0d54-4a4c-9a3e-3b1f1d5a0001", "7a4b8b8e-0d54-4a4c-9a3e-3b1f1d5a0002", "Alex Wilber")

SERVER = """
import http.server, os, sys
port = int(sys.argv[sys.argv.index("--port") + 1])
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers(); self.wfile.write(b"pong")
    def log_message(self, *_): pass
open("seen", "w").write("\\n".join([*sys.argv[1:], os.environ["NODE_OPTIONS"]]))
http.server.HTTPServer(("127.0.0.1", port), Handler).serve_forever()
"""


async def start(tmp_path: Path, code: str, port: int | None = None) -> Playground:
    script = tmp_path / "npx.py"
    script.write_text(code, encoding="utf-8")
    node = NodeRuntime((sys.executable, str(script)), str(tmp_path))
    endpoint = "http://127.0.0.1:1/api/messages"
    return await start_playground(
        node, endpoint=endpoint, port=port or free_port(0, [0]), caller=CALLER, environ=os.environ
    )


def node_program() -> str:
    node = find_node(os.environ)
    assert node is not None, "the node dependency group is installed for the tests"
    return str(Path(node.folder) / "node")


def folder_of(playground: Playground) -> Path:
    return playground.process.folder


async def test_playground_is_ready_once_it_answers_and_gone_once_stopped(tmp_path: Path) -> None:
    playground = await start(tmp_path, SERVER)
    hints: list[str] = []
    await playground.ready(lambda: hints.append("slow"))
    folder = folder_of(playground)
    seen = (folder / "seen").read_text(encoding="utf-8").splitlines()
    assert (folder / FILE_NAME).is_file()
    assert seen[:3] == ["--yes", "@microsoft/m365agentsplayground@0.2.28", "start"]
    assert "loopback.cjs" in seen[-1]
    await playground.stop()
    await playground.stop()
    assert is_free(int(playground.url.rpartition(":")[2]))
    assert not folder.exists()


async def test_error_is_one_line_when_npm_has_no_network(tmp_path: Path) -> None:
    code = "import sys; print('npm error code ENOTFOUND', file=sys.stderr); sys.exit(1)"
    playground = await start(tmp_path, code)
    with pytest.raises(PlaygroundError, match="no network"):
        await playground.ready(lambda: None)
    await playground.stop()


async def test_error_is_the_playgrounds_own_log_entry(tmp_path: Path) -> None:
    code = (
        "import os; os.mkdir('devTools')\n"
        "open('devTools/m365agentsplayground.log', 'w').write('log x\\nerror Reason: ConfigFileParseError no\\n')"
    )
    playground = await start(tmp_path, code)
    with pytest.raises(PlaygroundError, match="ConfigFileParseError no"):
        await playground.ready(lambda: None)
    await playground.stop()


async def test_playground_that_never_answers_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.demo.playground.HINT_AFTER", 0.1)
    hints: list[str] = []
    playground = await start(tmp_path, "import time; time.sleep(60)")
    with pytest.raises(PlaygroundError, match="not ready within"):
        await playground.ready(lambda: hints.append("slow"), limit=0.6)
    assert hints == ["slow"]
    await playground.stop()


async def test_playground_is_not_blocked_when_it_prints_a_lot(tmp_path: Path) -> None:
    playground = await start(tmp_path, "print('x' * 3_000_000, flush=True)" + SERVER)
    await playground.ready(lambda: None)
    assert playground.process.exit_code is None
    await playground.stop()
    assert playground.process.exit_code is not None


async def test_node_listens_on_this_machine_only(tmp_path: Path) -> None:
    code = (
        "import os, sys\n"
        "port = sys.argv[sys.argv.index('--port') + 1]\n"
        "js = '''const s = require(\"http\").createServer((q, r) => r.end(JSON.stringify(s.address())));"
        "s.listen(+process.argv[1], () => {})'''\n"
        f"os.execvp({node_program()!r}, ['node', '-e', js, port])\n"
    )
    playground = await start(tmp_path, code)
    await playground.ready(lambda: None)
    port = int(playground.url.rpartition(":")[2])
    with socket.socket() as other, pytest.raises(ConnectionRefusedError):
        other.connect(("127.0.0.2", port))
    await playground.stop()
