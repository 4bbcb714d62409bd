"""`--locale` takes the languages there are."""

import pytest

from bot.cli.main import run
from cards.wording.locale_words import available


@pytest.mark.parametrize("tag", ["xx", "klingon", "en-XX", "", "en US", "../en"])
@pytest.mark.parametrize("command", [["ask", "--demo", "help"], ["chat", "--demo"], ["demo"], ["dev"], ["gallery"]])
def test_locale_that_there_is_not_is_refused_with_those_there_are(command, tag, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        run([*command, f"--locale={tag}"])
    assert ended.value.code == 2
    assert f"there is no {tag!r}. The languages are {', '.join(available())}" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("tag", ["en", "en-GB", "en-IN", "qps-ploc"])
def test_locale_may_have_a_region(tag, tmp_path, capsys):
    page = tmp_path / "gallery.html"
    assert run(["gallery", "--out", str(page), "--locale", tag, "--card", "answer"]) == 0
    assert "1 languages" in capsys.readouterr().out
