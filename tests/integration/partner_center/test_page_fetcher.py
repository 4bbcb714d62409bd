"""Answers of several pages.

Every row is counted once, whatever form the pages have.
"""

import asyncio

import pytest
from aiohttp import web

from bot.domain.licensing import Dimension
from bot.errors import BadAnswerError, IncompleteAnswerError, RoleMissingError
from bot.query.reports.report_gaps import Gaps
from bot.query.usage_query import UsageQuery
from tests.shown_figures import of

ALL = UsageQuery()


async def fetch(client, caller, **query):
    return await client.tally(caller, UsageQuery(**query), (Dimension.CUSTOMER,))


def table(say, rows, most, total=None, **changes):
    """Serve `rows` rows, at most `most` per page.

    `total` may be a function of the request.
    """

    def serve(request):
        skip = int(request.query.get("skip", 0))
        top = min(int(request.query.get("top", most)), most)
        numbers = range(skip, min(skip + top, rows))
        announced = total(request) if callable(total) else rows if total is None else total
        return say.page(*(say.row(number, **changes) for number in numbers), total=announced)

    return serve


async def test_pages_are_requested_concurrently_and_counted_once(servers, client, say, alice):
    served, together, seen = table(say, 25, 2), asyncio.Barrier(4), []

    async def in_fours(request):
        if "skip" in request.query:  # 12 pages after the first
            await together.wait()
        return served(request)

    script = await servers(in_fours)
    found = await client(script).tally(
        alice, ALL, (Dimension.CUSTOMER,), progress=lambda *numbers: seen.append(numbers)
    )
    assert found.tally.report().total.sums == of(25, 50).sums
    assert found.tally.report().matched == 25
    assert (found.pages, found.rows, found.superseded) == (13, 25, False)
    assert seen == [(number, 13) for number in range(1, 14)]
    assert script.most_at_once == 4
    assert len(script.requests) == 13
    assert len(set(script.sent("MS-CorrelationId"))) == 13


async def test_the_page_size_may_be_requested(servers, client, say, alice):
    script = await servers(table(say, 7, 100))
    assert (await fetch(client(script), alice, top=3)).rows == 7
    assert [request.query.get("skip", "0") for request in script.requests] == ["0", "3", "6"]
    assert [request.query["top"] for request in script.requests] == ["3", "3", "1"]


async def test_a_page_shorter_than_requested_is_completed(servers, client, say, alice):
    def uneven(request):
        return table(say, 20, 4 if request.query.get("skip", "0") == "0" else 3)(request)

    script = await servers(uneven)
    found = await fetch(client(script), alice)
    assert found.tally.report().matched == 20
    assert found.rows == 20


async def test_figures_that_change_between_pages_are_read_again(servers, client, say, alice):
    asked = []

    def growing(request):
        asked.append(1)
        return 9 if len(asked) < 3 else 10

    script = await servers(table(say, 10, 2, growing))
    assert (await fetch(client(script, pages_at_once=1), alice)).rows == 10
    assert len(script.requests) == 3 + 5


async def test_figures_that_keep_changing_are_a_bad_answer(servers, client, say, alice):
    asked = []

    def restless(request):
        asked.append(1)
        return 10 + len(asked)

    script = await servers(table(say, 10, 2, restless))
    with pytest.raises(BadAnswerError) as caught:
        await fetch(client(script), alice)
    assert caught.value.correlation_id in script.sent("MS-CorrelationId")


async def test_rows_that_do_not_come_are_counted_when_announced(servers, client, say, alice):
    script = await servers(table(say, 5, 2, total=9))
    found = await fetch(client(script), alice)
    assert found.rows == 5
    assert found.tally.report().gaps.missing == 4
    assert len(script.requests) < 20


async def test_no_row_of_those_announced_is_an_incomplete_answer(servers, client, say, alice):
    script = await servers(table(say, 0, 2, total=9))
    with pytest.raises(IncompleteAnswerError):
        await fetch(client(script), alice)


