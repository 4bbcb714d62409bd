"""The table of ids that are joined."""

from bot.query.joins.join_keys import JOIN_KEYS, Certainty, document_table


def test_the_table_of_the_documents_has_a_row_for_each_key():
    head, line, *rows = document_table().splitlines()
    assert (head, line) == ("| This | Is | Holds | Mind |", "|---|---|---|---|")
    assert rows == [f"| {each.left} | {each.right} | {each.certainty.value} | {each.note} |" for each in JOIN_KEYS]


def test_no_name_is_a_key():
    assert not [each for each in JOIN_KEYS if "name" in f"{each.left} {each.right}".casefold()]


def test_what_was_bought_is_no_product_of_the_reports():
    bought = [each for each in JOIN_KEYS if "offerId" in each.left]
    assert [each.certainty for each in bought] == [Certainty.BY_TABLE]
