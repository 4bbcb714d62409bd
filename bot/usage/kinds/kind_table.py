"""The kinds of answers beside figures, in one table. Pure."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.commands.answer_kind import AnswerKind
from bot.usage.kinds.kind_answer import KindMaker
from bot.usage.kinds.trend.trend_asking import TREND

KINDS: Mapping[AnswerKind, KindMaker] = MappingProxyType({AnswerKind.TREND: TREND})
