"""Make files: ask as the caller, then write in a thread.

Each file is asked for anew with the caller's own token: no file is stored, here or in the database.
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace

from bot.commands.answer_kind import AnswerKind
from bot.commands.command import Export, ExportForm
from bot.domain.conversation import Caller
from bot.export.export_file import ExportFile, check_rows, file_name, write
from bot.export.export_table import ExportTable, export_table
from bot.export.renewal_table import renewal_table
from bot.names.name_index import NameIndex
from bot.partner_center.usage_client import Progress
from bot.usage.kinds.kind_answer import KindAnswer, ShownPart
from bot.usage.kinds.kind_answering import ask_kind
from bot.usage.kinds.selling.renewal_answer import RenewalAnswer
from bot.usage.name_choice import which
from bot.usage.query_plan import Unresolved, plan
from bot.usage.usage_answer import UsageAnswer, ask, view
from bot.usage.usage_services import UsageServices
from cards.views.answer_views import ErrorView, View
from cards.wording.locale_words import LocaleWords

# Files that are written at the same time. One of 50,000 rows takes ten seconds and 120 MB while it is written.
AT_ONCE = 2
_FILED = frozenset({AnswerKind.FIGURES, AnswerKind.RENEWALS})


class ExportMaker:
    """Makes the files of one process, so many at a time."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._room = asyncio.Semaphore(at_once)

    async def make(
        self,
        command: Export,
        caller: Caller,
        names: NameIndex,
        services: UsageServices,
        progress: Progress | None = None,
    ) -> ExportFile | View:
        """Return the file, or the view that asks what a name means or says why there are no rows.

        Raises ExportTooLargeError, PartnerCenterError and NotSignedInError.
        """
        if command.question.kind not in _FILED:
            return ErrorView("kind_no_file")
        planned = plan(command.question, names)
        if isinstance(planned, Unresolved):
            return which(planned, lambda question: replace(command, question=question))
        if command.question.kind is AnswerKind.RENEWALS:
            return await self._renewals(command, caller, names, services, progress)
        answered = await ask(command.question, caller, names, services, progress)
        if not isinstance(answered, UsageAnswer):
            return answered
        gone = () if answered.compared is None else answered.compared.gone
        count = len(answered.report.rows) + len(gone)
        if not count:
            return view(answered, 1, language=caller.locale)
        check_rows(count)
        words, at = LocaleWords.load(caller.locale), services.now()
        content = await self._written(lambda: export_table(answered, caller, at, words), command.form)
        scope = tuple(entry.label for entry in answered.plan.scope)
        day = max((each.day for each in answered.report.as_of), default=None)
        return ExportFile(file_name(scope, day, command.form), command.form, content, count, scope, day)

    async def _renewals(
        self,
        command: Export,
        caller: Caller,
        names: NameIndex,
        services: UsageServices,
        progress: Progress | None,
    ) -> ExportFile | View:
        """Return the file of renewals, or the view that is in its place, as `make` does."""
        answered = await ask_kind(command.question, caller, names, services, progress)
        if not isinstance(answered, RenewalAnswer):
            return ErrorView("kind_no_file") if isinstance(answered, KindAnswer) else answered
        count = sum(max(len(each.terms), 1) for each in answered.lines)
        if not count:
            return answered.view(ShownPart(1, today=services.today(caller), language=caller.locale))
        check_rows(count)
        words, at = LocaleWords.load(caller.locale), services.now()
        content = await self._written(lambda: renewal_table(answered, caller, at, words), command.form)
        scope = tuple(entry.label for entry in answered.plan.scope)
        day = max((day for each in answered.sources if (day := each.last or each.day)), default=None)
        name = file_name(scope, day, command.form, about="renewals")
        return ExportFile(name, command.form, content, count, scope, day)

    async def _written(self, table: Callable[[], ExportTable], form: ExportForm) -> bytes:
        async with self._room:
            return await asyncio.to_thread(lambda: write(table(), form))
