"""Silent sign-in as Teams sends it, and everything that can be sent in its place."""

import asyncio
from typing import Any

import jwt
import pytest

from bot.domain.conversation import Caller
from bot.identity.entra.sign_in_outcome import ClaimsNeeded, ConsentNeeded, Misconfigured, Refused, Tokens, TryLater
from bot.identity.sign_in.pending_questions import PendingQuestion
from bot.simulator.entra import SimulatedEntra, User
from bot.simulator.issuer_signing_key import IssuerSigningKey

OTHER_TENANT = "7e1a2b3c-0000-4000-8000-000000000002"


async def no_token_is_stored(house: Any, *people: User) -> None:
    for user in people:
        assert not await house.cache.version((user.tenant_id, user.object_id))


async def test_an_exchange_signs_in_and_counts_once(house: Any, ada: User, app_id: str, caller: Any) -> None:
    offer = await house.silent.offer(caller(ada))
    token = house.simulated.sso_token(ada, app_id)
    exchanged = await house.silent.exchange(caller(ada), offer, token)
    assert (exchanged.status, exchanged.first) == (200, True)
    assert isinstance(exchanged.outcome, Tokens)
    again = await house.silent.exchange(caller(ada), offer, token)
    assert (again.status, again.first, again.failure) == (200, False, None)


async def test_one_of_many_devices_is_first_and_all_get_200(house: Any, ada: User, app_id: str, caller: Any) -> None:
    offer = await house.silent.offer(caller(ada))
    token = house.simulated.sso_token(ada, app_id)
    sent = [house.silent.exchange(caller(ada), offer, token) for _ in range(6)]
    exchanged = await asyncio.gather(*sent)
    assert [each.status for each in exchanged] == [200] * 6
    assert sum(each.first for each in exchanged) == 1


@pytest.mark.parametrize(
    ("setting", "value", "kind"),
    [("consented", False, ConsentNeeded), ("mfa", True, ClaimsNeeded), ("claims", '{"a":{}}', ClaimsNeeded)],
)
async def test_status_is_412_when_the_person_can_resolve_it(
    house: Any, entra: SimulatedEntra, ada: User, setting: str, value: object, kind: type
) -> None:
    entra.standing(ada).mfa_done = False
    setattr(entra.standing(ada), setting, value)
    exchanged = await house.sso(ada)
    assert (exchanged.status, exchanged.first) == (412, False)
    assert isinstance(exchanged.outcome, kind)
    await no_token_is_stored(house, ada)


@pytest.mark.parametrize(
    ("setting", "value", "kind"), [("down", True, TryLater), ("throttled", 9, TryLater), ("blocked", True, Refused)]
)
async def test_status_is_200_when_the_person_cannot_resolve_it(
    house: Any, entra: SimulatedEntra, ada: User, setting: str, value: object, kind: type
) -> None:
    setattr(entra.standing(ada), setting, value)
    exchanged = await house.sso(ada)
    assert exchanged.status == 200
    assert isinstance(exchanged.outcome, kind)
    assert exchanged.failure


async def test_the_same_token_works_after_consent_was_given(
    house: Any, entra: SimulatedEntra, ada: User, app_id: str, caller: Any
) -> None:
    entra.standing(ada).consented = False
    offer = await house.silent.offer(caller(ada))
    token = house.simulated.sso_token(ada, app_id)
    assert (await house.silent.exchange(caller(ada), offer, token)).status == 412
    entra.standing(ada).consented = True
    assert (await house.silent.exchange(caller(ada), offer, token)).first


async def test_one_device_succeeds_when_another_one_failed(house: Any, ada: User, app_id: str, caller: Any) -> None:
    offer = await house.silent.offer(caller(ada))
    assert (await house.silent.exchange(caller(ada), offer, "a.b.c")).status in {400, 403}
    assert (await house.silent.exchange(caller(ada), offer, house.simulated.sso_token(ada, app_id))).first


async def test_an_exchange_of_another_person_is_refused(
    house: Any, ada: User, ben: User, app_id: str, caller: Any
) -> None:
    offer = await house.silent.offer(caller(ada))
    exchanged = await house.silent.exchange(caller(ben), offer, house.simulated.sso_token(ben, app_id))
    assert exchanged.status == 403
    await no_token_is_stored(house, ada, ben)


async def test_another_persons_token_under_my_name_is_refused(house: Any, ada: User, ben: User, caller: Any) -> None:
    assert (await house.sso(ben, caller(ada))).status == 403
    await no_token_is_stored(house, ada, ben)


