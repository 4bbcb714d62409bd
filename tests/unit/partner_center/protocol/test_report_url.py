"""The URLs of the reports, and the hosts that a next link may lead to."""

import pytest
from yarl import URL

from bot.domain.report_kind import ReportKind
from bot.errors import BadAnswerError, SettingsError
from bot.partner_center.protocol.report_url import ReportEndpoint, following

CURRENT = URL("https://api.partnercenter.microsoft.com/partner/v1/analytics/commercial/usage/license?skip=0")


@pytest.mark.parametrize("prefix", ["/partner/v1", "partner/v1/", "/partner/v1/"])
def test_the_report_path_starts_with_the_prefix(prefix):
    url = ReportEndpoint("https://api.partnercenter.microsoft.com/", prefix).usage({"top": "5"})
    assert str(url) == "https://api.partnercenter.microsoft.com/partner/v1/analytics/commercial/usage/license?top=5"


def test_a_filter_is_percent_encoded_as_documented():
    url = ReportEndpoint("https://h", "/v1").usage({"filter": "customerName eq 'A + B/Ø'"})
    assert url.raw_query_string == "filter=customerName%20eq%20%27A%20%2B%20B%2F%C3%98%27"
    assert url.query["filter"] == "customerName eq 'A + B/Ø'"


@pytest.mark.parametrize("report", ReportKind)
def test_the_superseded_report_has_the_customer_in_its_path(report):
    found = ReportEndpoint("https://h", "/x").customer_report(report, "a/../b")
    assert str(found) == f"https://h/v1/customers/a%2F..%2Fb/analytics/licenses/{report.value}"


@pytest.mark.parametrize(("prefix", "start"), [("/partner/v1", "/partner/v1"), ("v1/", "/v1"), ("", "")])
def test_every_report_has_its_own_path_after_the_prefix(prefix, start):
    found = {report: ReportEndpoint("https://h", prefix).report(report, {"top": "5"}) for report in ReportKind}
    assert str(found[ReportKind.USAGE]) == f"https://h{start}/analytics/commercial/usage/license?top=5"
    assert str(found[ReportKind.DEPLOYMENT]) == f"https://h{start}/analytics/commercial/deployment/license?top=5"


@pytest.mark.parametrize("base", ["http://127.0.0.1:8080", "http://[::1]:1", "http://localhost:3978"])
def test_plain_http_is_allowed_for_the_local_machine(base):
    assert ReportEndpoint(base).usage({}).scheme == "http"


@pytest.mark.parametrize(
    "base",
    [
        "http://api.partnercenter.microsoft.com",
        "ftp://h",
        "",
        "h",
        "https://",
        "https://u:p@h",
        "http://[",
        "https://h:x",
    ],
)
def test_settings_error_is_raised_for_any_other_address(base):
    with pytest.raises(SettingsError):
        ReportEndpoint(base)


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("?skip=10", f"{CURRENT.with_query('skip=10')}"),
        ("/partner/v1/x?skip=1", "https://api.partnercenter.microsoft.com/partner/v1/x?skip=1"),
        ("https://api.partnercenter.microsoft.com/x", "https://api.partnercenter.microsoft.com/x"),
        ("https://API.PartnerCenter.Microsoft.com:443/x", "https://api.partnercenter.microsoft.com/x"),
        ("license?skip=1#here", str(CURRENT.with_query("skip=1"))),
    ],
)
def test_a_link_on_the_same_host_is_followed(link, expected):
    assert str(following(CURRENT, link)) == expected


@pytest.mark.parametrize(
    ("link", "path"),
    [
        ("%0d%0ax:/y", "%0D%0Ax:/y"),
        ("a%0d%0aX%3A:y/z", "a%0D%0AX::y/z"),
        ("%20x:/y", "%20x:/y"),
        ("a%3fb:/x", "a%3Fb:/x"),
        ("%23:/x", "%23:/x"),
        (" license?skip=1\n", "license?skip=1"),
    ],
)
def test_links_stay_encoded_however_often_they_are_joined(link, path):
    once = following(CURRENT, link)
    assert once.raw_path_qs.removeprefix("/partner/v1/analytics/commercial/usage/") == path
    assert following(once, link).raw_path_qs.endswith(path)
    assert following(once, link).raw_path_qs.isprintable()
    assert " " not in following(once, link).raw_path_qs


def test_an_encoded_quote_in_a_link_stays_a_quote_in_a_value():
    found = following(CURRENT, "?filter=customerName%20eq%20%27A%26B%27")
    assert found.query == {"filter": "customerName eq 'A&B'"}


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.example/x",
        "//evil.example/x",
        "http://api.partnercenter.microsoft.com/x",
        "https://api.partnercenter.microsoft.com:8443/x",
        "https://api.partnercenter.microsoft.com@evil.example/x",
        "https://evil@api.partnercenter.microsoft.com/x",
        "https://api.partnercenter.microsoft.com.evil.example/",
        "https:/\\evil.example/",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://[",
        "https://h:99999/",
        "x" * 20_000,
    ],
)
def test_a_link_to_another_host_is_never_followed(link):
    try:
        found = following(CURRENT, link)
    except BadAnswerError:
        return
    assert found.origin() == CURRENT.origin()
