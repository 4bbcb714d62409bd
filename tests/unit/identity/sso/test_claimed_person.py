"""Tests of the person whom a token names, before anything is verified."""

import jwt
import pytest

from bot.identity.sso.sso_token import SsoRefusal, SsoTokenError, claimed_person

TENANT = "7E1A2B3C-0000-4000-8000-000000000001"
PERSON = "7e1a2b3c-0000-4000-8000-000000000002"


def made(**claims):
    return jwt.encode(claims, "a secret of more than thirty-two bytes", "HS256")


def test_ids_are_in_lower_case():
    assert claimed_person(made(tid=TENANT, oid=PERSON)) == (TENANT.lower(), PERSON)


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({"oid": PERSON}, SsoRefusal.TENANT),
        ({"tid": "common", "oid": PERSON}, SsoRefusal.TENANT),
        ({"tid": "../" + TENANT, "oid": PERSON}, SsoRefusal.TENANT),
        ({"tid": 7, "oid": PERSON}, SsoRefusal.TENANT),
        ({"tid": TENANT}, SsoRefusal.PERSON),
        ({"tid": TENANT, "oid": [PERSON]}, SsoRefusal.PERSON),
    ],
    ids=str,
)
def test_what_is_no_id_is_refused(claims, reason):
    with pytest.raises(SsoTokenError) as refused:
        claimed_person(made(**claims))
    assert refused.value.reason is reason


@pytest.mark.parametrize("token", ["", "a", "a.b.c", "e30.W10.", "e30.e30", "\ud800.\ud800.\ud800", "é.é.é"])
def test_what_is_no_token_is_malformed(token):
    with pytest.raises(SsoTokenError) as refused:
        claimed_person(token)
    assert refused.value.reason is SsoRefusal.MALFORMED
