"""The question of a stored digest, as a command and as a sentence. Pure."""

from datetime import date

from bot.commands.command import Usage
from bot.commands.command_document import read
from bot.language.sentence.command_sentence import sentence_of
from bot.language.sentence.parser import parse
from bot.store.digests.digest_record import Digest


def command_of(digest: Digest) -> Usage | None:
    """Return the question of `digest`; None if it cannot be read.

    A sentence is read only for a digest that a process of release 0.1 has stored a moment ago.
    """
    if not digest.command:
        return command_in(digest.question)
    command = read(digest.command)
    return command if isinstance(command, Usage) else None


def command_in(sentence: str) -> Usage | None:
    """Return the question that release 0.1 stored as `sentence`; None if it is none.

    It is parsed without names: release 0.1 printed it so that it parses to the same question without them.
    """
    command = parse(sentence, today=date.max)
    return command if isinstance(command, Usage) else None


def question_of(digest: Digest) -> str:
    """Return the sentence that asks the question of `digest`.

    If the command cannot be read, this is the sentence as it is stored.
    """
    command = command_of(digest)
    return digest.question if command is None else sentence_of(command)
