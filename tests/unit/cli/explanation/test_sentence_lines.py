"""A line of the input is a sentence, or says which line is none and why."""

import json

import pytest

from bot.cli.explanation.sentence_lines import LONGEST_LINE, SentenceLine, SentenceLineError, sentence_lines

GOOD = {"id": "a", "text": "usage", "after": ["hello"], "language": "nl"}


def line(**changes: object) -> bytes:
    return json.dumps({**GOOD, **changes}).encode()


def test_sentences_come_in_order_when_all_lines_are_good() -> None:
    lines = [b"\xef\xbb\xbf" + line(), line(id=7, colour="blue") + b"\r"]
    assert list(sentence_lines(lines)) == [
        SentenceLine("a", "usage", ("hello",), "nl"),
        SentenceLine(7, "usage", ("hello",), "nl"),
    ]


def test_no_sentence_is_found_when_there_is_no_line() -> None:
    assert list(sentence_lines([])) == []


@pytest.mark.parametrize(
    ("bad", "problem"),
    [
        (b"", "not JSON at character 0"),
        (b"\x00", "not JSON"),
        (b"{", "not JSON at character 1"),
        (b"[]", "not a JSON object"),
        (b'"usage"', "not a JSON object"),
        (b"\xff\xfe", "not UTF-8 at byte 0"),
        (b'{"id": "1"}', "“text” is missing"),
        (line(id=None), "“id” is neither"),
        (line(id=True), "“id” is neither"),
        (line(id=1.5), "“id” is neither"),
        (line(text=5), "“text” is not a string"),
        (line(after="usage"), "“after” is not a list"),
        (line(after=[1]), "“after” is not a list"),
        (line(language=None), "“language” is not a string"),
        (b'{"id": ' + b"9" * 5_000 + b"}", "too large"),
        (b"[" * 200_000, "too large"),
        (b" " * (LONGEST_LINE + 1), "longer than"),
    ],
)
def test_line_is_named_when_it_is_no_sentence(bad: bytes, problem: str) -> None:
    lines = sentence_lines([line(), bad, line()])
    assert next(lines).id == "a"
    with pytest.raises(SentenceLineError, match=problem) as caught:
        next(lines)
    assert caught.value.number == 2
