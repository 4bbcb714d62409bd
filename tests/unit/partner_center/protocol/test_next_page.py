"""What is fetched after a page."""

import pytest
from yarl import URL

from bot.domain.licensing import UsageRow
from bot.errors import BadAnswerError
from bot.partner_center.protocol.next_page import (
    Done,
    FiguresChangedError,
    Follow,
    PageRanges,
    SkipOn,
    after,
    after_first,
    believed_total,
    check_stretch,
)
from bot.partner_center.protocol.report_page import ReportPage

URL_0 = URL("https://h/usage")
ROW = UsageRow(qualified=1)


def page(rows, link=None, total=None):
    return ReportPage([ROW] * rows, link, total)


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        (page(2), Done()),
        (page(2, total=2), Done()),
        (page(0, total=0), Done()),
        (page(2, total=1), Done()),
        (page(2, "/usage?skip=2"), Follow(URL("https://h/usage?skip=2"))),
        (page(0, "/usage?skip=2"), Follow(URL("https://h/usage?skip=2"))),
        (page(2, "/usage?skip=2", 2), Follow(URL("https://h/usage?skip=2"))),
        (page(2, "/usage", 2), SkipOn(announced=False)),
        (page(2, "/usage", 1), SkipOn(announced=False)),
        (page(2, "/usage"), SkipOn(announced=True)),
        (page(2, "https://evil/"), SkipOn(announced=True)),
        (page(2, "https://evil/", 2), SkipOn(announced=False)),
        (page(2, "https://evil/", 5), PageRanges(2, 2, 5)),
        (page(2, "//evil/usage"), SkipOn(announced=True)),
        (page(2, "http://h/usage?skip=2"), SkipOn(announced=True)),
        (page(2, "http://["), SkipOn(announced=True)),
        (page(100), SkipOn(announced=False)),
        (page(100, total=100), Done()),
        (page(99), Done()),
        (page(10_000), SkipOn(announced=False)),
        (page(10_000, total=10_000), SkipOn(announced=False)),
        (page(10_000, "/usage?skip=10000", 10_000), Follow(URL("https://h/usage?skip=10000"))),
        (page(2, "/usage?skip=2", 5), PageRanges(2, 2, 5)),
        (page(2, None, 5), PageRanges(2, 2, 5)),
    ],
)
def test_after_first_returns_what_to_fetch_next(first, expected):
    assert after_first(first, URL_0, 0) == expected


@pytest.mark.parametrize(
    ("first", "believed"),
    [
        (page(2, total=2), 2),
        (page(2, total=1), 1),
        (page(2), None),
        (page(2, "/usage?skip=2"), None),
        (page(2, "/usage?skip=2", 3), 3),
        (page(2, "/usage?skip=2", 2), None),
        (page(2, "https://evil/", 2), None),
        (page(2, "/usage", 1), None),
        (page(0, "/usage", 0), None),
        (page(0, total=0), 0),
    ],
)
def test_total_is_not_believed_when_it_may_count_one_page(first, believed):
    assert believed_total(first) == believed


def test_page_ranges_cover_every_row_once():
    rest = PageRanges(2, 2, 7)
    assert list(rest) == [(2, 2), (4, 2), (6, 1)]
    assert rest.pages == 4
    assert PageRanges(2, 2, 6).pages == 3


def test_a_total_of_any_size_takes_no_memory():
    rest = PageRanges(1, 1, 2**53)
    assert next(iter(rest)) == (1, 1)
    assert rest.pages == 2**53


def test_rows_skipped_by_the_query_count_as_read():
    assert after_first(page(2, None, 12), URL_0, 10) == Done()
    assert after_first(page(2, None, 13), URL_0, 10) == PageRanges(12, 2, 13)


def test_an_empty_page_is_an_error_when_rows_were_announced():
    with pytest.raises(FiguresChangedError):
        after_first(page(0, total=3), URL_0, 0)


@pytest.mark.parametrize(("count", "top", "expected"), [(3, 3, SkipOn(announced=False)), (2, 3, Done())])
def test_a_page_as_large_as_requested_may_be_cut(count, top, expected):
    assert after_first(page(count), URL_0, 0, top) == expected


