"""The question of a stored digest, as a command and as a sentence. Pure."""

from datetime import UTC, datetime

from bot.commands.command import Usage
from bot.commands.command_document import read
from bot.language.marking.worded_sentence import ENGLISH
from bot.language.sentence.command_sentence import sentence_of
from bot.store.digests.digest_record import DamagedDigest, Digest
from bot.usage.offline_sentence import printed_command

_SOME_DAY = datetime(9000, 1, 1, tzinfo=UTC)  # release 0.1 stored no day that depends on today


def command_of(digest: Digest | DamagedDigest) -> Usage | None:
    """Return the question of `digest`; None if it cannot be read.

    A sentence is read only for a digest that a process of release 0.1 has stored a moment ago.
    """
    if not digest.command:
        return command_in(digest.question)
    command = read(digest.command)
    return command if isinstance(command, Usage) else None


def command_in(sentence: str) -> Usage | None:
    """Return the question that release 0.1 stored as `sentence`; None if it is none.

    It is read without names, which release 0.1 printed as they were typed. A name with words that are read today is
    not guessed: the question must be printed as the same sentence, whatever is in quotes.
    """
    command = printed_command(sentence, _SOME_DAY)
    if not isinstance(command, Usage) or _bare(sentence_of(command)) != _bare(sentence):
        return None
    return command


def _bare(sentence: str) -> str:
    return sentence.replace('"', "").casefold()


def question_of(digest: Digest | DamagedDigest, language: str = ENGLISH) -> str:
    """Return the sentence that asks the question of `digest`.

    It is in the language of who looks. If the command cannot be read, this is the sentence as it is stored.
    """
    command = command_of(digest)
    return digest.question if command is None else sentence_of(command, language)
