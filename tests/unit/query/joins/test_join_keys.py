"""The table of ids that the documents print."""

from pathlib import Path

from bot.query.joins.join_keys import JOIN_KEYS, Certainty, document_table

ARCHITECTURE = (Path(__file__).parents[4] / ".github" / "ARCHITECTURE.md").read_text("utf-8")


def test_the_documents_have_the_table():
    assert document_table() in ARCHITECTURE


def test_no_name_is_a_key():
    assert not [each for each in JOIN_KEYS if "name" in f"{each.left} {each.right}".casefold()]


def test_what_was_bought_is_no_product_of_the_reports():
    bought = [each for each in JOIN_KEYS if "offerId" in each.left]
    assert [each.certainty for each in bought] == [Certainty.BY_TABLE]
