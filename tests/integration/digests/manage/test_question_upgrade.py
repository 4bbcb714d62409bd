"""The sentence of a digest of release 0.1 becomes a command document.

This happens once, even if another process changes the digest.
"""

from typing import Any

from sqlalchemy import text

from bot.commands.command import Name, NewDigest, Usage
from bot.commands.command_document import read
from bot.digests.content.digest_command import command_of, question_of
from bot.digests.manage.question_upgrade import UNREADABLE, QuestionUpgrade
from bot.store.digests.digest_record import DigestState
from bot.usage.command_buttons import press_of


async def as_stored_by_0_1(office: Any, number: int, question: str = "usage for TEST COMPANY on Exchange") -> None:
    statement = text("UPDATE digests SET command = '', question = :question WHERE number = :number")
    await office.store.digests._database.write(
        lambda connection: connection.execute(statement, {"number": number, "question": question}).close()
    )
    await office.store.signing.sign(number)  # as the step that added signatures did


async def test_new_digest_has_a_command_and_the_sentence_for_the_release_before(office: Any) -> None:
    digest = await office.digest(await office.made("digest every day at 9 for test comp on exo"))
    assert read(digest.command) == Usage(
        customers=(Name("TEST COMPANY", id="0112a436-b14e-4888-967b-ca4bb2cf1234"),), subjects=(Name("Exchange"),)
    )
    assert digest.question == question_of(digest) == "usage for TEST COMPANY on Exchange"


async def test_sentences_become_commands_once(office: Any) -> None:
    numbers = [await office.made(f"digest every day at {hour} usage") for hour in range(9, 12)]
    await as_stored_by_0_1(office, numbers[0])
    await as_stored_by_0_1(
        office, numbers[2], "top 5 not for " + ", ".join(f'"{n}"' for n in range(98)) + ' and "98" by customer'
    )
    upgrade = QuestionUpgrade(office.store.digests, office.notices)
    assert await upgrade.look() == 2
    assert read((await office.digest(numbers[0])).command) == Usage((Name("TEST COMPANY"),), (Name("Exchange"),))
    assert len(command_of(await office.digest(numbers[2])).excluded) == 99
    assert await upgrade.look() == 0
    assert office.told == []


async def test_hundreds_of_sentences_become_commands_in_one_call(office: Any) -> None:
    number = await office.made("digest every day at 9 usage")
    await as_stored_by_0_1(office, number)
    names = "tenant_id, owner_id, owner_name, locale, time_zone, question, schedule, conversation_id, kind, team_id"
    rest = (
        "reference, state, reason, next_due, requested, misses, created, previous, previous_at, last, last_at, version"
    )
    copy = text(f"INSERT INTO digests ({names}, {rest}) SELECT {names}, {rest} FROM digests WHERE number = {number}")

    def fill(connection: Any) -> None:
        for _ in range(250):
            connection.execute(copy)
        office.store.signing._signed.sign_all(connection)

    await office.store.digests._database.write(fill)
    assert await QuestionUpgrade(office.store.digests, office.notices).look() == 251


async def test_digest_loses_nothing_when_it_is_changed_at_the_same_moment(office: Any) -> None:
    number = await office.made("digest every day at 9 usage")
    await as_stored_by_0_1(office, number)
    digests, changed = office.store.digests, []

    class Meanwhile:
        """The repository; another process changes a digest between its read and its write."""

        def __getattr__(self, name: str) -> Any:
            return getattr(digests, name)

        async def change(self, number: int, version: int | None, **changes: Any) -> Any:
            if not changed:
                changed.append(await digests.change(number, None, misses=2))
            return await digests.change(number, version, **changes)

    assert await QuestionUpgrade(Meanwhile(), office.notices).look() == 1  # type: ignore[arg-type]
    digest = await office.digest(number)
    assert (digest.misses, command_of(digest)) == (2, Usage((Name("TEST COMPANY"),), (Name("Exchange"),)))


async def test_digest_without_command_works_as_before(office: Any, people: Any, rooms: Any) -> None:
    number = await office.made("digest every day at 9 usage")
    await as_stored_by_0_1(office, number)
    assert await office.desk.question(number, people.ada, rooms.channel) == command_of(await office.digest(number))
    (line,) = (await office.say("digests")).lines
    assert line.question == "usage for TEST COMPANY on Exchange"
    stopped = await office.say(f"stop digest {number}")
    again = press_of(stopped.again).asked
    assert isinstance(again, NewDigest)
    assert again.question == Usage((Name("TEST COMPANY"),), (Name("Exchange"),))


async def test_unreadable_digest_is_paused_again_when_its_owner_resumes_it(office: Any) -> None:
    number = await office.made("digest every day at 9 usage")
    await as_stored_by_0_1(office, number, "words that ask nothing")
    upgrade = QuestionUpgrade(office.store.digests, office.notices)
    for told in (1, 1, 2):
        if told == 2:
            await office.say(f"resume digest {number}")
        await upgrade.look()
        digest = await office.digest(number)
        assert (digest.state, digest.reason) == (DigestState.PAUSED, UNREADABLE)
        assert [view.notice for _, view in office.told] == ["unreadable"] * told


async def test_unreadable_digest_is_paused_when_its_owner_cannot_be_reached(office: Any) -> None:
    number = await office.made("digest every day at 9 usage")
    await as_stored_by_0_1(office, number, "words that ask nothing")
    office.mute = True
    assert await QuestionUpgrade(office.store.digests, office.notices).look() == 0
    assert (await office.digest(number)).reason == UNREADABLE
