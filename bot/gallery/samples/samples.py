"""The catalogue of samples: by name, in the order of the gallery. Pure.

A name is a part of the names of pictures, so it is kept.
"""

from collections.abc import Mapping
from types import MappingProxyType

from bot.gallery.samples.account_samples import ACCOUNT_SAMPLES
from bot.gallery.samples.alert_samples import ALERT_SAMPLES
from bot.gallery.samples.compared_samples import COMPARED_SAMPLES
from bot.gallery.samples.conversation_samples import CONVERSATION_SAMPLES
from bot.gallery.samples.digest_samples import DIGEST_SAMPLES
from bot.gallery.samples.seat_samples import SEAT_SAMPLES
from bot.gallery.samples.selling_samples import SELLING_SAMPLES
from bot.gallery.samples.trend_samples import TREND_SAMPLES
from bot.gallery.samples.usage_samples import USAGE_SAMPLES
from bot.usage.onward.ways_on import with_ways
from cards.views.answer_views import View

_EVERY = (
    USAGE_SAMPLES,
    COMPARED_SAMPLES,
    TREND_SAMPLES,
    SEAT_SAMPLES,
    SELLING_SAMPLES,
    CONVERSATION_SAMPLES,
    ACCOUNT_SAMPLES,
    DIGEST_SAMPLES,
    ALERT_SAMPLES,
)
SAMPLES: Mapping[str, View] = MappingProxyType(
    {name: with_ways(view) for samples in _EVERY for name, view in samples.items()}
)
