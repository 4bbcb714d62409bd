"""The headers of every request."""

import pytest

from bot.errors import TokenRefusedError
from bot.partner_center.protocol.request_headers import CorrelationIds, headers

IDS = CorrelationIds(request="r", correlation="c")


def test_every_documented_header_is_sent():
    assert headers("token", IDS, "nl-NL") == {
        "Authorization": "Bearer token",
        "Accept": "application/json",
        "MS-RequestId": "r",
        "MS-CorrelationId": "c",
        "X-Locale": "nl-NL",
        "MS-PartnerCenter-Application": "license-usage-bot",
        "ValidateMfa": "true",
    }


@pytest.mark.parametrize("locale", ["", "x", "en-US\r\nHost: evil", "english language", "é-FR"])
def test_the_default_locale_is_sent_when_the_locale_is_invalid(locale):
    assert headers("token", IDS, locale)["X-Locale"] == "en-US"


@pytest.mark.parametrize("token", ["", "two\r\nlines", "tøken", "nul\0"])
def test_an_invalid_token_is_refused_and_not_in_the_message(token):
    with pytest.raises(TokenRefusedError) as caught:
        headers(token, IDS, "en-US")
    assert not token or token not in str(caught.value)
