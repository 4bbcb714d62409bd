"""Whatever a next link is, only our own host is called."""

from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from bot.partner_center.protocol.next_page import followable

REPORT = URL("https://api.example:8443/partner/v1/analytics/commercial/usage/license?top=2")
PARTS = (
    "https:", "http:", "//", "/", "\\", "evil.example", "api.example", ":8443", ":443", "@", "..", "?", "#", "%2f",
    "%00", "commercial/usage/license", "license", "analytics", "skip=2", " ", "\t", "\n", "[", "\u212a", "javascript:",
    "%0d%0a", "%20", "%3f", "%23", "a:", "HTTP/1.1", "\r\n", "\ud800",
)  # fmt: skip
links = st.lists(st.sampled_from(PARTS) | st.text(max_size=3), max_size=8).map("".join) | st.text()


@given(link=links)
def test_any_link_leads_to_our_own_host_or_nowhere(link: str) -> None:
    found = followable(REPORT, link)
    for url in () if found is None else (found.url, found.otherwise or found.url):
        assert url.origin() == REPORT.origin()
        assert (url.user, url.password, url.fragment) == (None, None, "")
        assert str(url).startswith("https://api.example:8443/")


@given(link=links, times=st.integers(1, 4))
def test_any_chain_of_links_can_stand_in_a_request(link: str, times: int) -> None:
    url = REPORT
    for _ in range(times):
        found = followable(url, link)
        if found is None:
            return
        url = found.otherwise or found.url
        assert all("!" <= letter <= "~" for letter in found.url.raw_path_qs + url.raw_path_qs)
        assert "#" not in url.raw_path_qs
