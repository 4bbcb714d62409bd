"""Whatever rows and the caller's names call customers, each id has one name."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.identifier import folded_id
from bot.domain.licensing import Dimension, Entry, UsageRow
from bot.names.name_folding import loose
from bot.names.name_index import NameIndex
from bot.query.reports.row_aggregator import RowAggregator
from bot.usage.distinct_entries import with_details

IDS = st.sampled_from(["aaaa0001", "AAAA0001", "bbbb0002", "cccc0001", " CCCC0001"])
NAMES = st.sampled_from(["Contoso", "CONTOSO ", "Con\u200btoso", "Zeta", "zeta", "Aaa"])
ENTRIES = st.lists(st.builds(Entry, st.just(Dimension.CUSTOMER), IDS, NAMES), max_size=6)
ROWS = st.lists(
    st.builds(
        UsageRow,
        workload_code=st.just("EXO"),
        service_code=st.just("o365"),
        processed=st.just("2018-10-14"),
        customer_id=IDS | st.none(),
        customer=NAMES | st.none(),
        product_id=st.sampled_from(["e3", "e5"]),
        qualified=st.just(2),
        licenses_active=st.just(1),
    ),
    max_size=9,
)
BY = st.sampled_from([(Dimension.CUSTOMER,), (Dimension.PRODUCT, Dimension.CUSTOMER), (Dimension.PRODUCT,)])


def shown(rows, by, entries):
    tally = RowAggregator(by, every_row=True)
    tally.add(rows)
    return with_details(tally.report(), None if entries is None else NameIndex.of(entries))


@given(ROWS, BY, st.none() | ENTRIES, st.randoms())
def test_answer_is_the_same_for_any_order_of_rows_and_names(rows, by, entries, chance):
    rows = list(dict.fromkeys(rows))
    one = shown(rows, by, entries)
    mixed = None if entries is None else chance.sample(entries, len(entries))
    other = shown(chance.sample(rows, len(rows)), by, mixed)
    assert one == other
    assert [[each.label for each in row.entries.values()] for row in one.rows] == [
        [each.label for each in row.entries.values()] for row in other.rows
    ]


@given(ROWS, BY, st.none() | ENTRIES)
def test_one_id_has_one_label_and_two_have_different_ones(rows, by, entries):
    report = shown(rows, by, entries)
    found = [row.entries[Dimension.CUSTOMER] for row in report.rows if Dimension.CUSTOMER in row.entries]
    labels = {}
    for each in found:
        if each.has_id:
            labels.setdefault(folded_id(each.id), set()).add((each.name, each.detail))
    assert all(len(some) == 1 for some in labels.values())
    every = [(loose(name), detail) for some in labels.values() for name, detail in some]
    assert len(set(every)) == len(every)


@given(ENTRIES)
def test_names_are_listed_once_for_each_id(entries):
    names = NameIndex.of(entries)
    listed = names.entries(Dimension.CUSTOMER)
    assert sorted(folded_id(each.id) for each in listed) == sorted({folded_id(each.id) for each in entries})
    assert [loose(each.name) for each in listed] == sorted(loose(each.name) for each in listed)
    for entry in entries:
        assert names.same(entry) in listed
