"""How long the bot waits in the tests.

Forever, so that a slow machine changes nothing; or so shortly that an answer with a closed gate is always too late.
"""

import pytest

from bot.teams.activity.turn_limits import TurnLimits

FOREVER = 600.0
PATIENT = TurnLimits(
    typing_after=FOREVER,
    working_after=FOREVER,
    update_every=FOREVER,
    acknowledge_after=FOREVER,
    invoke_within=FOREVER,
    search_within=FOREVER,
)
HASTY = TurnLimits(working_after=0.05, update_every=0.05, acknowledge_after=0.3, invoke_within=0.2, search_within=0.1)

hasty = pytest.mark.parametrize("limits", [HASTY], ids=["hasty"])
"""For tests in which an answer takes too long: the stage's bot does not wait for it."""
