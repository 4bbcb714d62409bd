"""Ask the language model about a sentence that was not understood."""

from dataclasses import replace

from bot.handlers.handler_context import HandlerContext
from bot.language.composing.reason import Reason
from bot.language.reading.reading import Reading
from bot.names.name_index import NameIndex
from bot.usage.onward.proposed_reading import proposed_reading
from cards.views.answer_views import NotUnderstoodView, View
from cards.wording.language_tag import language_of


async def with_proposal(view: View, reading: Reading, text: str, asked: HandlerContext) -> View:
    """Return the view with what the model made of `text`.

    Only a sentence with something that was not understood leads to the model, and only if the names of the person are
    known, by which its answer is checked. Never raises.
    """
    proposals = asked.services.proposals
    if proposals is None or reading.reason is not Reason.NOT_UNDERSTOOD or not isinstance(view, NotUnderstoodView):
        return view
    if not isinstance(asked.known, NameIndex):
        return view
    today = asked.services.today(asked.caller)
    command = await proposals.propose(text, language_of(asked.caller.locale), today)
    made = None if command is None else proposed_reading(command, text, asked.known, asked.caller.locale)
    return view if made is None else replace(view, proposal=made)
