"""The process ends in time, whatever hangs."""

import signal
import subprocess
import sys

from bot.cli.exit_deadline import EXIT_SECONDS

HANGING = """
import threading
from bot.cli.exit_deadline import exit_in

exit_in({seconds}, 1)
threading.Thread(target=threading.Event().wait).start()
"""


SERVING = """
import asyncio
from aiohttp import web
from bot.cli.commands import serve
from bot.settings import Settings

async def never(_):
    await asyncio.Event().wait()

def hanging(_):
    app = web.Application()
    app.on_cleanup.append(never)
    return app

serve.serve_app, serve.EXIT_SECONDS = hanging, 0.1
asyncio.run(serve.serve(Settings(host="127.0.0.1", port=0)))
"""


def test_bot_that_hangs_when_it_is_stopped_ends_at_the_deadline() -> None:
    assert EXIT_SECONDS <= 20
    with subprocess.Popen([sys.executable, "-c", SERVING], stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            assert "Listening" in process.stderr.readline()
            process.send_signal(signal.SIGTERM)
            _, said = process.communicate(timeout=120)
        finally:
            process.kill()
    assert "did not end within 0.1 seconds" in said
    assert process.returncode == 1


def test_process_with_a_thread_that_never_ends_is_stopped() -> None:
    code = HANGING.format(seconds=0.1)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 1
    assert done.stderr == "usagebot: something did not end within 0.1 seconds; stopped without it.\n"


def test_process_that_ends_by_itself_waits_for_nothing() -> None:
    code = "from bot.cli.exit_deadline import exit_in\nexit_in(3600.0, 1)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