@pytest.mark.parametrize(
    ("read", "got", "total", "expected"),
    [
        (page(2), 4, 9, SkipOn(announced=False)),
        (page(0), 4, 9, Done()),
        (page(0), 4, None, Done()),
        (page(2), 9, 9, Done()),
        (page(0, "/usage?skip=9"), 4, None, Follow(URL("https://h/usage?skip=9"))),
    ],
)
def test_after_asks_on_when_the_total_is_not_reached(read, got, total, expected):
    assert after(read, URL_0, got, total) == expected


@pytest.mark.parametrize(("rows", "total"), [(3, 9), (2, 9), (3, None)])
def test_a_further_page_may_have_fewer_rows_or_no_total(rows, total):
    assert check_stretch(page(rows, total=total), URL_0, 3, 9) is None


@pytest.mark.parametrize(
    ("link", "expected"),
    [("/usage?skip=9", Follow(URL("https://h/usage?skip=9"))), ("/usage", None), ("https://evil/", None)],
)
def test_check_stretch_returns_the_link_unless_it_is_the_page(link, expected):
    assert check_stretch(page(3, link, 9), URL_0, 3, 9) == expected


@pytest.mark.parametrize(
    ("further", "kind"),
    [
        (page(3, total=10), FiguresChangedError),
        (page(0, total=9), FiguresChangedError),
        (page(4, total=9), BadAnswerError),
    ],
)
def test_a_further_page_that_contradicts_the_first_is_an_error(further, kind):
    with pytest.raises(kind):
        check_stretch(further, URL_0, 3, 9)


REPORT = URL("https://h/partner/v1/analytics/commercial/usage/license?top=2")
BESIDE = "https://h/partner/v1/analytics/commercial/usage/"


@pytest.mark.parametrize(
    ("link", "first", "second"),
    [
        ("license?skip=2", f"{BESIDE}license?skip=2", None),
        ("?skip=2", f"{BESIDE}license?skip=2", None),
        (
            "/v1/analytics/commercial/usage/license?skip=2",
            "https://h/v1/analytics/commercial/usage/license?skip=2",
            ...,
        ),
        ("/analytics/commercial/usage/license?skip=2", "https://h/analytics/commercial/usage/license?skip=2", ...),
        ("commercial/usage/license?skip=2", f"{BESIDE}commercial/usage/license?skip=2", ...),
        ("Commercial/Usage/License?skip=2", f"{BESIDE}Commercial/Usage/License?skip=2", ...),
        ("license?$filter=a eq 'b'&skip=2", f"{BESIDE}license?$filter=a%20eq%20'b'&skip=2", None),
        ("other/license?skip=2", f"{BESIDE}other/license?skip=2", None),
        ("cense?skip=2", f"{BESIDE}cense?skip=2", None),
        ("../license?skip=2", "https://h/partner/v1/analytics/commercial/license?skip=2", None),
    ],
)
def test_relative_link_is_tried_at_the_request_then_at_the_root(link, first, second):
    at_the_root = URL(f"{BESIDE}license?skip=2") if second is ... else None
    assert after(page(2, link), REPORT, 2, None) == Follow(URL(first), at_the_root)


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.example/partner/v1/analytics/commercial/usage/license?skip=2",
        "//evil.example/commercial/usage/license?skip=2",
        "http://h/commercial/usage/license?skip=2",
        "https://h:8443/commercial/usage/license?skip=2",
        "https://h@evil.example/commercial/usage/license?skip=2",
        "https://ada@h/commercial/usage/license?skip=2",
        "file:///commercial/usage/license",
    ],
)
def test_link_to_another_host_is_not_followed(link):
    assert after(page(2, link), REPORT, 2, None) == SkipOn(announced=True)
    assert after_first(page(2, link, 9), REPORT, 0) == PageRanges(2, 2, 9)


@pytest.mark.parametrize(
    "link", ["?filter=a+eq+'b'&top=2", "?top=2&filter=a eq 'b'", "license?filter=a%20eq%20%27b%27&top=2"]
)
def test_link_to_the_page_itself_is_recognized_in_any_encoding(link):
    here = URL(f"{BESIDE}license?filter=a%20eq%20'b'&top=2", encoded=True)
    assert after(page(2, link), here, 2, None) == SkipOn(announced=True)
    assert after(page(2, link), here, 2, 2) == Done()
    assert check_stretch(page(2, link, 2), here, 2, 2) is None
