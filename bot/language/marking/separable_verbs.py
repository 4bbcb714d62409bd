"""Find verbs of which a part is at the end of the sentence.

`schalte Bericht 3 aus`, `zet nummer 2 uit`. Pure.
"""

from collections.abc import Iterator, Sequence

from bot.language.marking.costs import WordCosts
from bot.language.marking.marks import Mark
from bot.language.marking.pieces import Piece
from bot.language.vocabulary.vocabulary import LEAF, Vocabulary

_FARTHEST = 40  # pieces between the parts
_COURTESIES = ("polite", "small")


def separable_verbs(pieces: Sequence[Piece], vocabularies: Sequence[Vocabulary], costs: WordCosts) -> Iterator[Mark]:
    """Yield both parts of each such verb.

    The separate part must end its sentence, or a clause of it.
    """
    for rank, vocabulary in enumerate(vocabularies):
        for start, piece in enumerate(pieces):
            for particles, meaning in vocabulary.separable.get(piece.folded, ()):
                for at in range(start + 1, min(len(pieces), start + _FARTHEST)):
                    if pieces[at].folded in particles and _ends_there(pieces, at + 1, vocabulary):
                        dearer = rank * costs.language
                        yield Mark(start, start + 1, meaning.kind, meaning.value, costs.verb + dearer)
                        yield Mark(at, at + 1, "particle", "", costs.particle + dearer)


def _ends_there(pieces: Sequence[Piece], at: int, vocabulary: Vocabulary) -> bool:
    """Return True if nothing but courtesies follows in the clause."""
    if at == len(pieces) or pieces[at].breaks or (pieces[at].is_sign and pieces[at].text not in "-'’"):
        return True
    meanings = vocabulary.trie.get(pieces[at].folded, {}).get(LEAF, ())
    return any(each.kind in _COURTESIES for each in meanings) and _ends_there(pieces, at + 1, vocabulary)
