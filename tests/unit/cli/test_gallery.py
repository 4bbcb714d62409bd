"""The command `usagebot gallery`."""

import sys

from bot.cli.main import run


def test_page_has_the_cards_and_languages_that_are_chosen(tmp_path, capsys):
    page = tmp_path / "gallery.html"
    assert run(["gallery", "--out", str(page), "--card", "answer", "--card", "digest", "--pseudo"]) == 0
    assert "2 cards in" in capsys.readouterr().out
    text = page.read_text("utf-8")
    assert '"names":["answer","digest"]' in text
    assert '"qps-ploc"' in text


def test_page_loads_nothing_from_any_host(tmp_path):
    page = tmp_path / "gallery.html"
    assert run(["gallery", "--out", str(page)]) == 0
    head = page.read_text("utf-8").partition("<style>")[0]
    assert "default-src 'none'" in head
    assert "https:" not in head


def test_gallery_fails_with_what_there_is(tmp_path, capsys):
    assert run(["gallery", "--out", str(tmp_path / "gallery.html"), "--card", "nothing"]) == 1
    assert "There is no card nothing." in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_pictures_without_the_extra_say_how_to_install_it(tmp_path, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    page, pictures = tmp_path / "gallery.html", tmp_path / "pictures"
    assert run(["gallery", "--out", str(page), "--png", str(pictures)]) == 1
    assert "uv sync --extra gallery" in capsys.readouterr().err
    assert page.exists()
