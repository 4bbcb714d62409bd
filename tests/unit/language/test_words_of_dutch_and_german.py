"""What German and Dutch do with words.

They inflect, join and divide them, and type them without their letters.
"""

from bot.language.marking.costs import Costs
from bot.language.marking.pieces import pieces
from bot.language.marking.separable_verbs import separable_verbs
from bot.language.marking.word_marks import WordMarks
from bot.language.text.message_text import plain
from bot.language.vocabulary.vocabulary import Vocabulary
from bot.language.vocabulary.word_patterns import phrases

GERMAN = Vocabulary.load("de")
DUTCH = Vocabulary.load("nl")


def split(text):
    return pieces(plain(text))


def kinds(text, vocabulary=GERMAN):
    """Return the kinds and values of the phrases that span the whole of `text`."""
    parts = split(text)
    found = WordMarks([vocabulary], Costs.load().words).at(parts, 0, misspelt=True)
    return {(mark.kind, mark.value) for mark in found if mark.end == len(parts)}


def divided(text, vocabulary=GERMAN):
    parts = split(text)
    return {
        (parts[mark.start].text, mark.kind, mark.value)
        for mark in separable_verbs(parts, [vocabulary], Costs.load().words)
    }


def test_tilde_stands_for_each_inflection_or_none():
    assert list(phrases("frei~ platz", ("e", "en"))) == [("frei", "platz"), ("freie", "platz"), ("freien", "platz")]


def test_hyphen_in_a_pattern_is_a_blank():
    assert list(phrases("e-mail")) == [("e", "mail")]


def test_words_are_known_without_their_umlauts():
    assert kinds("größte") == kinds("groesste") == kinds("grosste") == {("rank", "largest")}


def test_name_is_divided_from_the_noun_joined_to_it():
    joined = pieces(plain("Teamsnutzung"), joint=lambda word: word.casefold().index("nutzung"))
    assert [piece.text for piece in joined] == ["Teams", "nutzung"]


def test_phrase_goes_on_after_a_comma():
    assert ("act", "alert") in kinds("sag mir Bescheid, wenn")


def test_part_at_the_end_says_what_the_verb_means():
    assert divided("schalte Bericht 3 aus") == {("schalte", "do", "stop"), ("aus", "particle", "")}
    assert divided("zet nummer 2 weer aan aub", DUTCH) == {("zet", "do", "resume"), ("aan", "particle", "")}


def test_preposition_is_no_part_of_a_verb():
    assert divided("stelle Bericht 3 aus dem Oktober") == set()


def test_name_is_no_misspelt_negation():
    assert kinds("piet", DUTCH) == set()


def test_noun_is_no_misspelt_filler():
    assert kinds("land", DUTCH) == kinds("land") == set()


def test_letters_of_names_are_put_back():
    assert GERMAN.respelled("mueller soehne") == "müller söhne"
