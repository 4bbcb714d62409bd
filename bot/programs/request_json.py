"""The request that a question sends, as JSON, for programs.

Imports no server library, so that `explain` starts at once.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from bot.commands.command import Command, Export, NewDigest, Usage
from bot.domain.report_kind import ReportKind
from bot.query.query_params import params
from bot.usage.query_plan import QueryPlan

# The path of the documents' example; the prefix is a setting of the bot.
# https://learn.microsoft.com/en-us/partner-center/developer/get-licenses-usage-information#request-example
PATHS = MappingProxyType(
    {
        ReportKind.USAGE: "/partner/v1/analytics/commercial/usage/license",
        ReportKind.DEPLOYMENT: "/partner/v1/analytics/commercial/deployment/license",
    }
)


def usage_of(command: Command) -> Usage | None:
    """Return the question whose figures the command needs; None if it needs none."""
    if isinstance(command, Export | NewDigest):
        return command.question
    return command if isinstance(command, Usage) else None


def request_as_json(command: Command, planned: QueryPlan, today: date) -> dict[str, object]:
    """Return `{"method", "path", "params"}` of the request.

    `compared` is that of the earlier day, if two days are compared; `today` decides the day of what is compared with
    days ago. `corrected` and `assumed` are names that were typed otherwise, if there are any. `mine` is there if the
    customers that the person follows are added to the filter when the question is asked.
    """
    earlier = compared_plan(command, planned, today)
    compared = {} if earlier is None else {"compared": as_request(earlier)}
    asked = usage_of(command)
    mine = {"mine": True} if asked is not None and asked.mine else {}
    return as_request(planned) | compared | mine | {key: said for key, said in spellings(planned).items() if said}


def compared_plan(command: Command, planned: QueryPlan, today: date) -> QueryPlan | None:
    """Return the plan of the earlier day; None if the question compares nothing."""
    asked = usage_of(command)
    day = asked.compared_day(today) if asked is not None else None
    return None if day is None else replace(planned, query=replace(planned.query, processed=day))


def as_request(planned: QueryPlan) -> dict[str, object]:
    """Return `{"method", "path", "params"}` of the request."""
    return {"method": "GET", "path": PATHS[planned.query.report], "params": dict(planned_params(planned))}


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
