"""The table of what a status and a code mean."""

import pytest

from bot.errors import AccessDeniedError, BadAnswerError, EndpointMissingError, MfaRequiredError, RoleMissingError
from bot.partner_center.protocol.answer_meanings import MEANINGS, meaning_of

ROWS = [(number, status) for number, row in enumerate(MEANINGS) for status in (row.statuses[0], row.statuses[-1])]


@pytest.mark.parametrize(("number", "status"), ROWS)
def test_every_row_of_the_table_decides_some_answer(number, status):
    row = MEANINGS[number]
    code = row.code if row.code is not None else "no such code"
    assert row.fits(status, code, row.words or "")
    earlier = [each for each in MEANINGS[:number] if each.fits(status, code, row.words or "")]
    # A general row covers statuses that rows before it decide; its own error must still be reachable.
    if not earlier:
        assert meaning_of(status, code, (row.words or "").upper()) is row.error
    else:
        assert len(row.statuses) > 1


@pytest.mark.parametrize("row", MEANINGS, ids=lambda row: f"{row.statuses}-{row.code}-{row.words}")
def test_every_row_is_the_first_that_fits_for_some_status(row):
    code = row.code if row.code is not None else "no such code"
    assert any(
        next(each for each in MEANINGS if each.fits(status, code, row.words or "")) is row for status in row.statuses
    )


@pytest.mark.parametrize("status", range(400, 500))
@pytest.mark.parametrize(
    ("code", "error"), [("900421", MfaRequiredError), ("900150", RoleMissingError), ("2032", AccessDeniedError)]
)
def test_a_refusal_of_access_is_one_with_any_status(status, code, error):
    assert meaning_of(status, code, "") is error


def test_only_not_found_and_gone_say_that_the_report_is_missing():
    missing = {status for status in range(200, 600) if meaning_of(status, "", "") is EndpointMissingError}
    assert missing == {404, 410}


@pytest.mark.parametrize("status", [0, 100, 204, 206, 302, 399, 1000, 99999])
def test_a_status_that_is_no_refusal_is_a_bad_answer(status):
    assert meaning_of(status, None, "") is BadAnswerError
