"""`explain --demo`: names are looked up in the simulated Partner Center.

The usage query itself is not sent.
"""

import asyncio
from dataclasses import replace

from bot.cli.explanation.person_clock import PersonClock
from bot.cli.logging_setup import configure_logs
from bot.cli.output.request_output import tell_request
from bot.cli.output.result_output import write_result
from bot.cli.output.told_reading_output import show_reading
from bot.commands.command import Command
from bot.demo.demo_services import demo_services
from bot.language.reading.sentence_reader import SentenceReader
from bot.names.name_index import NameIndex
from bot.programs.request_json import usage_of
from bot.usage.name_choice import which
from bot.usage.query_plan import QueryPlan, Unresolved, plan
from bot.usage.sentence_result import result_of
from bot.usage.sold.sold_reading import may_name_sold, with_sold
from cards.wording.locale_words import LocaleWords


def demo_names() -> tuple[NameIndex, NameIndex]:
    """Return the names of usage, and those with what was sold.

    They are those that the demo's person can see.

    The simulator that serves them runs only for this call.
    """
    configure_logs("error")
    return asyncio.run(_names())


async def _names() -> tuple[NameIndex, NameIndex]:
    async with demo_services() as services:
        directories = services.engine.services.directories
        return await directories.names(services.caller), await directories.sold_names(services.caller)


def explain_with_demo(question: str, form: str, clock: PersonClock) -> int:
    """Explain one question with the demo's directory of names."""
    usage, sold = demo_names()
    names, weighed = usage, SentenceReader(usage.spans, clock.local).weighed(question)
    if may_name_sold(weighed.reading, usage):
        second = SentenceReader(sold.spans, clock.local).weighed(question)
        if (chosen := with_sold(weighed.reading, second.reading, usage)) is not weighed.reading:
            names, weighed = sold, replace(second, reading=chosen)
    if form == "text":
        show_reading(question, weighed)
    command = result_of(weighed.reading, question)
    if not isinstance(command, Command):
        return write_result(command, "json" if form == "json" else "table", LocaleWords.load("en"))
    planned: QueryPlan | Unresolved | None = plan(asked, names) if (asked := usage_of(command)) is not None else None
    if isinstance(planned, Unresolved):
        return write_result(which(planned), "json" if form == "json" else "table", LocaleWords.load("en"))
    return tell_request(command, planned, form, clock.today)
