"""The composition root: the only place where the real parts are put together."""

from bot.app.answering import Engine, compose, engine
from bot.app.serve_app import CLOSE_SECONDS, Outside, serve_app
from bot.app.web_app import BOT, IDENTITY, SigningIn, bot_app

__all__ = [
    "BOT",
    "CLOSE_SECONDS",
    "IDENTITY",
    "Engine",
    "Outside",
    "SigningIn",
    "bot_app",
    "compose",
    "engine",
    "serve_app",
]
