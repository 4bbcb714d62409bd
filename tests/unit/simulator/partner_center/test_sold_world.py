"""Tests of what is sold in the repeatable world."""

import hashlib
from collections import defaultdict
from datetime import date, timedelta

import pytest

from bot.simulator.partner_center.query_string import read_parameters
from bot.simulator.partner_center.selling.contracts import Contract, ContractState, Supplier
from bot.simulator.partner_center.selling.documented_seats import DOCUMENTED_SEATS
from bot.simulator.partner_center.selling.make_contracts import months_before
from bot.simulator.partner_center.selling.offer_catalogue import AZURE, COPILOT, OFFICE_BUSINESS, offer_of
from bot.simulator.partner_center.selling.sold_world import SoldWorld, sold_world
from bot.simulator.partner_center.simulated_reports import Reports
from bot.simulator.partner_center.world.make_world import make_world
from bot.simulator.partner_center.world.product_catalogue import ESSENTIALS
from bot.simulator.partner_center.world.world_models import WEEKS

TODAY = date(2026, 11, 30)
# Of the pages as they were before anything was sold in this world.
USAGE = "b22815121b2b947f1a242d7ffecb2978fc20d639ce84256455cf91af04cb9f45"


def of(sold: SoldWorld, name: str) -> list[Contract]:
    ids = [customer.id for customer in sold.seats.customers if customer.name == name]
    return [contract for each in ids for contract in sold.contracts[each]]


def seats(sold: SoldWorld, name: str) -> list[tuple[int, int]]:
    world = sold.seats
    return [world.counts(row, 0) for row in range(len(world)) if world.customers[world.owner[row]].name == name]


@pytest.fixture(scope="module")
def demo() -> SoldWorld:
    return sold_world(make_world(40, 1), TODAY)


def test_usage_has_the_bytes_it_had_before_anything_was_sold() -> None:
    world, found = make_world(300, 5), hashlib.sha256()
    reports = Reports(world)
    assert reports.sold.subscriptions(world.customers[0].id)
    filtered = {"filter": "channel eq 'direct'", "top": "50"}
    for asked in ({}, {"processedDateTime": "2018-06-01"}, {"groupby": "customerName,workloadCode"}, filtered):
        found.update(reports.usage(read_parameters(asked, len(asked)), lambda skip: f"/{skip}"))
    for customer in world.customers[:40]:
        found.update(reports.of_customer(customer.id) or b"")
    assert found.hexdigest() == USAGE


def test_same_day_has_the_same_contracts_and_another_day_other_ends() -> None:
    world = make_world(60)
    first, again, later = (sold_world(world, day) for day in (TODAY, TODAY, TODAY + timedelta(days=9)))
    assert list(first.own()) == list(again.own())
    assert [each.quantity for each in first.own()] == [each.quantity for each in later.own()]
    moved = [then.end - now.end for now, then in zip(first.own(), later.own(), strict=True) if now.end and then.end]
    assert moved.count(timedelta(days=9)) > 50
    assert (first.seats.active, first.seats.qualified) == (later.seats.active, later.seats.qualified)


def test_documents_seats_are_the_first_rows_of_every_world_and_week() -> None:
    for world in (make_world(0), make_world(400, 9)):
        rows = sold_world(world, TODAY).seats
        assert rows.documented == len(DOCUMENTED_SEATS)
        for number, ((customer, product), counts) in enumerate(DOCUMENTED_SEATS.items()):
            assert rows.customers[rows.owner[number]] == customer
            assert rows.offers[rows.offer[number]].product == product
            assert {rows.counts(number, week) for week in range(WEEKS + 1)} == {counts}


def test_every_world_has_each_planned_oddity() -> None:
    for seed in (1, 2018):
        sold = sold_world(make_world(0, seed), TODAY)
        assert all(assigned > count for assigned, count in seats(sold, "Fabrikam"))
        assert {assigned for assigned, count in seats(sold, "Not for Profit Ltd") if count} == {0}
        assert all(count == 0 < assigned for assigned, count in seats(sold, "Company on Fire"))
        assert all(contract.trial and not contract.sells for contract in of(sold, "Company on Fire"))
        europe = [each for each in of(sold, "Contoso Europe") if not each.trial]
        assert {(each.end, each.auto_renew) for each in europe} == {(TODAY + timedelta(days=12), False)}
        lapsed = {each.state for each in of(sold, "Not for Profit Ltd")}
        assert lapsed >= {ContractState.EXPIRED, ContractState.SUSPENDED}
        far = [each for each in of(sold, "Ærø Færgefart ApS") if each.sells]
        assert {(each.end, each.new, each.auto_renew) for each in far} == {(date(2038, 12, 14), False, False)}
        assert {each.supplier for each in of(sold, "Except Limited") if not each.trial} == {Supplier.OTHER}
        assert COPILOT in {each.product for each in of(sold, "O'Brien & Sons")}
        assert OFFICE_BUSINESS in {each.product for each in of(sold, "Top 10 Travel")}
        assert [each.end for each in of(sold, "Focus on IT") if each.product == AZURE] == [None]


def test_two_terms_of_one_product_share_its_seats() -> None:
    sold = sold_world(make_world(0, 1), TODAY)
    terms = defaultdict(set)
    for contract in of(sold, "Müller & Söhne Gebäudetechnik GmbH"):
        terms[contract.product].add(contract.term)
    assert set(map(frozenset, terms.values())) == {frozenset({"P1M", "P1Y"})}


def test_demo_has_a_customer_of_whom_fewer_and_fewer_are_left(demo: SoldWorld) -> None:
    contract, *others = of(demo, "Clearview Roofing Oy")
    assert others == []
    assert (contract.quantity, contract.end, contract.auto_renew) == (30, TODAY + timedelta(days=33), True)
    assert seats(demo, "Clearview Roofing Oy") == [(26, 30)]


def test_seats_of_any_week_are_no_more_than_today() -> None:
    rows = sold_world(make_world(120), TODAY).seats
    for week in range(WEEKS + 1):
        for row in range(len(rows)):
            assigned, sold = rows.counts(row, week)
            assert 0 <= sold <= rows.qualified[row]
            assert 0 <= assigned <= rows.active[row]
            assert assigned <= sold or rows.active[row] > rows.qualified[row]


def test_an_offer_has_no_id_of_its_product_and_may_have_another_name() -> None:
    new, older = offer_of(ESSENTIALS, new=True), offer_of(ESSENTIALS, new=False)
    assert new.name.upper() != ESSENTIALS.name == older.name
    assert ESSENTIALS.id not in {new.id, older.id}
    assert new.id.count(":") == 2


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 12, 31), 36, date(2023, 12, 31)),
    ],
)
def test_a_term_begins_on_the_same_day_or_the_last_of_the_month(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before
