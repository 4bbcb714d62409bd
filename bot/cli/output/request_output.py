"""Print the request that a question sends, as text or as JSON.

Imports no server library, so that `explain` starts at once.
"""

from datetime import date

from bot.cli.output.exit_codes import ANSWERED
from bot.cli.output.streams import as_line, printable
from bot.commands.command import Command, Usage
from bot.language.sentence.command_sentence import sentence_of
from bot.programs.request_json import as_request, compared_plan, planned_params, request_as_json, usage_of
from bot.usage.query_plan import QueryPlan
from bot.usage.usage_view import selected


def tell_request(command: Command, planned: QueryPlan | None, form: str, today: date) -> int:
    """Print the requests of a plan; None is a sentence that needs no request.

    `today` decides the day of what is compared with days ago.
    """
    if planned is None:
        print(
            "null" if form == "json" else "No request: this is answered from the names you can see, or from the help."
        )
        return ANSWERED
    if form == "json":
        print(as_line(request_as_json(command, planned, today)))
        return ANSWERED
    request = as_request(planned)
    earlier = compared_plan(command, planned, today)
    print(f"{request['method']} {request['path']}")
    for name, value in planned_params(planned).items():
        print(f"  {name} = {printable(value)}")
    if earlier is not None:
        print(f"  and the same with processedDateTime = {earlier.query.processed}, to compare")
    for entry in (*planned.scope, *planned.excluded):
        if not entry.id:  # `explain` without --demo looks up no names
            print(f"  {printable(entry.name)} is looked up when you ask, and its id is sent in place of its name")
    if (asked := usage_of(command)) is not None and asked.mine:
        print("  and the ids of the customers that you follow, which are read when you ask")
    for each in planned.corrected:
        print(f"  {printable(each.typed)} was read as {printable(each.entry.label)}")
    print(f"  summed by {', '.join(planned.by)}")
    if isinstance(command, Usage) and selected(command):
        selecting = Usage(
            limit=command.limit,
            amounts=command.amounts,
            order=command.order,
            versus=command.versus,
            seats=command.seats,
        )
        kept = sentence_of(selecting).removeprefix(f"{sentence_of(Usage(seats=command.seats))} ")
        print(f"  of these {kept}")
    return ANSWERED
