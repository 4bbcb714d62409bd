"""The attack list: every way in that is tried, each with the status and the reason it has to be refused with."""

from tests.integration.attacks import activities, channel_tokens, exchanges, pages, sso_tokens, wire
from tests.integration.attacks.scene import Attack

ATTACKS: tuple[Attack, ...] = (
    *channel_tokens.ATTACKS,
    *activities.ATTACKS,
    *sso_tokens.ATTACKS,
    *exchanges.ATTACKS,
    *pages.ATTACKS,
    *wire.ATTACKS,
)
