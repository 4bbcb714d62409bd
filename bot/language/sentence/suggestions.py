"""Suggest whole sentences for one that was not understood. Pure.

Only sentences that the parser understands are suggested: first the typed text with the wrong word corrected, then the
most similar examples of the verbs.
"""

from collections.abc import Callable, Iterator
from itertools import islice

from rapidfuzz import fuzz, process

from bot.commands.command import Clause, ListDigests, NotUnderstood, ParseProblem, Usage
from bot.commands.verbs import VERBS, VerbArgument, VerbSpec, verb_of
from bot.language.text.lexicon import Lexicon
from bot.language.text.message_text import escape, plain, tidy

_COUNT = 3
_TRIED = 8  # corrected sentences: each is parsed as a whole
_LENGTH = 300  # characters: a longer text is not corrected
_SHORT = 5  # words: a text of so few words may be a name
_REPLACED = frozenset(
    {
        ParseProblem.BAD_DATE,
        ParseProblem.FUTURE_DATE,
        ParseProblem.BAD_DIMENSION,
        ParseProblem.BAD_NUMBER,
        ParseProblem.BAD_SCHEDULE,
        ParseProblem.BAD_TIME,
        ParseProblem.BAD_ZONE,
    }
)
_EXAMPLES = tuple(example.text for verb in VERBS for example in verb.examples if example.offered and not verb.changes)
_SEARCHES: tuple[VerbSpec, ...] = tuple(verb for verb in VERBS if verb.argument is VerbArgument.SEARCH)


def suggestions(
    text: str, problem: NotUnderstood, lexicon: Lexicon, understood: Callable[[str], bool]
) -> tuple[str, ...]:
    """Return at most three sentences, the best first.

    `understood` decides whether one may be suggested.
    """
    return tuple(islice(filter(understood, _once(_candidates(text, problem, lexicon))), _COUNT))


def _once(sentences: Iterator[str]) -> Iterator[str]:
    seen: set[str] = set()
    for sentence in sentences:
        if sentence not in seen:
            seen.add(sentence)
            yield sentence


def _candidates(text: str, problem: NotUnderstood, lexicon: Lexicon) -> Iterator[str]:
    if len(text) <= _LENGTH and problem.problem not in (ParseProblem.EMPTY, ParseProblem.TOO_LONG):
        yield from islice(_mended(text, problem, lexicon), _TRIED)
    yield from _nearest(text)


def _mended(text: str, problem: NotUnderstood, lexicon: Lexicon) -> Iterator[str]:
    before, after = text[: problem.at], text[problem.at :]
    match problem.problem:
        case ParseProblem.UNKNOWN:
            words = tidy(plain(text).text)
            if len(words.split()) <= _SHORT:
                name = '"' + escape(words.replace('"', "")) + '"'
                yield f"{lexicon.canonical[verb_of(Usage()).role]} {lexicon.canonical[Clause.FOR]} {name}"
                yield from (f"{lexicon.canonical[verb.role]} {name}" for verb in _SEARCHES)
        case ParseProblem.MISSING_NAME if after.strip():
            yield from _quoted(before, after, lexicon)
        case ParseProblem.MISSING_NUMBER:
            yield lexicon.canonical[verb_of(ListDigests()).role]
        case _ if problem.problem in _REPLACED:
            rest = after[len(problem.found) :] if after.startswith(problem.found) else ""
            for right in _near(problem.found, problem.expected):
                yield _sentence(f"{before} {right} {rest}")
        case ParseProblem.UNEXPECTED | ParseProblem.TWICE:
            if after.startswith(problem.found):
                yield _sentence(f"{before} {after[len(problem.found) :]}")
            kept = before.split()
            for count in range(len(kept), max(len(kept) - 3, 0), -1):
                yield _sentence(" ".join(kept[:count]))


def _quoted(before: str, after: str, lexicon: Lexicon) -> Iterator[str]:
    """Yield sentences with the words of `after` as one quoted name, up to a keyword that may begin the next clause."""
    words = tidy(plain(after).text).replace('"', "").rstrip(" ?!.").split()
    for cut in (*range(len(words) - 1, 0, -1), len(words)):
        if cut == len(words) or words[cut].casefold() in lexicon.phrases:
            name, rest = " ".join(words[:cut]), " ".join(words[cut:])
            yield escape(f'{tidy(plain(before).text)} "{name}" {rest}'.strip())


def _near(found: str, expected: tuple[str, ...]) -> list[str]:
    """Return `expected`, sorted by similarity to the typed text; equal ones keep their order."""
    return sorted(expected, key=lambda right: -fuzz.ratio(found.casefold(), right))


def _nearest(text: str) -> list[str]:
    typed = tidy(plain(text[:_LENGTH]).text).casefold()
    ranked = process.extract(
        typed, _EXAMPLES, scorer=fuzz.token_set_ratio, processor=str.casefold, limit=len(_EXAMPLES)
    )
    return [sentence for sentence, _, _ in ranked]


def _sentence(text: str) -> str:
    return escape(tidy(plain(text).text))
