"""What is repeated, with which request id, and which error is raised in the end."""

import asyncio
import base64
import gzip
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from aiohttp import web

from bot.domain.licensing import Dimension
from bot.errors import (
    AccessDeniedError,
    BadAnswerError,
    BadRequestError,
    ClaimsChallengeError,
    ConditionalAccessError,
    DeadlineError,
    MfaRequiredError,
    NotSignedInError,
    NotYourCustomerError,
    RoleMissingError,
    ServiceDownError,
    ThrottledError,
    TokenRefusedError,
)
from bot.query.usage_query import UsageQuery
from tests.shown_figures import of

ALL = UsageQuery()


async def total(client, caller):
    return (await client.tally(caller, ALL, ())).tally.report().total


def reset(request):
    request.transport.abort()
    return web.Response()


async def cut_off(request):
    response = web.StreamResponse()
    response.content_length = 1000
    await response.prepare(request)
    await response.write(b'{"Value":[')
    request.transport.close()
    return response


async def silent(_request):
    await asyncio.Event().wait()


async def test_the_documented_headers_are_sent(servers, client, say, alice):
    script = await servers(say.page(say.row()))
    assert await total(client(script), alice) == of(1, 2)
    headers = script.requests[0].headers
    assert headers["Authorization"] == "Bearer token-alice-1"
    assert (headers["ValidateMfa"], headers["X-Locale"], headers["Accept"]) == ("true", "nl-NL", "application/json")
    assert script.requests[0].path == "/partner/v1/analytics/commercial/usage/license"
    assert "Cookie" not in headers


async def test_the_request_id_is_new_when_an_answer_came(servers, client, say, alice):
    script = await servers(say.refusal(503), say.refusal(500, "800003"), say.page(say.row()))
    assert await total(client(script), alice) == of(1, 2)
    assert len(set(script.sent("MS-RequestId"))) == 3
    assert len(set(script.sent("MS-CorrelationId"))) == 1


@pytest.mark.parametrize(("lost", "limits"), [(reset, {}), (cut_off, {}), (silent, {"attempt": 2.0})])
async def test_the_request_id_is_kept_when_no_answer_came(servers, client, say, alice, lost, limits):
    script = await servers(lost, say.page(say.row()))
    assert await total(client(script, **limits), alice) == of(1, 2)
    assert len(script.requests) == 2
    assert len(set(script.sent("MS-RequestId"))) == 1


async def test_service_down_carries_the_correlation_id_of_the_answer(servers, client, say, alice):
    script = await servers(say.refusal(503, headers={"MS-CorrelationId": "theirs"}))
    with pytest.raises(ServiceDownError) as caught:
        await total(client(script, attempts=3), alice)
    assert len(script.requests) == 3
    assert (caught.value.correlation_id, caught.value.status) == ("theirs", 503)


async def test_service_down_is_raised_when_no_server_listens(client, servers, say, alice, unused_tcp_port):
    script = await servers(say.page())
    script.url = f"http://127.0.0.1:{unused_tcp_port}"
    with pytest.raises(ServiceDownError) as caught:
        await total(client(script, attempts=2), alice)
    assert len(caught.value.correlation_id) == 36


async def test_a_refused_token_is_renewed_once(servers, client, say, alice, tokens):
    script = await servers(say.refusal(401, "400"), say.page(say.row()))
    assert await total(client(script), alice) == of(1, 2)
    assert script.sent("Authorization") == ["Bearer token-alice-1", "Bearer token-alice-2"]
    assert tokens.asked == [("alice", None), ("alice", "token-alice-1")]


async def test_token_refused_is_raised_without_the_token_in_the_message(servers, client, say, alice):
    script = await servers(lambda request: web.Response(status=401, text=f"bad: {request.headers['Authorization']}"))
    with pytest.raises(TokenRefusedError) as caught:
        await total(client(script), alice)
    assert len(script.requests) == 2
    assert "token-alice" not in f"{caught.value!r} {caught.value.problem} {caught.value.code}"


async def test_the_same_token_is_not_sent_again(servers, client, say, alice, tokens):
    tokens.fixed = True
    script = await servers(say.refusal(401, "900421"))
    with pytest.raises(MfaRequiredError):
        await total(client(script), alice)
    assert len(script.requests) == 1


