"""What each kind of mark costs: the more doubtful, the dearer.

Pure; reads its own packaged file. An unknown word costs 1, and everything else is measured by that.
"""

from functools import cache
from importlib import resources

import msgspec

_FILE = "costs.json"


class WordCosts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Phrases of the vocabulary.

    `phrase`: any of them. `word`: what each further word of it takes off. `language`: for each language that is less
    likely. `misspelt`: one letter is wrong. `ending`: an ending behind a number. `inflected`: with an ending that the
    vocabulary does not have. `filler`, `polite`, `small`: a word without meaning, where it may have one.
    `weak`: a word that is not missed, such as a preposition. `comparison`: one must have a number behind it.
    """

    phrase: float
    word: float
    language: float
    misspelt: float
    ending: float
    inflected: float
    filler: float
    polite: float
    small: float
    weak: float
    comparison: float
    verb: float  # a verb with a part at the end of the sentence
    particle: float  # that part


class NameCosts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Names of the directory.

    The first five are for how a text resembles the name, see `Likeness`. What follows is added to them.
    """

    exact: float
    leading: float
    joined: float
    inner: float
    near: float
    edit: float  # for each letter that is wrong
    inflected: float  # with an ending, or with other letters
    alias: float  # another word for it, where the word is also something else
    wordy: float  # all its words are in the vocabulary too
    hanging: float  # a part of a name that begins with a preposition: "for Exchange"
    letters: float  # two letters or fewer
    customer: float  # a misspelt customer: there are more of them, so one of them resembles a word sooner
    numbered: float  # a product with its number: "plan 1"
    absent: float  # a product that no customer here has
    longer: float  # what each further word takes off such a product


class PlaceCosts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Numbers, times and signs, and what a mark costs more or less in its place."""

    number: float
    range: float  # the sign between two numbers
    time: float
    time_word: float  # what each word of a phrase about time takes off
    sign: float
    picture: float  # emoji, and signs that mean nothing here
    expected_name: float  # of the kind that the preposition before it usually precedes
    also_expected: float  # of a kind that it precedes too
    unexpected_name: float  # of another kind
    asked_customer: float  # a customer behind "usage for"
    called_customer: float  # a customer behind "called"
    expected_number: float  # after a comparison
    digest_number: float  # a number after "pause" and "digests"
    after_number: float  # words between two numbers, or behind one
    greeted: float  # an unknown word after a greeting
    place: float  # a doubtful customer after "in": "in Europe" is no customer


class Margins(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much dearer another reading may be for the bot to ask which is meant.

    `names`: two names compete. `times`: a name and a time do. `words`: a word of the vocabulary and one of these do.
    `unknown`: a time competes with not being understood.
    """

    names: float
    times: float
    words: float
    unknown: float

    @property
    def widest(self) -> float:
        """The largest of them."""
        return max(self.names, self.times, self.words, self.unknown)


class Costs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All costs of marks."""

    words: WordCosts
    names: NameCosts
    places: PlaceCosts
    margins: Margins

    @classmethod
    def load(cls) -> "Costs":
        """Return the costs of the packaged file, which is read once."""
        return _load()


@cache
def _load() -> Costs:
    return msgspec.json.decode((resources.files(__package__) / _FILE).read_bytes(), type=Costs)
