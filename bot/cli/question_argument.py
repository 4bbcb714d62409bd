"""The question on a command line, with or without quotes around it.

Independent of the question's language.
"""

import argparse


def add_question(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    """Add the argument for the words of the question.

    The shell may have split them. Without `required`, there may be none.
    """
    parser.add_argument("question", nargs="+" if required else "*", help="what you would type in Teams")


def question_of(options: argparse.Namespace) -> str:
    """Return the words joined to one sentence.

    Several words in one argument were quoted in the shell: `ask usage for "Focus on IT"`.
    """
    words: list[str] = options.question
    return words[0] if len(words) == 1 else " ".join(map(_quoted, words))


def _quoted(word: str) -> str:
    return f'"{word}"' if " " in word and '"' not in word else word
