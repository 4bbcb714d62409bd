"""Test that any host is refused in one line, or read by browsers as it was meant."""

import ipaddress
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.errors import SettingsError
from bot.package.app_package import manifest
from bot.package.manifest_files import read
from bot.package.publication import Publication
from cards.wording.locale_words import LocaleWords

APP_ID = "1b4e28ba-2fa1-11d2-883f-0016d3cca427"
DECLARED = read()
WORDS = LocaleWords.load("en")

hosts = st.one_of(
    st.text(max_size=60),
    st.text("ab1-._:/@[]%*X。é", max_size=20),
    st.ip_addresses().map(str),
    st.lists(st.from_regex(r"[a-z0-9]([a-z0-9-]{0,5}[a-z0-9])?", fullmatch=True), min_size=1, max_size=5).map(".".join),
)


def published(app_id, host):
    """Return the publication, or the message that refuses it."""
    try:
        return Publication.of(app_id, host, "1.0.0")
    except SettingsError as refusal:
        return str(refusal)


@given(hosts)
@example("bot.contoso.com")
@example("a.b.0x7f")
@example("fe80::1%bot.contoso.com")
def test_a_host_is_refused_in_one_line_or_is_the_host_of_every_link(host):
    outcome = published(APP_ID, host)
    if isinstance(outcome, str):
        assert len(outcome.splitlines()) == 1
        return
    declared = manifest(DECLARED, outcome, (), WORDS)
    assert declared["validDomains"] == [host]
    for key in ("websiteUrl", "privacyUrl", "termsOfUseUrl"):
        link = urlsplit(declared["developer"][key])
        assert (link.scheme, link.netloc, link.hostname, link.port, link.username) == ("https", host, host, None, None)
    with pytest.raises(ValueError, match="does not appear to be"):
        ipaddress.ip_address(host)


@given(st.text(max_size=60))
def test_an_app_id_is_refused_in_one_line_or_is_a_guid(text):
    outcome = published(text, "bot.contoso.com")
    if isinstance(outcome, str):
        assert len(outcome.splitlines()) == 1
    else:
        assert UUID(outcome.app_id).int
