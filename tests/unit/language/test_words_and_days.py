"""Tokens with their offsets, days and aliases."""

from datetime import date

import pytest

from bot.commands.command import Usage
from bot.language.text.message_text import escape, plain, tidy
from bot.language.text.tokenizer import TokenKind, tokens
from bot.names.workload_aliases import WORKLOADS, meanings, workload_code
from tests.typed_sentences import parse


@pytest.mark.parametrize(
    ("typed", "kinds"),
    [
        ('"Focus on IT" x', ["Focus on IT", "x"]),
        ('"He said ""hi""" x', ['He said "hi"', "x"]),
        ("“a” «b» „c“ ‹d›", ["a", "b", "c", "d"]),
        ('"open x', ['"open', "x"]),
        ("O'Brien's 'Quoted Name'", ["O'Brien's", "Quoted Name"]),
        ("'s-Hertogenbosch BV", ["'s-Hertogenbosch", "BV"]),
        ('5" pipes', ['5"', "pipes"]),
        ("a,b;c , 1,5", ["a", ",", "b", ";", "c", ",", "1,5"]),
    ],
)
def test_text_is_split_into_words_quotes_and_commas(typed: str, kinds: list[str]) -> None:
    assert [token.text for token in tokens(plain(typed))] == kinds


def test_token_has_typed_offset_when_text_has_mention_and_entity() -> None:
    typed = "<at>Bot</at>&nbsp;x &quot;a b&quot;!"
    last = tokens(plain(typed))[-1]
    assert last.kind is TokenKind.QUOTED
    assert typed[last.start : last.end].startswith("&quot;a b")


@pytest.mark.parametrize("text", ["a & b", "&amp;", "&#39;", "<b>", "a < b", "</at>", "<at>x</at>", "&nbsp;"])
def test_plain_text_is_the_original_when_text_was_escaped(text: str) -> None:
    assert plain(escape(text)).text == text


@pytest.mark.parametrize(
    ("text", "clean"), [(" a \n b\t", "a b"), ("a\u200bb\ufeff", "ab"), ("\ud800", "\ufffd"), ("a\u3000b", "a b")]
)
def test_tidy_name_is_one_line_of_visible_characters(text: str, clean: str) -> None:
    assert tidy(text) == clean


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("today", date(2018, 10, 24)),
        ("yesterday", date(2018, 10, 23)),
        ("last wednesday", date(2018, 10, 17)),
        ("last tuesday", date(2018, 10, 23)),
        ("monday", date(2018, 10, 22)),
        ("2018-10-14", date(2018, 10, 14)),
        ("2018/10/14", date(2018, 10, 14)),
        ("14 Oct 2018", date(2018, 10, 14)),
        ("14 October", date(2018, 10, 14)),
        ("14 november", date(2017, 11, 14)),
        ("the 14th of October 2018", date(2018, 10, 14)),
        ("Oct 14, 2018", date(2018, 10, 14)),
        ("October 14th", date(2018, 10, 14)),
        ("29 Feb", date(2016, 2, 29)),
    ],
)
def test_day_is_understood(said: str, day: date, today: date) -> None:
    for sentence in (f"usage as of {said}", f"usage as of {said} on Exchange", f"usage on Exchange as of {said}."):
        command = parse(sentence, today=today)
        assert isinstance(command, Usage)
        assert command.as_of == day


def test_workload_code_is_known_only_for_documented_names() -> None:
    assert [workload_code(text) for text in ("Exchange", "sharepoint online", "LYNC", "onedrive", "teams", "x")] == [
        "EXO",
        "SPO",
        "SFB",
        "SPO",
        None,
        None,
    ]


def test_alias_means_its_own_workload_first() -> None:
    for workload in WORKLOADS:
        for alias in (workload.code, *workload.names, *workload.aliases):
            assert meanings(alias)[0] is workload, alias
