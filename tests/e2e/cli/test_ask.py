"""Tests of `usagebot ask`, run as a process."""

import socket

import pytest

QUESTION = "usage for TEST COMPANY on Exchange"
TENANT = "0112A436-B14E-4888-967B-CA4BB2CF1234"


def test_the_table_goes_to_stdout_and_nothing_to_stderr(usagebot):
    ran = usagebot("ask", "--demo", QUESTION)
    assert (ran.code, ran.err) == (0, "")
    assert "EXCHANGE ONLINE" in ran.out
    assert "October 14, 2018" in ran.out


def test_the_quotes_around_the_question_may_be_left_out(usagebot):
    with_quotes = usagebot("ask", "--demo", "--format", "json", 'usage for "Focus on IT" on Exchange')
    without = usagebot("ask", "usage", "for", "Focus on IT", "on", "Exchange", "--demo", "--format", "json")
    assert with_quotes.code == without.code == 0
    assert without.document == with_quotes.document


def test_json_holds_the_request_the_days_and_the_rows(usagebot):
    told = usagebot("ask", "--demo", "--format", "json", QUESTION).document
    assert told["kind"] == "usage"
    assert told["query"]["params"]["filter"] == f"customerTenantId eq '{TENANT}' and workloadCode eq 'EXO'"
    assert told["asOf"] == "2018-10-14"
    [row] = told["rows"]
    assert (row["customer"], row["workload"], row["active"], row["qualified"], row["share"]) == (
        "TEST COMPANY",
        "Exchange",
        0,
        1,
        0.0,
    )


@pytest.mark.parametrize(
    ("question", "code", "kind"),
    [
        ("usage for TEST COMPANY as of 2001-01-01", 0, "usage"),
        ("customers", 0, "list"),
        ("workloads", 0, "list"),
        ("help", 0, "help"),
        ("hello", 0, "help"),
        ("usage for Contoso", 2, "which"),
        ("usage for Qwxyz Unknown Ltd", 2, "no_match"),
        ("usage for 00000000-0000-0000-0000-000000000000", 2, "no_match"),
        ("usage by moon", 2, "not_understood"),
        ("", 2, "not_understood"),
        ("x" * 3000, 2, "not_understood"),
    ],
)
def test_json_is_one_document_whatever_the_outcome(usagebot, question, code, kind):
    ran = usagebot("ask", "--demo", "--format", "json", question)
    assert (ran.code, ran.document["kind"]) == (code, kind)
    assert bool(ran.err) is (code != 0)


def test_a_choice_in_json_carries_the_question_that_makes_it(usagebot):
    told = usagebot("ask", "--demo", "--format", "json", "usage for Contoso").document
    assert told["total"] == 2
    again = usagebot("ask", "--demo", "--format", "json", told["choices"][0]["question"])
    assert again.code == 0


def test_a_list_is_complete(usagebot):
    told = usagebot("ask", "--demo", "--format", "json", "customers").document
    assert len(told["entries"]) == told["total"] == 40
    assert len(usagebot("ask", "--demo", "customers").out.splitlines()) == 41


def test_help_shows_sentences_to_type(usagebot):
    assert QUESTION in usagebot("ask", "--demo", "help").out


def test_card_is_printed_when_the_question_is_not_understood(usagebot):
    ran = usagebot("ask", "--demo", "--format", "card", "usage by moon")
    assert ran.code == 2
    assert ran.document["type"] == "AdaptiveCard"


def test_error_names_the_remedy_when_the_token_is_missing(usagebot):
    ran = usagebot("ask", QUESTION)
    assert (ran.code, ran.out) == (1, "")
    assert "--demo" in ran.err
    told = usagebot("ask", "--format", "json", QUESTION)
    assert told.code == 1
    assert told.document["problem"] == "settings"


def test_failing_service_is_reported_on_stderr_and_in_json_only(usagebot):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    settings = {
        "USAGEBOT_ACCESS_TOKEN": "not-a-token",
        "USAGEBOT_PARTNER_CENTER_URL": f"http://127.0.0.1:{port}",
        "USAGEBOT_ANSWER_SECONDS": "2",
    }
    ran = usagebot("ask", "--format", "json", QUESTION, **settings)
    assert ran.code == 1
    assert ran.document["kind"] == "error"
    assert ran.document["again"] == QUESTION  # as it was typed: without the names, its meaning is not known
    assert ran.document["message"] in ran.err
    assert "not-a-token" not in ran.out + ran.err


def test_position_of_the_mistake_is_marked(usagebot):
    said, shown, mark, *_ = usagebot("ask", "--demo", "usage on Exchange by moon").err.splitlines()
    assert "moon" in said
    assert shown[mark.index("^") :] == "moon"


@pytest.mark.parametrize("changes", [{"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}])
def test_answer_is_printed_when_the_terminal_is_ascii_only(usagebot, changes):
    ran = usagebot("ask", "--demo", QUESTION, **changes)
    assert ran.code == 0
    assert "Exchange" in ran.out
    assert ran.out.isascii()


@pytest.mark.parametrize("columns", ["0", "5", "40", "abc"])
def test_a_narrow_window_loses_no_figure(usagebot, columns):
    ran = usagebot("ask", "--demo", "usage by workload", COLUMNS=columns)
    assert ran.code == 0
    assert max(map(len, ran.out.splitlines())) <= (80 if columns == "abc" else 40)
    assert "984" in ran.out


@pytest.mark.parametrize("locale", ["qps-ploc", "en-GB", "hu", "de-CH"])
def test_any_locale_with_texts_gets_an_answer(usagebot, locale):
    ran = usagebot("ask", "--demo", f"--locale={locale}", QUESTION)
    assert ran.code == 0
    assert "Exchange" in ran.out


@pytest.mark.parametrize("locale", ["", "ar-EG", "en_US.UTF-8", "../../\x1b[31m"])
def test_locale_without_texts_is_refused_with_those_there_are(usagebot, locale):
    ran = usagebot("ask", "--demo", f"--locale={locale}", QUESTION)
    assert ran.code == 2
    assert ran.out == ""
    assert "The languages are de, en, fr, hu, nl" in ran.err
    assert "\x1b" not in ran.err


@pytest.mark.parametrize("form", ["table", "json", "card"])
def test_typed_text_never_controls_the_terminal(usagebot, form):
    ran = usagebot("ask", "--demo", "--format", form, "usage by \x1b[31m\x9b31mred \x1b]0;title\x07")
    assert ran.code == 2
    assert not {"\x1b", "\x07", "\x9b"} & set(ran.out + ran.err)


def test_a_selection_is_not_called_a_total(usagebot):
    chosen, everything = (usagebot("ask", "--demo", each).out for each in ("top 3 by customer", "usage by workload"))
    assert "These 3" in chosen
    assert "in total" not in chosen
    assert "in total" in everything
