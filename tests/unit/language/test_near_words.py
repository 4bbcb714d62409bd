"""Words that differ by one letter are found without comparing all."""

import random

from rapidfuzz.distance import OSA

from bot.language.vocabulary.near_words import NearWords
from bot.language.vocabulary.vocabulary import Vocabulary


def test_no_word_that_differs_by_one_letter_is_missed() -> None:
    chance = random.Random(1)
    words = sorted(Vocabulary.load("en").words)
    near = NearWords(words)
    for word in chance.sample(words, 150):
        at = chance.randrange(len(word) + 1)
        for typed in (word, word[:at] + word[at + 1 :], f"{word[:at]}x{word[at:]}", f"{word[:at]}x{word[at + 1 :]}"):
            assert {each for each in words if OSA.distance(typed, each) <= 1} <= set(near.near(typed))


def test_words_keep_their_order() -> None:
    near = NearWords(["usage", "image", "usages", "usgae"])
    assert near.near("usage") == ["usage", "usages", "usgae"]
