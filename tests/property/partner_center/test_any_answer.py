"""Any answer is a page or an error of ours; the token stays on its host."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from bot.domain.report_kind import ReportKind
from bot.errors import BadAnswerError, PartnerCenterError
from bot.partner_center.protocol.answer_page import UnreadablePageError
from bot.partner_center.protocol.error_response import ErrorResponse, failure
from bot.partner_center.protocol.next_page import Done, Follow, PageRanges, after_first
from bot.partner_center.protocol.report_page import ReportPage, decode_page
from bot.partner_center.protocol.report_url import ReportEndpoint, following
from bot.partner_center.protocol.retry_rules import retry_after, wait
from bot.partner_center.protocol.row_shape import SHAPES
from bot.query.reports.row_aggregator import RowAggregator

ENVELOPE = ["Value", "value", "items", "VALUE", "@nextLink", "nextLink", "TotalCount", "totalCount"]
ROW = ["customerName", "LicensesActive", "licenseActive", "licensesQualified", "processedDateTime"]
SOLD = ["licensesSold", "LICENSESDEPLOYED", "licensesDeployed"]
FAULT = ["error", "code", "description", "message"]
KEYS = st.sampled_from([*ENVELOPE, *ROW, *SOLD, *FAULT])
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=10)
    | st.sampled_from(["12", "/next", "//evil/"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS | st.text(max_size=4), inner, max_size=5),
    max_leaves=20,
)
BODIES = (
    st.binary(max_size=200)
    | JSON.map(lambda value: json.dumps(value).encode())
    | st.builds(
        lambda value, mark: mark + json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass"),
        JSON,
        st.sampled_from([b"", b"\xef\xbb\xbf", b" "]),
    )
)
REPORTS = st.sampled_from(ReportKind)
HOME = URL("https://api.partnercenter.microsoft.com/partner/v1/analytics/commercial/usage/license?skip=0")
HEADERS = st.dictionaries(
    st.sampled_from(["retry-after", "date", "ms-correlationid", "ismfacompliant"]), st.text(max_size=40), max_size=4
)


@given(BODIES, REPORTS)
def test_any_bytes_are_a_page_or_unreadable(body, report):
    try:
        page = decode_page(body, report=report)
    except UnreadablePageError:
        return
    assert isinstance(page, ReportPage)
    assert {type(row) for row in page.rows} <= {SHAPES[report].row_type}
    tally = RowAggregator(())
    tally.add(page.rows)
    assert tally.report().total.sums.active >= 0


@given(BODIES, REPORTS)
def test_the_rest_of_any_page_is_on_the_same_host_and_progresses(body, report):
    try:
        rest = after_first(decode_page(body, report=report), HOME, 0)
    except BadAnswerError:
        return
    if isinstance(rest, Follow):
        assert rest.url.origin() == HOME.origin()
        assert rest.url != HOME
    elif isinstance(rest, PageRanges):
        assert 0 < rest.start < rest.total
        assert rest.size > 0
    else:
        assert isinstance(rest, Done)


@given(st.integers(100, 599), HEADERS, BODIES, st.text(max_size=20))
def test_any_answer_other_than_a_page_is_an_error_of_ours(status, headers, body, token):
    error = failure(ErrorResponse(status, headers, body), sent="sent", secret=token, retry_after=None)
    assert isinstance(error, PartnerCenterError)
    assert str(error).isprintable()
    assert len(str(error)) < 500
    assert error.correlation_id


@given(HEADERS, st.binary(max_size=60), st.integers(1, 9), st.floats(0, 100))
def test_any_requested_pause_is_finite_and_within_the_time_left(headers, body, attempt, left):
    pause = retry_after(headers, body, datetime(2018, 10, 24, tzinfo=UTC))
    error = failure(ErrorResponse(429, headers, body), sent="sent", secret="", retry_after=pause)
    decision = wait(error, attempt, left)
    assert isinstance(decision, bool) or 0.1 <= decision <= max(left, 0.1)


@given(
    st.text(max_size=40)
    | st.builds(
        lambda *parts: "".join(parts),
        st.sampled_from(["", "https:", "http:", "//", "\\\\", "https://", "https:\\\\", " https://", "https:/"]),
        st.sampled_from(
            ["", "api.partnercenter.microsoft.com", "evil.example", "API.PARTNERCENTER.microsoft.com:443", "[::1]"]
        ),
        st.sampled_from(["", "@evil.example", ":444", ".evil.example", "%00", "\t", "。", "/", "?", "#@evil"]),
        st.text(max_size=5),
    )
)
def test_any_link_stays_on_the_host_or_is_an_error(link):
    try:
        found = following(HOME, link)
    except BadAnswerError:
        return
    assert (found.scheme, found.host, found.port) == ("https", "api.partnercenter.microsoft.com", 443)
    assert found.user is None
    assert URL(str(found)).host == HOME.host


@given(
    st.dictionaries(
        st.text(min_size=1, max_size=5), st.text(st.characters(exclude_categories=["Cs"]), max_size=20), max_size=4
    )
)
def test_any_parameter_arrives_unchanged(params):
    found = ReportEndpoint("https://h").usage(params)
    assert dict(found.query) == params


@pytest.mark.parametrize("report", ReportKind)
@pytest.mark.parametrize("customer", ["..", "a/b", "?x", "#", "%2e%2e"])
def test_a_customer_id_is_always_one_segment_of_the_path(customer, report):
    assert len(ReportEndpoint("https://h").customer_report(report, customer).raw_parts) == 7
