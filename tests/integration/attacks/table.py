"""The attack list.

Every entry point, with the status and the reason of the refusal.
"""

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
