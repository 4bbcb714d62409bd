"""The question that the calendar of a card fills, which asks for a day. Pure."""

from dataclasses import replace

from bot.commands.command import Usage
from bot.commands.meaning import Act
from bot.domain.compared_days import Comparison
from bot.language.composing.reason import Reason
from bot.language.reading.reading import Reading
from bot.usage.command_buttons import form_button
from bot.usage.onward.next_questions import DAYS_BEFORE
from cards.views.form_payload import FormButton

# Why a day is asked for again.
_OTHER_DAY = frozenset({Reason.NO_SUCH_DAY, Reason.IMPOSSIBLE})


def day_form(reading: Reading, question: Usage | None) -> FormButton | None:
    """Return the button that asks `question` for the chosen day.

    None if no day is asked for. Without a choice, it compares with a month before, or asks for the newest figures.
    """
    meaning = reading.meaning
    if question is None or meaning is None or question.period is not None:
        return None
    missing = reading.reason is Reason.MISSING and reading.what == "day"
    if not missing and reading.reason not in _OTHER_DAY:
        return None
    if missing or meaning.act is Act.COMPARE or meaning.versus is not None:
        question = replace(question, versus=question.versus or Comparison(days=DAYS_BEFORE))
    return form_button(question)
