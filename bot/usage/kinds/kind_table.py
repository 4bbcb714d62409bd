"""The kinds of answers beside figures, in one table. Pure."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.commands.answer_kind import AnswerKind
from bot.usage.kinds.kind_answer import KindMaker
from bot.usage.kinds.selling import call_answer, renewal_answer, sold_use_answer
from bot.usage.kinds.selling.ask_calls import ask_calls
from bot.usage.kinds.selling.ask_renewals import ask_renewals
from bot.usage.kinds.selling.ask_sold_use import ask_sold_use
from bot.usage.kinds.trend.trend_asking import TREND

KINDS: Mapping[AnswerKind, KindMaker] = MappingProxyType(
    {
        AnswerKind.TREND: TREND,
        AnswerKind.RENEWALS: KindMaker(ask_renewals, renewal_answer.unpack),
        AnswerKind.CALLS: KindMaker(ask_calls, call_answer.unpack),
        AnswerKind.SOLD_USE: KindMaker(ask_sold_use, sold_use_answer.unpack),
    }
)
