"""The composition root: the only package that puts the real parts together."""

from bot.app.answering import AnsweringParts, compose, engine
from bot.app.serve_app import CLOSE_SECONDS, ExternalServices, serve_app
from bot.app.web_app import BOT, IDENTITY, SigningIn, bot_app

__all__ = [
    "BOT",
    "CLOSE_SECONDS",
    "IDENTITY",
    "AnsweringParts",
    "ExternalServices",
    "SigningIn",
    "bot_app",
    "compose",
    "engine",
    "serve_app",
]
