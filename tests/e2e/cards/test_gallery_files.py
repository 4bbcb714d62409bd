"""What the gallery is made of: valid cards and the scripts of locked packages."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.gallery.gallery_page import SCRIPTS, THEMES, WIDTHS, gallery_page, page_file
from bot.gallery.samples.samples import SAMPLES
from tests.e2e.cards.conftest import LOCALES
from tests.node_packages import installed_packages

COPIES = {"adaptivecards.min.js": "adaptivecards/dist", "markdown-it.min.js": "markdown-it/dist"}


@pytest.mark.parametrize(("copy", "folder"), list(COPIES.items()))
def test_scripts_are_those_of_the_locked_packages(copy: str, folder: str) -> None:
    assert copy in SCRIPTS.values()
    assert page_file(copy) == (installed_packages() / folder / copy).read_text(encoding="utf-8")


@pytest.mark.parametrize("locale", LOCALES)
def test_every_sample_is_a_valid_card(locale: str, valid_card: Any) -> None:
    page = gallery_page((locale,))
    data = page.split('id="data">')[1].split("</script>")[0]
    ((cards),) = [each["cards"] for each in json.loads(data)["locales"]]
    assert list(cards) == list(SAMPLES)
    for card in cards.values():
        valid_card(card)


@pytest.mark.browser
@pytest.mark.usefixtures("chromium_program")
def test_pictures_are_one_for_each_width_and_theme(tmp_path: Path) -> None:
    options = ["--out", str(tmp_path / "gallery.html"), "--png", str(tmp_path / "png"), "--card", "answer"]
    made = subprocess.run(
        [sys.executable, "-m", "bot", "gallery", *options, "--locale", "en"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    names = {f"answer-en-{width}-{theme}.png" for width in WIDTHS for theme in THEMES}
    assert {path.name for path in (tmp_path / "png").iterdir()} == names
    # The size of a PNG is after its signature and the name of its first part; two dots of the picture are one pixel.
    widths = {name: int.from_bytes((tmp_path / "png" / name).read_bytes()[16:20], "big") for name in names}
    assert widths == {name: 2 * int(name.split("-")[2]) for name in names}
