"""The request that a question sends, as text and as JSON.

Imports no server library, so that `explain` starts at once.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bot.cli.output.exit_codes import ANSWERED
from bot.cli.output.streams import as_line, printable
from bot.commands.command import Command, Export, NewDigest, Usage
from bot.language.sentence.command_sentence import sentence_of
from bot.query.query_params import params
from bot.usage.query_plan import QueryPlan
from bot.usage.usage_view import selected

# The path of the documents' example; the prefix is a setting of the bot.
# https://learn.microsoft.com/en-us/partner-center/developer/get-licenses-usage-information#request-example
PATH = "/partner/v1/analytics/commercial/usage/license"


def usage_of(command: Command) -> Usage | None:
    """Return the question whose figures the command needs; None if it needs none."""
    if isinstance(command, Export | NewDigest):
        return command.question
    return command if isinstance(command, Usage) else None


def tell_request(command: Command, planned: QueryPlan | None, form: str, today: date) -> int:
    """Print the requests of a plan; None is a sentence that needs no request.

    `today` decides the day of what is compared with days ago.
    """
    if planned is None:
        print(
            "null" if form == "json" else "No request: this is answered from the names you can see, or from the help."
        )
        return ANSWERED
    request = as_request(planned)
    earlier = compared_plan(command, planned, today)
    if form == "json":
        compared = {} if earlier is None else {"compared": as_request(earlier)}
        print(as_line(request | compared | {key: said for key, said in spellings(planned).items() if said}))
        return ANSWERED
    print(f"{request['method']} {request['path']}")
    for name, value in planned_params(planned).items():
        print(f"  {name} = {printable(value)}")
    if earlier is not None:
        print(f"  and the same with processedDateTime = {earlier.query.processed}, to compare")
    for entry in (*planned.scope, *planned.excluded):
        if not entry.id:  # `explain` without --demo looks up no names
            print(f"  {printable(entry.name)} is looked up when you ask, and its id is sent in place of its name")
    for each in planned.corrected:
        print(f"  {printable(each.typed)} was read as {printable(each.entry.label)}")
    print(f"  summed by {', '.join(planned.by)}")
    if isinstance(command, Usage) and selected(command):
        selecting = Usage(limit=command.limit, amounts=command.amounts, order=command.order, versus=command.versus)
        kept = sentence_of(selecting).removeprefix(f"{sentence_of(Usage())} ")
        print(f"  of these {kept}")
    return ANSWERED


def compared_plan(command: Command, planned: QueryPlan, today: date) -> QueryPlan | None:
    """Return the plan of the earlier day; None if the question compares nothing."""
    asked = usage_of(command)
    day = asked.compared_day(today) if asked is not None else None
    return None if day is None else replace(planned, query=replace(planned.query, processed=day))


def as_request(planned: QueryPlan) -> dict[str, object]:
    """Return `{"method", "path", "params"}` of the request."""
    return {"method": "GET", "path": PATH, "params": dict(planned_params(planned))}


def spellings(planned: QueryPlan) -> dict[str, list[dict[str, str]]]:
    """Return the names that were typed otherwise.

    `corrected` were misspelled, of `assumed` only the beginning was typed.
    """
    return {
        key: [{"typed": each.typed, "taken": each.entry.name} for each in planned.corrected if each.assumed is assumed]
        for key, assumed in (("corrected", False), ("assumed", True))
    }


def planned_params(planned: QueryPlan) -> Mapping[str, str]:
    """Return the query parameters before they are encoded."""
    return params(planned.query)
