"""The pages load only Microsoft's own library, and their policy allows only that."""

import re

import pytest

from bot.identity.sign_in.sign_in_html import (
    CLOSE,
    FAILURE,
    SUCCESS,
    TEAMS_JS,
    TEAMS_JS_HASH,
    SignInPage,
    policy,
    render,
)


@pytest.mark.parametrize("hand_back", [SUCCESS, FAILURE])
def test_the_only_address_is_the_teams_library_pinned_by_hash(hand_back: str) -> None:
    shown = render(SignInPage("en", "Title", "Text", hand_back=hand_back))
    assert re.findall(r'(?:src|href|action)="([^"]*)"', shown) == [TEAMS_JS]
    assert f'integrity="{TEAMS_JS_HASH}" crossorigin="anonymous"' in shown


def test_a_page_that_closes_allows_only_the_script_that_does() -> None:
    page = SignInPage("en", "Title", "Text", app="License usage", closes=True)
    assert f"<script>{CLOSE}</script>" in render(page)
    assert "src=" not in render(page)
    assert TEAMS_JS not in policy(page)
    assert "script-src 'sha256-" in policy(page)
    in_teams = SignInPage("en", "Title", "Text", hand_back=SUCCESS, closes=True)
    assert f"<script>{SUCCESS}{CLOSE}</script>" in render(in_teams)
    assert policy(in_teams) != policy(SignInPage("en", "Title", "Text", hand_back=SUCCESS))


def test_a_page_says_the_name_of_the_app() -> None:
    shown = render(SignInPage("en", "You are signed in", "Text", app="License usage"))
    assert "<title>You are signed in · License usage</title>" in shown
    assert '<p class="app">License usage</p>' in shown


def test_no_script_is_allowed_when_hand_back_is_none() -> None:
    page = SignInPage("en", "Title", "Text")
    assert "<script" not in render(page)
    assert "script-src" not in policy(page)


def test_the_policy_allows_no_inline_code_but_ours() -> None:
    shown = policy(SignInPage("en", "Title", "Text", hand_back=SUCCESS))
    assert "unsafe" not in shown
    assert shown.startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in shown
    assert policy(SignInPage("en", "T", "T", hand_back=FAILURE)) != shown


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "&lt;", "'"])
def test_foreign_names_are_escaped(hostile: str) -> None:
    shown = render(SignInPage(hostile, hostile, hostile, hostile, hand_back=SUCCESS))
    assert hostile not in shown.replace(SUCCESS, "")
    assert shown.count("<script") == 2


def test_a_page_has_a_language_a_title_a_heading_and_fits_a_phone() -> None:
    shown = render(SignInPage("en", "You are signed in", "Close this window."))
    assert '<html lang="en">' in shown
    assert "<title>You are signed in</title>" in shown
    assert shown.count("<h1>") == 1
    assert "width=device-width" in shown
