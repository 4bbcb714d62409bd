"""The samples of the gallery."""

from typing import get_args

from bot.gallery.samples.samples import SAMPLES
from cards.draw import CARDS
from cards.views.answer_views import SignInView, View


def test_each_kind_of_card_has_a_sample():
    shown = {type(view) for view in SAMPLES.values()}
    assert {*get_args(View), SignInView} - shown == set()
    assert shown == set(CARDS)


def test_names_of_samples_are_parts_of_file_names():
    assert len(SAMPLES) > 60
    assert [name for name in SAMPLES if not name.replace("_", "").isalpha() or not name.islower()] == []