CLAIMS = base64.b64encode(b'{"access_token":{"nbf":{"essential":true,"value":"1"}}}').decode()
CHALLENGE = {"WWW-Authenticate": f'Bearer error="insufficient_claims", claims="{CLAIMS}"'}


@pytest.mark.parametrize(
    "refused", [(403, "900150", {}), (403, "900309", {}), (403, "2032", {}), (403, "", CHALLENGE), (401, "", CHALLENGE)]
)
async def test_after_a_403_the_token_of_a_newer_sign_in_is_sent_once(
    servers, client, say, alice, tokens, refused
) -> None:
    status, code, headers = refused
    tokens.of_newer_sign_in = "newer"
    script = await servers(say.refusal(status, code, headers=headers), say.page(say.row()))
    assert await total(client(script), alice) == of(1, 2)
    assert script.sent("Authorization") == ["Bearer token-alice-1", "Bearer newer"]
    assert tokens.looked == ["token-alice-1"]


@pytest.mark.parametrize("newer", [None, "newer"])
async def test_a_newer_sign_in_is_looked_for_once(servers, client, say, alice, tokens, newer):
    tokens.of_newer_sign_in = newer
    script = await servers(say.refusal(403, "900150"))
    with pytest.raises(RoleMissingError):
        await total(client(script), alice)
    assert tokens.looked == ["token-alice-1"]
    assert len(script.requests) == (1 if newer is None else 2)


async def test_no_request_is_sent_when_the_caller_is_not_signed_in(servers, client, say, alice, tokens):
    async def not_signed_in(_caller, *, refused=None):
        raise NotSignedInError(str(refused))

    tokens.token = not_signed_in
    script = await servers(say.page())
    with pytest.raises(NotSignedInError):
        await total(client(script), alice)
    assert script.requests == []


@pytest.mark.parametrize(
    ("status", "code", "expected"),
    [
        (400, "3000", BadRequestError),
        (403, "2032", AccessDeniedError),
        (403, "20002", NotYourCustomerError),
        (403, "900150", RoleMissingError),
        (403, "900309", ConditionalAccessError),
        (302, "", BadAnswerError),
    ],
)
async def test_a_permanent_error_is_not_repeated(servers, client, say, alice, status, code, expected):
    script = await servers(say.refusal(status, code, {"Location": "/elsewhere"}))
    with pytest.raises(expected) as caught:
        await total(client(script), alice)
    assert len(script.requests) == 1
    assert caught.value.correlation_id == script.sent("MS-CorrelationId")[0]


async def test_the_token_is_not_sent_to_a_redirect_target(servers, client, say, alice):
    other = await servers(say.page(say.row()))
    script = await servers(say.refusal(307, headers={"Location": f"{other.url}/x"}))
    with pytest.raises(BadAnswerError):
        await total(client(script), alice)
    assert other.requests == []


@pytest.mark.parametrize("pause", ["0", "0.01"])
async def test_a_throttled_request_waits_for_retry_after(servers, client, say, alice, pause):
    script = await servers(say.refusal(429, headers={"Retry-After": pause}), say.page(say.row()))
    assert await total(client(script), alice) == of(1, 2)
    assert len(script.requests) == 2


@pytest.mark.parametrize(
    "pause", ["57", format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)], ids=["seconds", "a date"]
)
async def test_throttled_is_raised_at_once_when_the_pause_is_too_long(servers, client, say, alice, pause):
    script = await servers(say.refusal(429, headers={"Retry-After": pause}))
    with pytest.raises(ThrottledError) as caught:
        await total(client(script, deadline=50.0), alice)
    assert len(script.requests) == 1
    assert caught.value.retry_after >= 50


async def test_deadline_error_is_raised_when_an_answer_takes_too_long(servers, client, say, alice):
    script = await servers(silent)
    with pytest.raises(DeadlineError) as caught:
        await total(client(script, deadline=1.0), alice)
    assert caught.value.correlation_id == script.sent("MS-CorrelationId")[0]


async def test_attempts_end_with_the_deadline(servers, client, say, alice):
    script = await servers(say.refusal(503))
    with pytest.raises(DeadlineError):
        await total(client(script, deadline=0.3, attempts=1000, first_pause=0.05, longest_pause=0.05), alice)
    assert len(script.requests) < 20


