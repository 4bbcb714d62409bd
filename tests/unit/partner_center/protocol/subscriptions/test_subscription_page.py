"""Pages of subscriptions, in every envelope."""

import json
from datetime import date
from functools import partial

import pytest

from bot.partner_center.protocol.answer_page import UnreadablePageError
from bot.partner_center.protocol.subscriptions.analytics_query import analytics_params
from bot.partner_center.protocol.subscriptions.analytics_row import read_analytics_row
from bot.partner_center.protocol.subscriptions.subscription_page import decode_subscriptions

READ = partial(read_analytics_row, today=date(2026, 11, 30))
ROW = {"id": "5D0E7A31-8A2B-4C1D-9E3F-0123456789AB", "licenseCount": "50"}


def decode(body, mark=b""):
    return decode_subscriptions(mark + json.dumps(body).encode(), None, READ)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf", b"\xef\xbb\xbf\xef\xbb\xbf"])
@pytest.mark.parametrize(
    ("body", "total"),
    [
        ({"Value": [ROW], "@nextLink": None, "TotalCount": 1}, 1),
        ({"totalCount": 1, "items": [ROW], "attributes": {"objectType": "Collection"}}, 1),
        ({"value": [ROW]}, None),
        ([ROW], None),
        (ROW, None),
        ({"items": ROW}, None),
    ],
)
def test_every_envelope_has_the_same_subscription(body, total, mark):
    page = decode(body, mark)
    assert [each.seats for each in page.rows] == [50]
    assert (page.total, page.unusable, page.next_link) == (total, 0, None)


def test_entries_that_are_none_are_counted():
    page = decode({"items": [ROW, None, {"note": "x"}], "totalCount": "5"})
    assert (len(page.rows), page.unusable, page.count, page.total) == (1, 2, 3, 5)


def test_an_error_beside_the_entries_is_noted():
    page = decode({"items": [ROW], "error": {"code": "1"}})
    assert page.error
    assert page.doubtful


def test_an_empty_list_is_a_page():
    page = decode({"totalCount": 0, "items": []})
    assert (page.rows, page.total, page.doubtful) == ([], 0, False)


@pytest.mark.parametrize("more", [{"continuationToken": "abc"}, {"links": {"next": {"uri": "/customers"}}}])
def test_a_list_that_goes_on_has_a_link_that_cannot_be_followed(more):
    assert decode({"items": [ROW]} | more).next_link == ""
    assert decode({"items": [ROW], "@nextLink": "?skip=1"} | more).next_link == "?skip=1"


@pytest.mark.parametrize("more", [{"continuationToken": None}, {"links": {"self": {}}}, {"links": None}, {}])
def test_a_list_that_ends_has_no_link(more):
    assert decode({"items": [ROW]} | more).next_link is None


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"7",
        b"null",
        b"{}",
        b'{"code":"1000","description":"no"}',
        b"[" * 100_000,
        b'{"items":',
        b"\xff",
    ],
)
def test_anything_else_is_unreadable(body):
    with pytest.raises(UnreadablePageError):
        decode_subscriptions(body, None, READ)


@pytest.mark.parametrize(
    ("skip", "top", "filtered", "params"),
    [
        (0, None, True, {"filter": "status ne 'DEPROVISIONED'"}),
        (10_000, 500, True, {"filter": "status ne 'DEPROVISIONED'", "skip": "10000", "top": "500"}),
        (0, None, False, {}),
    ],
)
def test_a_range_of_the_analytics_is_asked_for_by_skip_and_top(skip, top, filtered, params):
    assert analytics_params(skip, top, filtered=filtered) == params
