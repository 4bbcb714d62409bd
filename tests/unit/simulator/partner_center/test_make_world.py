"""Tests of the repeatable world."""

from collections import Counter, defaultdict

from bot.simulator.partner_center.query_string import read_parameters
from bot.simulator.partner_center.simulated_reports import Reports
from bot.simulator.partner_center.world.customer_names import AWKWARD
from bot.simulator.partner_center.world.documented_rows import DOCUMENTED
from bot.simulator.partner_center.world.make_world import make_world
from bot.simulator.partner_center.world.world_models import WEEKS, World


def page(world: World, **params: str) -> bytes:
    return Reports(world).usage(read_parameters(params, len(params)), lambda skip: f"/{skip}")


def test_world_has_the_same_bytes_only_when_the_seed_is_the_same() -> None:
    assert page(make_world(300, 5)) == page(make_world(300, 5))
    assert page(make_world(300, 5)) != page(make_world(300, 6))
    day = "2018-06-01"
    assert page(make_world(300, 5), processedDateTime=day) == page(make_world(300, 5), processedDateTime=day)


def test_a_larger_world_of_the_same_seed_begins_with_the_smaller_one() -> None:
    small, large = make_world(50), make_world(500)
    assert large.customers[:50] == small.customers
    assert large.owner[: len(small)] == small.owner
    assert large.active[: len(small)] == small.active


def test_the_documents_rows_come_first_in_any_world_and_every_week() -> None:
    for world in (make_world(0), make_world(1_000, 9)):
        for number, row in enumerate(DOCUMENTED):
            assert world.customers[world.owner[number]] == row.customer
            assert world.offers[world.offer[number]] == row.offer
            assert {world.counts(number, week) for week in range(WEEKS + 1)} == {(row.active, row.qualified)}


def test_the_documents_customers_have_no_other_rows() -> None:
    world = make_world(3_000)
    assert [row for row in range(len(world)) if world.owner[row] < 2] == list(range(len(DOCUMENTED)))
    names = Counter(customer.name for customer in world.customers)
    assert names["TEST COMPANY"] == names["DT DEMO CSP CUSTOMER 005"] == 1


def test_awkward_names_are_present_however_few_customers_there_are() -> None:
    for wanted in (-5, 0, 1, 22, 23, 400):
        world = make_world(wanted)
        assert not Counter(AWKWARD) - Counter(customer.name for customer in world.customers)
        assert len(world.customers) == max(wanted, 22)


def test_ids_are_unique_upper_case_and_ordinary_names_are_unique() -> None:
    world = make_world(20_000)
    assert len({customer.id for customer in world.customers}) == 20_000
    assert all(customer.id == customer.id.upper() for customer in world.customers)
    repeated = {name for name, count in Counter(customer.name for customer in world.customers).items() if count > 1}
    assert repeated == {"Contoso"}


def test_small_worlds_have_every_kind_of_percentage() -> None:
    world = make_world(0)
    shares = defaultdict(list)
    for row in range(len(world)):
        shares[world.customers[world.owner[row]].name].append((world.active[row], world.qualified[row]))
    assert all(active > 0 and qualified == 0 for active, qualified in shares["Company on Fire"])
    assert all(active == 0 < qualified for active, qualified in shares["Not for Profit Ltd"])
    assert sum(active for active, _ in shares["Fabrikam"]) > sum(qualified for _, qualified in shares["Fabrikam"])


def test_larger_world_has_every_workload_service_channel_and_product() -> None:
    world = make_world(500)
    assert set(world.offer) == set(range(len(world.offers)))


def test_a_customer_has_a_product_and_workload_once() -> None:
    world = make_world(2_000)
    places = Counter(
        (world.owner[row], offer.product.id, offer.workload.code)
        for row in range(len(world))
        for offer in (world.offers[world.offer[row]],)
    )
    assert set(places.values()) == {1}


def test_counts_of_any_week_are_possible_and_qualified_never_grows() -> None:
    world = make_world(200)
    for week in range(WEEKS + 1):
        for row in range(len(world)):
            active, qualified = world.counts(row, week)
            assert 0 <= qualified <= world.qualified[row]
            assert active >= 0
