"""Retries are logged with the error's `repr`: the service may repeat the question in its answer, the log may not."""

from bot.errors import ServiceDownError
from bot.partner_center.protocol.error_response import ErrorResponse, failure


def test_an_errors_repr_names_status_code_and_correlation_id_and_nothing_the_service_said() -> None:
    body = b'{"code": "800003", "description": "no luck with customerName eq \'Secret Ltd\'"}'
    error = failure(ErrorResponse(503, {"ms-correlationid": "c-1"}, body), sent="s-1", secret="", retry_after=None)
    assert "Secret Ltd" in str(error)
    assert repr(error) == "ServiceDownError(status=503, code=800003, correlation_id=c-1)"
    assert isinstance(error, ServiceDownError)
