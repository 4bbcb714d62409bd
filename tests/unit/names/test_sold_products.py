"""The names of usage, with further products that were sold."""

from bot.domain.licensing import Dimension, Entry
from bot.names.name_index import NameIndex, Unique

FABRIKAM = Entry(Dimension.CUSTOMER, "736A947A-843F-4DA7-B1EE-DAFFCC3D5506", "Fabrikam")
E3 = Entry(Dimension.PRODUCT, "6FD2C87F-B296-42F0-B197-1E91E994B900", "OFFICE 365 ENTERPRISE E3")
OTHER_E3 = Entry(Dimension.PRODUCT, "6fd2c87f-b296-42f0-b197-1e91e994b900", "Office 365 E3")
VISIO = Entry(Dimension.PRODUCT, "C5928F49-12BA-48F7-ADA3-0D743A3601D5", "VISIO PLAN 2")
USAGE = NameIndex.of((FABRIKAM, E3))


def found(names, text):
    return names.find(text, (Dimension.PRODUCT,))


def test_further_products_are_names_beside_the_others():
    names = USAGE.with_products((VISIO,))
    assert found(names, "visio plan 2") == Unique(VISIO)
    assert found(names, "OFFICE 365 ENTERPRISE E3") == Unique(E3)
    assert [match.entries for match in names.spans.find("visio")] == [(VISIO,)]
    assert names.spans.find("fabrikam")[0].entries == (FABRIKAM,)


def test_the_names_of_usage_stay_as_they_are():
    USAGE.with_products((VISIO,))
    assert USAGE.same(VISIO) is None
    assert USAGE.spans.find("visio") == ()


def test_names_without_further_products_are_the_same_names():
    assert USAGE.with_products((OTHER_E3,)) is USAGE


def test_every_spelling_of_a_product_stays_a_name_of_it():
    names = NameIndex.of((FABRIKAM, E3, OTHER_E3)).with_products((VISIO,))
    every = {each.entry.id.casefold() for each in (found(names, E3.name), found(names, OTHER_E3.name))}
    assert every == {E3.id.casefold()}
