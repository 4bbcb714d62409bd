"""The person who asks."""

from bot.domain.conversation import Caller


def test_record_of_a_person_is_found_in_either_case_of_the_ids() -> None:
    assert Caller("TENANT", "Ann").record_key == Caller("tenant", "aNN", "Ann", "nl").record_key == "tenant|ann"
    assert Caller("tenant", "ben").record_key != Caller("tenant", "ann").record_key
