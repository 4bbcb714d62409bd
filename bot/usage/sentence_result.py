"""What a typed sentence leads to.

A command to carry out, or a view that asks or refuses. Pure.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.commands.answer_kind import AnswerKind
from bot.commands.command import (
    FIGURES_TOPIC,
    ChangeDigest,
    Command,
    DigestAction,
    Export,
    HandleDigest,
    Hello,
    Help,
    ListDigests,
    Name,
    NewDigest,
    Usage,
)
from bot.commands.documents.document_values import NAMES_LIMIT
from bot.commands.meaning import Act, Meaning, Named, Versus
from bot.commands.personal_command import PersonalChange
from bot.commands.verbs import TOPICS
from bot.domain.licensing import Dimension, Entry
from bot.language.composing.reason import Reason
from bot.language.composing.times import DATED_SCHEDULE
from bot.language.marking.worded_sentence import ENGLISH
from bot.language.reading.command_of import command_of
from bot.language.reading.not_offered import Contradiction, NotOffered
from bot.language.reading.reading import Reading, ReadingOutcome
from bot.language.sentence.command_sentence import sentence_of
from bot.names.correction import Correction
from bot.names.name_folding import loose
from bot.names.product_words import ProductName
from bot.names.span_lookup import bare
from bot.usage.command_buttons import ask_button, fill_button
from bot.usage.name_choice import details_of
from bot.usage.onward.asked_day import day_form
from bot.usage.onward.offered_instead import is_timed_twice, offered_instead
from bot.usage.onward.refused_words import is_only_sold, refused_words
from cards.views.answer_views import Choice, NoMatchView, NotUnderstoodView, PickerView, Suggestion, View
from cards.views.button_payload import FillButton

# In the place of a name that the person types.
ANOTHER = Name("…")
_CHOICES = 6
_MONTH = 31  # days
_NAMELESS = frozenset({Act.HELP, Act.ACCOUNT, Act.MANAGE})
_TOPICS = frozenset(verb.help_topic for verb in TOPICS)
_FIGURES = "data"  # "what does qualified mean?", "where do the figures come from?"
# Small talk is answered with a few questions to try, not with the whole help.
_GREETINGS = frozenset({"hello", "thanks", "ok", "bye", "chat"})


def corrections_in(reading: Reading) -> tuple[Correction, ...]:
    """Return the names that were typed otherwise than they are spelled.

    The answer must say so.
    """
    names = () if reading.meaning is None else reading.meaning.names
    return tuple(
        Correction(each.text, each.entries[0], assumed=each.assumed)
        for each in names
        if len(each.entries) == 1 and (each.corrected or (each.assumed and not _is_whole(each)))
    )


def _is_whole(named: Named) -> bool:
    """Return True if only a legal form was left out: `Hawthorn Plastics`."""
    return bare(loose(named.entries[0].name)) == bare(loose(named.text))


def needs_names(reading: Reading) -> bool:
    """Return True if the sentence may be about something that has a name.

    It was read without names.
    """
    meaning = reading.meaning
    if reading.reason is Reason.TOO_LONG:
        return False  # names make it no shorter
    if reading.not_understood or meaning is None:
        return True
    if meaning.act is Act.LIST:
        return meaning.of != "digests"
    return meaning.act not in _NAMELESS


def asks_something(reading: Reading) -> bool:
    """Return True if the sentence asks for something."""
    return any(span.taken_for for span in reading.understood)


def question_in(reading: Reading) -> Command | None:
    """Return the question that the next sentence may change.

    Also one that asks which of several is meant, and one whose product was sold and has no usage: "and sold?".
    """
    if reading.meaning is None or reading.not_understood:
        return None
    if reading.outcome is ReadingOutcome.REFUSE and not is_only_sold(reading):
        return None
    made = command_of(reading.meaning)
    return made.question if isinstance(made, Export) else made if isinstance(made, Usage | NewDigest) else None


def result_of(reading: Reading, text: str, language: str = ENGLISH) -> Command | View:
    """Return the command of a sentence, or the view that says why there is none.

    Sentences that the view offers are in `language`.
    """
    meaning = reading.meaning
    if reading.outcome is ReadingOutcome.HELP:
        topic = "" if meaning is None else meaning.topic
        if topic in _GREETINGS:
            return Hello()
        return Help(FIGURES_TOPIC) if topic == _FIGURES else Help(topic if topic in _TOPICS else None)
    if meaning is not None and reading.outcome is ReadingOutcome.ANSWER:
        return _carried_out(reading, meaning, text, language)
    return _asked(reading, meaning, text, language) or _refused(reading, text, language)


def _asked(reading: Reading, meaning: Meaning | None, text: str, language: str) -> Command | View | None:
    """Return what asks for what is missing or for which of several is meant; None if nothing can be chosen."""
    match reading.reason:
        case Reason.SEVERAL if reading.choices and reading.choices[0].names != reading.choices[-1].names:
            return _picker(reading)
        case Reason.NEAR:
            return _either(reading, text, language)
        case Reason.NO_SUCH_NAME:
            return _no_match(reading)
        case Reason.MISSING if meaning is not None and reading.what == "digest":
            # The store knows which digest was spoken of last.
            return _carried_out(reading, meaning, text, language) if _is_spoken_of(meaning) else ListDigests()
        case Reason.MISSING if meaning is not None:
            return _new_digest(reading, meaning)
    return None


def _new_digest(reading: Reading, meaning: Meaning) -> NewDigest | None:
    """Return the digest whose form asks for what is missing; None if it is something else that is missing."""
    made, question = command_of(meaning), _usage(meaning)
    if reading.what == "time":
        return (
            made
            if isinstance(made, NewDigest)
            else None
            if question is None
            else NewDigest(question, only=meaning.only)
        )
    says_more = reading.not_understood or meaning.names or meaning.schedule is not None
    alone = reading.what == "question" and meaning.act is Act.DIGEST and not says_more
    return NewDigest(Usage(), only=meaning.only) if alone else None


def _carried_out(reading: Reading, meaning: Meaning, text: str, language: str) -> Command | View:
    made = command_of(meaning)
    if isinstance(made, NotOffered):
        return _refused(replace(reading, reason=Reason.NOT_OFFERED, what=made.what), text, language)
    if isinstance(made, Contradiction):
        return _refused(replace(reading, reason=Reason.CONFLICT, what=""), text, language)
    if len(meaning.names) > NAMES_LIMIT:  # its buttons and digests could not be read back
        return _refused(replace(reading, reason=Reason.TOO_LONG, what=""), text, language)
    if reading.corrected and _changes(made):
        return _offered(made, reading, text, language)
    return made


def _is_spoken_of(meaning: Meaning) -> bool:
    return meaning.target == "last" and not meaning.names


def _changes(command: Command) -> bool:
    return isinstance(command, ChangeDigest | PersonalChange) or (
        isinstance(command, HandleDigest) and command.act is not DigestAction.OPEN
    )


def _offered(command: Command, reading: Reading, text: str, language: str) -> NotUnderstoodView:
    """Return a button for a command with a misspelt word: a guess changes nothing."""
    typed = reading.corrected[0].typed
    offer = Suggestion(sentence_of(command, language), ask_button(command))
    return NotUnderstoodView(text, "misspelt", max(text.find(typed), 0), typed, (offer,), facts_in(reading, typed))


def _either(reading: Reading, text: str, language: str) -> NotUnderstoodView:
    """Return the view with a button for each reading of the sentence, the likeliest first."""
    commands = [made for made in map(command_of, reading.choices) if isinstance(made, Command)]
    offers = tuple(Suggestion(sentence_of(each, language), ask_button(each)) for each in commands[:_CHOICES])
    facts = facts_in(reading, reading.what)
    return NotUnderstoodView(text, "near", max(text.find(reading.what), 0), reading.what, offers, facts)


def _usage(meaning: Meaning) -> Usage | None:
    """Return the usage question that keeps what was understood; None if nothing of one was."""
    figures = replace(meaning, act=Act.USAGE, kind=AnswerKind.FIGURES, step=None)
    kept = replace(figures, schedule=None, output="", measure=None)
    if any(len(each.entries) != 1 for each in kept.names):
        kept = replace(kept, names=tuple(each for each in kept.names if len(each.entries) == 1))
    if meaning.act is Act.TREND and meaning.period is None:  # the nearest that there is
        kept = replace(kept, versus=Versus(None, ago=_MONTH))
    dayless = replace(kept, period=None, versus=None, moved=None)
    if meaning.act is Act.MANAGE:  # its days are those of a digest
        kept = dayless = replace(dayless, day=None)
    for attempt in (kept, dayless, replace(dayless, conditions=(), keep=None)):
        made = command_of(attempt)
        if isinstance(made, Usage):
            return made
    return None


def _picker(reading: Reading) -> PickerView:
    """Return the view that asks which of several entries is meant."""
    entries = [_differing(reading.choices, each) for each in reading.choices]
    made = zip(entries, details_of(entries), map(command_of, reading.choices), strict=True)
    choices = tuple(
        Choice(entry.label, detail, ask_button(command, replace=True))
        for entry, detail, command in made
        if not isinstance(command, NotOffered | Contradiction)
    )
    other = _with_another(command_of(reading.choices[0]), entries[0])
    return PickerView(reading.what, entries[0].dimension.value, choices[:_CHOICES], len(reading.choices), other)


def _with_another(made: Command | NotOffered | Contradiction, entry: Entry) -> FillButton | None:
    """Return the button that asks the same with another name in place of that of `entry`."""
    if isinstance(made, NotOffered | Contradiction):
        return None
    buttons = (fill_button(made, name) for name in (entry.id, entry.name, entry.label) if name)
    return next((each for each in buttons if each is not None), None)


def _differing(choices: tuple[Meaning, ...], one: Meaning) -> Entry:
    """Return the entry by which this choice differs from the others."""
    for named in one.names:
        if any(named not in other.names for other in choices):
            return named.entries[0]
    return one.names[0].entries[0]


def _no_match(reading: Reading) -> NoMatchView:
    meaning = reading.meaning or Meaning()
    choices, act = [], meaning.act if meaning.act in (Act.FOLLOW, Act.IGNORE) else Act.USAGE
    for entry, detail in zip(nearest := reading.nearest[:3], details_of(nearest), strict=True):
        made = command_of(replace(meaning, names=(*meaning.names, Named(entry.name, (entry,))), act=act))
        if not isinstance(made, NotOffered | Contradiction):
            choices.append(Choice(entry.label, detail, ask_button(made, replace=True)))
    kind = Dimension.PRODUCT if ProductName.of(loose(reading.what)).is_sold else Dimension.CUSTOMER
    kind = reading.nearest[0].dimension if reading.nearest else kind
    typed = Entry(kind, reading.what, reading.what)
    made = command_of(replace(meaning, names=(*meaning.names, Named(reading.what, (typed,))), act=act))
    return NoMatchView(reading.what, kind.value, tuple(choices), _with_another(made, typed))


def _refused(reading: Reading, text: str, language: str) -> NotUnderstoodView:
    meanings = reading.choices or ((reading.meaning,) if reading.meaning is not None else ())
    asked = [made for each in meanings if (made := _usage(each)) is not None and made != Usage()]
    offered = offered_instead(reading) or asked
    suggestions = tuple(Suggestion(sentence_of(each, language), ask_button(each)) for each in offered)
    at, found = refused_words(reading, text)  # without the words in the sentence, none of it is marked
    problem = (reading.reason or Reason.NOT_UNDERSTOOD).value
    if reading.reason in (Reason.NOT_OFFERED, Reason.MISSING):
        what = "order" if reading.what.startswith("order_") else reading.what
        problem = f"{problem}.{what}"
    if is_timed_twice(reading):
        problem = f"{problem}.{DATED_SCHEDULE}"
    facts = facts_in(reading, found)
    other = _with_name(asked) if problem == f"{Reason.MISSING.value}.name" else None
    day = day_form(reading, next(iter(asked), None))
    return NotUnderstoodView(text if at >= 0 else "", problem, max(at, 0), found, suggestions, facts, other, day=day)


def facts_in(reading: Reading, found: str) -> tuple[str, ...]:
    """Return what was understood besides `found`.

    Names are as they are spelled, other parts as they were typed.
    """
    meaning = reading.meaning
    names = (
        {}
        if meaning is None
        else {each.text: each.entries[0].label for each in meaning.names if len(each.entries) == 1}
    )
    told = [
        names.get(each.text, each.text)
        for each in reading.understood
        if each.taken_for not in ("", "act") and each.text != found
    ]
    return tuple(dict.fromkeys(each for each in told if each.strip() and each != found))


def _with_name(asked: Sequence[Usage]) -> FillButton | None:
    """Return the button that asks about the customer whose name the person types."""
    question = asked[0] if asked else Usage()
    return fill_button(replace(question, customers=(*question.customers, ANOTHER)), ANOTHER.text)
