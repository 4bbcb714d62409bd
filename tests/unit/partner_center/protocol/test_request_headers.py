"""What goes with every request."""

import pytest

from bot.errors import TokenRefusedError
from bot.partner_center.protocol.request_headers import CorrelationIds, headers

IDS = CorrelationIds(request="r", correlation="c")


def test_every_header_of_the_documents_is_there():
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
def test_what_is_no_locale_is_not_sent(locale):
    assert headers("token", IDS, locale)["X-Locale"] == "en-US"


@pytest.mark.parametrize("token", ["", "two\r\nlines", "tøken", "nul\0"])
def test_a_token_that_no_header_can_carry_is_refused_without_being_named(token):
    with pytest.raises(TokenRefusedError) as caught:
        headers(token, IDS, "en-US")
    assert not token or token not in str(caught.value)
