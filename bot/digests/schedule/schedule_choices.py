"""The schedules that are offered if the caller names none. Pure."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time

from bot.commands.command import Command
from bot.digests.schedule.schedule_view import schedule_view
from bot.domain.recurrence import EVERY_DAY, LAST_DAY, WEEKDAYS, Monthly, Schedule, Weekly
from bot.usage.command_buttons import ask_button
from cards.views.digest_views import ScheduleChoicesView

AT = time(9)
OFFERED = (
    Schedule(Weekly(frozenset({0})), AT),
    Schedule(Weekly(WEEKDAYS), AT),
    Schedule(Weekly(EVERY_DAY), AT),
    Schedule(Monthly(1), AT),
    Schedule(Monthly(LAST_DAY), AT),
)


def schedule_choices(
    question: str, zone: str, scheduled: Callable[[Schedule], Command], number: int | None = None
) -> ScheduleChoicesView:
    """Return the card that asks "How often?".

    `scheduled` returns the command with a schedule; `number` is that of the digest to be changed. The buttons name the
    same zone as the card, so that they mean the same for every user who presses them.
    """
    offered = [replace(schedule, zone=zone) for schedule in OFFERED]
    choices = tuple((schedule_view(schedule), ask_button(scheduled(schedule), replace=True)) for schedule in offered)
    return ScheduleChoicesView(question, choices, number)