async def test_a_total_of_any_size_is_not_asked_for_row_by_row(servers, client, say, alice):
    script = await servers(table(say, 3, 1, total=2**29))
    assert (await fetch(client(script), alice)).tally.report().gaps.missing == 2**29 - 3
    assert len(script.requests) < 30


def linked(say, rows, most, total, last):
    """Serve like `table`, with a link on every page.

    The link after the last row is `last`.
    """

    def serve(request):
        skip = int(request.query.get("skip", 0))
        numbers = range(skip, min(skip + most, rows))
        link = f"?skip={skip + most}" if skip + most < rows else last
        return say.page(*(say.row(number) for number in numbers), link=link, total=total)

    return serve


async def test_all_linked_rows_are_read_when_the_total_is_too_low(servers, client, say, alice):
    script = await servers(linked(say, 12, 2, 6, None))
    found = await fetch(client(script), alice)
    assert found.tally.report().matched == 12
    assert found.tally.report().gaps == Gaps()


async def test_a_link_after_the_last_row_may_lead_to_an_empty_page(servers, client, say, alice):
    script = await servers(linked(say, 6, 2, 6, "?skip=6"))
    assert (await fetch(client(script), alice)).rows == 6


async def test_rows_are_not_counted_twice_when_skip_is_ignored(servers, client, say, alice):
    script = await servers(say.page(*(say.row(number) for number in range(4)), total=6))
    with pytest.raises(BadAnswerError, match="not heeded"):
        await fetch(client(script), alice)


async def test_all_pages_are_read_again_when_new_figures_arrive(servers, client, say, alice):
    asked = []

    def switching(request):
        asked.append(1)
        day = "2018-10-07T00:00:00" if len(asked) < 3 else "2018-10-14T00:00:00"
        return table(say, 8, 2, processedDateTime=day)(request)

    script = await servers(switching)
    assert (await fetch(client(script, pages_at_once=1), alice)).tally.report().total.sums == of(8, 16).sums


@pytest.mark.parametrize("name", ["@nextLink", "nextLink", "@odata.nextLink"])
@pytest.mark.parametrize("relative", [True, False])
async def test_links_are_followed_when_there_is_no_total(servers, client, say, alice, name, relative):
    def serve(request):
        number = int(request.query.get("page", 0))
        base = "" if relative else script.url
        link = f"{base}{request.path}?page={number + 1}" if number < 3 else None
        return web.json_response({"value": [say.row(number)], name: link})

    script = await servers(serve)
    found = await fetch(client(script), alice)
    assert (found.rows, found.pages, script.most_at_once) == (4, 4, 1)


async def test_the_next_page_is_read_when_the_total_counts_one_page(servers, client, say, alice):
    script = await servers(
        say.page(say.row(1), say.row(2), link="?page=2", total=2), say.page(say.row(3), say.row(4), total=2)
    )
    assert (await fetch(client(script), alice)).rows == 4


async def test_reading_ends_when_the_only_page_links_to_itself(servers, client, say, alice):
    def serve(request):
        return say.page(*[] if "skip" in request.query else [say.row()], link=str(request.url), total=1)

    script = await servers(serve)
    found = await fetch(client(script), alice)
    assert (found.rows, found.tally.report().gaps) == (1, Gaps())
    assert [request.query.get("skip") for request in script.requests] == [None, "1"]


async def test_circular_links_end_and_the_answer_says_so(servers, client, say, alice):
    script = await servers(
        say.page(say.row(1), link="?page=2"), say.page(say.row(2), link="?page=3"), say.page(say.row(3), link="?page=2")
    )
    found = await fetch(client(script), alice)
    assert found.tally.report().matched == 3
    assert found.tally.report().gaps.incomplete
    assert len(script.requests) < 9


