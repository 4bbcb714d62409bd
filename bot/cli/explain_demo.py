"""`explain --demo`: names looked up in the simulated Partner Center, the usage query itself not sent."""

import asyncio

from bot.cli.logging_setup import configure_logs
from bot.cli.output.exit_codes import NOT_UNDERSTOOD
from bot.cli.output.parse_error import complain
from bot.cli.output.request_output import tell_request
from bot.cli.output.result_output import write_result
from bot.commands.command import NotUnderstood, Usage
from bot.demo.demo_services import stage
from bot.language.sentence.parser import parse
from bot.usage.name_choice import which
from bot.usage.query_plan import QueryPlan, Unresolved, plan
from cards.wording.locale_words import LocaleWords


def explain_with_demo(question: str, form: str) -> int:
    """Explain one question with the demo's directory of names."""
    configure_logs("error")
    return asyncio.run(_explain(question, form))


async def _explain(question: str, form: str) -> int:
    async with stage() as set_up:
        services, caller = set_up.engine.services, set_up.caller
        names = await services.directories.names(caller)
        command = parse(question, today=services.today(caller), knows=names.knows)
    if isinstance(command, NotUnderstood):
        complain(question, command, as_json=form == "json")
        return NOT_UNDERSTOOD
    planned: QueryPlan | Unresolved | None = plan(command, names) if isinstance(command, Usage) else None
    if isinstance(planned, Unresolved):
        return write_result(which(planned), "json" if form == "json" else "table", LocaleWords.load("en"))
    return tell_request(command, planned, form)