async def test_an_invented_id_and_an_expired_one_are_refused(house: Any, ada: User, app_id: str, caller: Any) -> None:
    token = house.simulated.sso_token(ada, app_id)
    assert (await house.silent.exchange(caller(ada), "made up", token)).status == 403
    offer = await house.silent.offer(caller(ada))
    house.clock.ahead = 901
    assert (await house.silent.exchange(caller(ada), offer, token)).status == 403
    await no_token_is_stored(house, ada)


@pytest.mark.parametrize(
    ("exchange_id", "token"),
    [(None, "t"), ("", "t"), ("x" * 500, "t"), (7, "t"), ({"a": 1}, "t"), ("x", None), ("x", 7), ("x", ["t"])],
)
async def test_a_malformed_exchange_is_400(
    house: Any, ada: User, caller: Any, exchange_id: object, token: object
) -> None:
    assert (await house.silent.exchange(caller(ada), exchange_id, token)).status == 400


@pytest.mark.parametrize(
    "overrides",
    [
        {"exp": 1_000_000},
        {"nbf": 4_000_000_000},
        {"aud": "7e1a2b3c-0000-4000-8000-0000000000ff"},
        {"aud": "https://api.partnercenter.microsoft.com"},
        {"iss": f"https://login.microsoftonline.com/{OTHER_TENANT}/v2.0"},
        {"iss": "https://sts.windows.net/7e1a2b3c-0000-4000-8000-000000000001/", "ver": "1.0"},
        {"tid": OTHER_TENANT},
        {"oid": "7e1a2b3c-0000-4000-8000-0000000000ff"},
        {"scp": "User.Read"},
        {"scp": None},
        {"ver": "1.0"},
        {"azp": "7e1a2b3c-0000-4000-8000-0000000000ff"},
    ],
)
async def test_a_wrong_claim_is_403_without_a_request_to_entra(
    house: Any, ada: User, overrides: dict[str, Any]
) -> None:
    assert (await house.sso(ada, **overrides)).status == 403
    assert house.simulated.asked == 0
    await no_token_is_stored(house, ada)


async def test_forged_tokens_are_refused(house: Any, ada: User, app_id: str, caller: Any) -> None:
    right = house.simulated.sso_token(ada, app_id)
    claims = jwt.decode(right, options={"verify_signature": False})
    stranger = IssuerSigningKey()
    forged = [
        jwt.encode(claims, None, algorithm="none"),
        jwt.encode(claims, "a secret that is long enough to sign", algorithm="HS256", headers={"kid": "x"}),
        stranger.sign(claims),
        stranger.sign(claims, kid=house.simulated.keys.current.kid),
        stranger.sign(claims, kid="../../../../etc/passwd"),
        stranger.sign(claims, kid="x" * 5_000),
        right[:-4] + "AAAA",
        right + "AAAA",
    ]
    offer = await house.silent.offer(caller(ada))
    for token in forged:
        assert (await house.silent.exchange(caller(ada), offer, token)).status in {400, 403}
    await no_token_is_stored(house, ada)


async def test_a_token_for_another_audience_is_refused(
    house: Any, entra: SimulatedEntra, ada: User, app_id: str, caller: Any
) -> None:
    offer = await house.silent.offer(caller(ada))
    partner_center = entra.authority.issue(caller(ada))
    channel = entra.keys.current.sign({"iss": "https://api.botframework.com", "aud": app_id, "exp": 4_000_000_000})
    own = entra.keys.app_token(app_id, ada.tenant_id, app_id)
    identity = entra.keys.id_token(ada, app_id, None)
    for token in (partner_center, channel, own, identity):
        assert (await house.silent.exchange(caller(ada), offer, token)).status in {400, 403}
    await no_token_is_stored(house, ada)


@pytest.mark.parametrize("tenant", [OTHER_TENANT, "", "common", "../../evil", "not-a-guid"])
async def test_no_keys_are_fetched_for_a_tenant_that_is_not_served(
    house: Any, ada: User, app_id: str, tenant: str
) -> None:
    stranger = Caller(tenant, ada.object_id)
    offer = await house.silent.offer(stranger)
    token = house.simulated.sso_token(ada, app_id, tid=tenant)
    assert (await house.silent.exchange(stranger, offer, token)).status == 403
    assert house.simulated.documents.key_lists == 0