async def test_a_page_that_comes_again_may_hide_rows_without_a_total(servers, client, say, alice):
    first, last = [say.row(1), say.row(2)], [say.row(5), say.row(6)]

    def overlapping(request):
        skip = int(request.query.get("skip", 0))
        return say.page(*(last if skip == 4 else first), link=None if skip == 4 else f"?skip={skip + 2}")

    script = await servers(overlapping)
    report = (await fetch(client(script), alice)).tally.report()
    assert (report.matched, report.gaps.repeated, report.gaps.incomplete) == (4, 2, True)


async def test_a_page_is_another_when_a_single_row_differs(servers, client, say, alice):
    pages = [[say.row(1), say.row(number), say.row(3), say.row(4), say.row(5)] for number in (2, 7)]
    script = await servers(
        lambda request: say.page(*pages[1]) if "page" in request.query else say.page(*pages[0], link="?page=2")
    )
    report = (await fetch(client(script), alice)).tally.report()
    assert report.matched == 6
    assert (report.gaps.repeated, report.gaps.incomplete) == (4, True)


@pytest.mark.parametrize("total", [None, 1, 5])
@pytest.mark.parametrize(
    "form", ["{other}/x", "//127.0.0.1:{port}/x", "https://127.0.0.1/x", "http://u@127.0.0.1:{own}/"]
)
async def test_the_token_is_sent_to_no_other_host_port_or_scheme(servers, client, say, alice, form, total):
    """What the link would lead to is asked for by `skip`, from our own host."""
    other = await servers(say.page())
    script = await servers(say.page())
    port, own = other.url.rsplit(":", 1)[1], script.url.rsplit(":", 1)[1]
    link = form.format(other=other.url, port=port, own=own)

    def serve(request):
        skip = int(request.query.get("skip", 0))
        numbers = range(skip, min(skip + 1, total or 3))
        return say.page(*map(say.row, numbers), link=link if numbers else None, total=total)

    script.answers = [serve]
    found = await fetch(client(script), alice)
    assert found.tally.report().matched == (total or 3)
    assert other.requests == []
    assert all(request.path == script.requests[0].path for request in script.requests)


async def test_a_token_refused_for_several_pages_at_once_is_renewed_once(servers, client, say, alice, tokens):
    served = table(say, 20, 2)

    def expiring(request):
        if len(script.requests) > 1 and request.headers["Authorization"].endswith("-1"):
            return say.refusal(401, "400")
        return served(request)

    script = await servers(expiring)
    assert (await fetch(client(script), alice)).rows == 20
    assert tokens.asked == [("alice", None), ("alice", "token-alice-1")]


async def test_the_other_pages_are_cancelled_when_one_fails(servers, client, say, alice):
    served, together, never = table(say, 40, 2), asyncio.Barrier(4), asyncio.Event()

    async def failing(request):
        if "skip" not in request.query:
            return served(request)
        await together.wait()
        if request.query["skip"] != "6":
            await never.wait()
        return say.refusal(403, "900150")

    script = await servers(failing)
    with pytest.raises(RoleMissingError):
        await fetch(client(script), alice)
    assert sorted(int(request.query.get("skip", 0)) for request in script.requests) == [0, 2, 4, 6, 8]
    assert not [task for task in asyncio.all_tasks() if "_work" in repr(task.get_coro())]


async def test_only_the_failed_page_is_repeated_after_a_transient_error(servers, client, say, alice):
    served, failed = table(say, 10, 2), []

    def stumbling(request):
        if request.query.get("skip") == "4" and not failed:
            failed.append(1)
            return say.refusal(503)
        return served(request)

    script = await servers(stumbling)
    assert (await fetch(client(script), alice)).rows == 10
    assert len(script.requests) == 6


async def test_all_pages_use_a_few_connections(servers, client, say, alice):
    script = await servers(table(say, 40, 1))
    await fetch(client(script), alice)
    assert len(script.requests) == 40
    assert len(script.connections) <= 4
