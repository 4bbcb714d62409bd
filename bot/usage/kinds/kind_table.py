"""The kinds of answers beside figures, in one table. Pure."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.commands.answer_kind import AnswerKind
from bot.usage.kinds.kind_answer import KindMaker

KINDS: Mapping[AnswerKind, KindMaker] = MappingProxyType({})