@pytest.mark.parametrize("garbage", [b"<html>", b"", b'{"Value":[{"x'])
async def test_an_unreadable_answer_is_requested_once_more(servers, client, say, alice, garbage):
    script = await servers(web.Response(body=garbage), say.page(say.row()))
    assert await total(client(script), alice) == of(1, 2)
    script = await servers(web.Response(body=garbage, headers={"MS-CorrelationId": "theirs"}))
    with pytest.raises(BadAnswerError) as caught:
        await total(client(script), alice)
    assert len(script.requests) == 2
    assert caught.value.correlation_id == "theirs"


async def test_an_endless_page_is_refused(servers, client, say, alice):
    async def endless(request):
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b" " * 65_536)

    script = await servers(endless)
    with pytest.raises(BadAnswerError, match="more than 200000 bytes"):
        await total(client(script, page_bytes=200_000), alice)


async def test_a_page_that_decompresses_to_a_huge_one_is_refused(servers, client, say, alice):
    bomb = web.Response(body=gzip.compress(b" " * 50_000_000), headers={"Content-Encoding": "gzip"})
    script = await servers(bomb)
    with pytest.raises((BadAnswerError, ServiceDownError)):
        await total(client(script, page_bytes=200_000), alice)


async def test_a_compressed_page_is_read(servers, client, say, alice):
    plain = say.page(say.row())
    script = await servers(web.Response(body=gzip.compress(plain.body), headers={"Content-Encoding": "gzip"}))
    assert await total(client(script), alice) == of(1, 2)


async def test_an_invalid_day_leaves_its_row_out(servers, client, say, alice):
    script = await servers(say.page(say.row(processedDateTime="soon"), say.row(2)))
    report = (await client(script).tally(alice, ALL, (Dimension.CUSTOMER,))).tally.report()
    assert (report.matched, report.gaps.unknown) == (1, 1)


async def test_a_page_without_figures_is_requested_once_more(servers, client, say, alice):
    script = await servers(say.page(say.row(licensesQualified="many")), say.page(say.row()))
    assert await total(client(script), alice) == of(1, 2)
    script = await servers(say.page(say.row(licensesQualified="many")))
    report = (await client(script).tally(alice, ALL, (Dimension.CUSTOMER,))).tally.report()
    assert (report.matched, report.gaps.unknown, len(script.requests)) == (0, 1, 2)


async def test_an_error_beside_rows_is_said_when_it_comes_again(servers, client, say, alice):
    failed = web.json_response({"Value": [say.row()], "error": {"code": "800003"}})
    script = await servers(failed, say.page(say.row()))
    assert not (await client(script).tally(alice, ALL, ())).tally.report().gaps.incomplete
    script = await servers(failed)
    report = (await client(script).tally(alice, ALL, ())).tally.report()
    assert (report.total.sums, report.gaps.incomplete, len(script.requests)) == (of(1, 2).sums, True, 2)


async def test_a_customer_without_usage_data_has_no_rows(servers, client, say, alice):
    body = b'{"code":3000,"description":"Customer does not have usage data."}'
    script = await servers(web.Response(body=body, status=400))
    assert await total(client(script), alice) == of(0, 0)


@pytest.mark.parametrize("status", [401, 403])
@pytest.mark.parametrize("other", ["OAuth realm=urn:cpsvc:cpid:x", "Negotiate", 'PoP error="invalid_token"'])
@pytest.mark.parametrize("first", [True, False])
async def test_claims_are_found_in_one_of_several_headers(servers, client, say, alice, status, other, first):
    claims = '{"access_token":{"acrs":{"value":"c1"}}}'
    demand = f'Bearer error="insufficient_claims", claims="{base64.b64encode(claims.encode()).decode()}"'

    def refuse(_request):
        answer = say.refusal(status)
        for value in (demand, other) if first else (other, demand):
            answer.headers.add("WWW-Authenticate", value)
        return answer

    script = await servers(refuse)
    with pytest.raises(ClaimsChallengeError) as caught:
        await total(client(script), alice)
    assert caught.value.claims == claims
