"""Build the view of a digest whose question is of another kind than figures. Pure."""

from datetime import date

from bot.commands.command import ChangeDigest, DigestAction, HandleDigest
from bot.digests.content.digest_content import ROWS, moment_in_zone
from bot.digests.content.previous_totals import PreviousTotals
from bot.digests.schedule.schedule_view import schedule_view
from bot.domain.figures import LicenseFigures
from bot.store.digests.digest_record import Digest
from bot.usage.command_buttons import ask_button
from bot.usage.kinds.kind_answer import KindAnswer, ShownPart
from cards.views.kinds.kind_digest_view import KindDigestView

# Nothing of such an answer is compared with the next one.
NO_TOTALS = PreviousTotals((), {}, 0, LicenseFigures(), {})


def kind_digest(
    digest: Digest,
    answered: KindAnswer,
    *,
    late_for: float | None = None,
    skipped: bool = False,
    today: date | None = None,
) -> KindDigestView:
    """Return the view of `digest`, with the first rows of the answer.

    `late_for` is when the digest was due (Unix seconds) if it is noticeably late, otherwise None. `skipped`: earlier
    occurrences were skipped.
    """
    return KindDigestView(
        number=digest.number,
        content=answered.view(ShownPart(ROWS, today=today, language=digest.locale, posted=True)),
        when=schedule_view(digest.schedule),
        owner=digest.owner_name,
        late_for=None if late_for is None else moment_in_zone(late_for, digest),
        skipped=skipped,
        open=ask_button(HandleDigest(DigestAction.OPEN, digest.number)),
        settings=ask_button(ChangeDigest(digest.number)),
    )