async def test_unknown_keys_are_fetched_at_most_once_a_minute(house: Any, ada: User, app_id: str, caller: Any) -> None:
    documents = house.simulated.documents
    assert (await house.sso(ada)).status == 200
    assert documents.key_lists == 1
    house.simulated.keys.rotate()
    house.clock.ahead = 61
    assert (await house.sso(ada)).status == 200
    assert documents.key_lists == 2
    stranger = IssuerSigningKey()
    token = stranger.sign(jwt.decode(house.simulated.sso_token(ada, app_id), options={"verify_signature": False}))
    offer = await house.silent.offer(caller(ada))
    tries = (house.silent.exchange(caller(ada), offer, token) for _ in range(20))
    assert {each.status for each in await asyncio.gather(*tries)} == {403}
    assert documents.key_lists == 2
    house.clock.ahead = 122
    await house.silent.exchange(caller(ada), offer, token)
    assert documents.key_lists == 3


async def _renewed(house: Any) -> None:
    """Wait until the keys are not being renewed in the background."""
    while any(keys.fetching for keys in house.keys._tenants.values()):  # noqa: ASYNC110  # there is no event
        await asyncio.sleep(0.01)


async def test_withdrawn_keys_are_dropped_within_a_day(house: Any, ada: User, app_id: str, caller: Any) -> None:
    await house.sso(ada)
    house.simulated.documents.fail_keys = True
    house.clock.ahead = 24 * 3600 + 10
    assert (await house.sso(ada)).status == 200
    await _renewed(house)
    house.simulated.documents.fail_keys = False
    old = house.simulated.keys.current
    house.simulated.keys.rotate(keep_old=False)
    house.clock.ahead += 61
    token = old.sign(jwt.decode(house.simulated.sso_token(ada, app_id), options={"verify_signature": False}))
    offer = await house.silent.offer(caller(ada))
    await house.silent.exchange(caller(ada), offer, token)
    await _renewed(house)
    assert (await house.silent.exchange(caller(ada), offer, token)).status in {200, 403}
    fresh = await house.silent.offer(caller(ada))
    assert (await house.silent.exchange(caller(ada), fresh, token)).status == 403


async def test_try_later_is_returned_when_keys_cannot_be_fetched(house: Any, ada: User) -> None:
    house.simulated.documents.fail_keys = True
    exchanged = await house.sso(ada)
    assert (exchanged.status, type(exchanged.outcome)) == (200, TryLater)


async def test_misconfigured_is_returned_when_the_secret_changed(
    house: Any, entra: SimulatedEntra, ada: User, app_id: str
) -> None:
    entra.register(app_id, "another secret by now")
    exchanged = await house.sso(ada)
    assert exchanged.outcome == Misconfigured("AADSTS7000215")


async def test_a_pending_question_is_taken_once_by_its_caller(house: Any, ada: User, ben: User, caller: Any) -> None:
    await house.waiting.keep(caller(ada), PendingQuestion("usage for TEST COMPANY", "a:1", '{"id":1}'))
    await house.waiting.keep(caller(ada), PendingQuestion("usage for Contoso", "19:x", '{"id":2}'))
    await house.waiting.keep(caller(ada), PendingQuestion("usage for Fabrikam", "a:1", '{"id":3}'))
    await house.waiting.keep(caller(ada), PendingQuestion("usage for TEST COMPANY", "a:1", '{"id":4}'))
    assert await house.waiting.take(caller(ben)) == ()
    taken = await asyncio.gather(*(house.waiting.take(caller(ada)) for _ in range(4)))
    assert sorted(len(each) for each in taken) == [0, 0, 0, 3]
    (questions,) = [each for each in taken if each]
    assert [(each.text, each.reference) for each in questions] == [
        ("usage for Contoso", '{"id":2}'),
        ("usage for Fabrikam", '{"id":3}'),
        ("usage for TEST COMPANY", '{"id":4}'),
    ]


async def test_pending_questions_are_limited_and_expire(house: Any, ada: User, caller: Any) -> None:
    for number in range(9):
        await house.waiting.keep(caller(ada), PendingQuestion(f"question {number}", f"19:{number}"))
    assert [each.text for each in await house.waiting.take(caller(ada))] == [f"question {n}" for n in range(4, 9)]
    await house.waiting.keep(caller(ada), PendingQuestion("late", "a:1"))
    house.clock.ahead = 901
    assert await house.waiting.take(caller(ada)) == ()


async def test_forget_deletes_pending_questions(house: Any, ada: User, caller: Any) -> None:
    await house.waiting.keep(caller(ada), PendingQuestion("secret", "a:1"))
    await house.waiting.forget(caller(ada))
    assert await house.waiting.take(caller(ada)) == ()
