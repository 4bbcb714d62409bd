"""Retries log the error's `repr`.

The service may repeat the question in its answer; the log must not contain it.
"""

from bot.errors import ServiceDownError
from bot.partner_center.protocol.error_response import ErrorResponse, failure


def test_an_errors_repr_has_ids_but_no_text_of_the_service() -> None:
    body = b'{"code": "800003", "description": "no luck with customerName eq \'Secret Ltd\'"}'
    error = failure(ErrorResponse(503, {"ms-correlationid": "c-1"}, body), sent="s-1", secret="", retry_after=None)
    assert "Secret Ltd" in str(error)
    assert repr(error) == "ServiceDownError(status=503, code=800003, correlation_id=c-1)"
    assert isinstance(error, ServiceDownError)
