"""What is printed for an entry is accepted as that entry; folding is stable."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands.command import Name, Usage
from bot.domain.guid import pasted_guid
from bot.domain.licensing import Dimension, Entry
from bot.language.sentence.command_sentence import sentence_of
from bot.names.entry_label import read_label
from bot.names.name_folding import loose, strict
from bot.names.name_index import Ambiguous, NameIndex, Unique
from bot.names.namesakes import CustomerDetails
from tests.typed_sentences import parse

CUSTOMER = (Dimension.CUSTOMER,)
_pieces = st.sampled_from(
    (
        *(
            "Vega",
            "vega",
            "Łódź",
            "ışık",
            "IŞIK",
            '"',
            "«",
            "»",
            "'",
            " ",
            "(",
            ")",
            "™",
            "&amp;",
            "&",
            ";",
            "<b>",
            "<",
        ),
        *("\u200b", "Ø", "ООО", "ك", "ک", "1.", "-", "/", ".com", "0A1B", "[", "](http://a.b)", "on", "Exchange", ">"),
    )
)
_names = st.lists(_pieces, min_size=1, max_size=6).map("".join).filter(lambda name: loose(name).strip() != "")
_ids = st.uuids(version=4).map(lambda id_: str(id_).upper())


@given(st.text(max_size=40) | st.lists(_pieces, max_size=8).map("".join))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert strict(strict(text)) == strict(text)
    assert loose(loose(text)) == loose(text)
    assert loose(strict(text)) == loose(text)


@given(st.text(max_size=80) | st.lists(_pieces, max_size=8).map("".join))
def test_labels_and_ids_are_read_from_any_text_without_an_error(text: str) -> None:
    label = read_label(text)
    assert label is None or (label.name and label.detail)
    assert pasted_guid(text) is None or len(text) >= 32


@settings(deadline=None)
@given(st.dictionaries(_ids, _names, min_size=1, max_size=5), st.booleans())
def test_printed_forms_of_an_entry_mean_that_entry(customers: dict[str, str], with_domains: bool) -> None:
    domains = {id_.lower(): f"d{number}.example.com" for number, id_ in enumerate(customers)} if with_domains else {}
    plain = NameIndex.of(Entry(Dimension.CUSTOMER, id_, name) for id_, name in customers.items())
    names = plain.detailed(CustomerDetails(domains))
    for entry in names.entries(Dimension.CUSTOMER):
        for printed in (entry.id, f"({entry.id})", f"{entry.label} ({entry.id})"):
            assert names.find(printed, CUSTOMER) == Unique(entry), printed
        found = names.find(entry.label, CUSTOMER)
        assert entry in (found.entries if isinstance(found, Ambiguous) else [getattr(found, "entry", None)])
        sentence = sentence_of(Usage(customers=(Name(entry.id),)))
        assert parse(sentence, today=date(2026, 11, 30), names=names) == Usage(
            customers=(Name(entry.label, id=entry.id),)
        )


@settings(deadline=None)
@given(st.lists(_names, min_size=2, max_size=4))
def test_entries_that_fold_alike_are_all_offered(spellings: list[str]) -> None:
    entries = [Entry(Dimension.CUSTOMER, f"ID-{number}", name) for number, name in enumerate(spellings)]
    names = NameIndex.of(entries)
    for entry in entries:
        folded = loose(entry.name)
        found = names.find(folded, CUSTOMER)
        offered = found.entries if isinstance(found, Ambiguous) else (getattr(found, "entry", None),)
        assert {each for each in entries if loose(each.name) == folded} <= set(offered)
