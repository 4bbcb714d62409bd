"""Tests of the app package: its contents, and equal bytes for equal arguments."""

import json
from dataclasses import replace
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

import pytest

from bot.commands.verbs import VERBS
from bot.errors import PackageError
from bot.package.app_package import app_package, manifest, registration
from bot.package.manifest_files import read
from bot.package.manifest_version import ManifestVersion
from bot.package.publication import Publication
from cards.wording.locale_words import LocaleWords

APP_ID = "1b4e28ba-2fa1-11d2-883f-0016d3cca427"
HOST = "bot.contoso.com"
DECLARED = read()
LANGUAGES = ["nl.json", "fr.json", "hu.json", "de.json"]
WORDS = LocaleWords.load("en")
PUBLICATION = Publication.of(APP_ID, HOST, "1.0.2")


def test_package_holds_the_manifest_its_languages_and_two_icons():
    with ZipFile(BytesIO(app_package(DECLARED, PUBLICATION, VERBS, WORDS))) as archive:
        assert archive.namelist() == ["manifest.json", *LANGUAGES, "color.png", "outline.png"]
        assert archive.testzip() is None
        assert archive.read("color.png") == DECLARED.color
        assert archive.read("outline.png") == DECLARED.outline
        assert json.loads(archive.read("manifest.json")) == manifest(DECLARED, PUBLICATION, VERBS, WORDS)
        for entry in archive.infolist():
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert entry.compress_type == ZIP_STORED


def test_package_has_the_same_bytes_only_when_host_is_the_same():
    first = app_package(DECLARED, PUBLICATION, VERBS, WORDS)
    assert app_package(read(), Publication.of(APP_ID.upper(), HOST, "1.0.2"), VERBS, LocaleWords.load("en")) == first
    assert app_package(DECLARED, replace(PUBLICATION, host="other.contoso.com"), VERBS, WORDS) != first


def test_declared_files_are_unchanged_when_their_blanks_are_filled():
    app_package(DECLARED, PUBLICATION, VERBS, WORDS)
    assert read() == DECLARED


def test_the_manifest_names_the_bot_in_all_three_scopes_with_one_menu():
    (bot,) = manifest(DECLARED, PUBLICATION, VERBS, WORDS)["bots"]
    assert bot["botId"] == APP_ID
    assert set(bot["scopes"]) == {"personal", "copilot", "team", "groupChat"}
    alone, shared = bot["commandLists"]
    assert alone["scopes"] + shared["scopes"] == bot["scopes"]
    assert [each["title"] for each in alone["commands"]] == [each["title"] for each in shared["commands"]]
    assert "help" in [command["title"] for command in alone["commands"]]


def test_commands_are_slash_commands_only_where_others_read_along():
    (bot,) = manifest(DECLARED, PUBLICATION, VERBS, WORDS)["bots"]
    alone, shared = bot["commandLists"]
    assert bot["supportsTargetedMessages"] is True
    assert "triggers" not in alone
    assert shared["triggers"] == ["mention", "slash"]


def test_older_manifest_has_the_same_menu_without_what_is_newer():
    (bot,) = manifest(DECLARED, PUBLICATION, VERBS, WORDS, ManifestVersion.OLDEST)["bots"]
    (newer,) = manifest(DECLARED, PUBLICATION, VERBS, WORDS)["bots"]
    titles = [[each["title"] for each in menu["commands"]] for menu in bot["commandLists"]]
    assert titles == [[each["title"] for each in menu["commands"]] for menu in newer["commandLists"]]
    assert "supportsTargetedMessages" not in bot
    assert {key for menu in bot["commandLists"] for each in menu["commands"] for key in each} == {
        "title",
        "description",
    }


def test_manifest_and_registration_agree_on_sign_in_resource_and_host():
    declared = manifest(DECLARED, PUBLICATION, VERBS, WORDS)
    registered = registration(DECLARED, PUBLICATION)
    assert declared["webApplicationInfo"] == {"id": APP_ID, "resource": f"api://botid-{APP_ID}"}
    assert registered["identifierUris"] == [declared["webApplicationInfo"]["resource"]]
    assert declared["validDomains"] == [HOST]
    assert registered["web"]["redirectUris"] == [f"https://{HOST}/auth/callback"]


def test_every_link_of_the_manifest_is_https_on_the_host():
    developer = manifest(DECLARED, PUBLICATION, VERBS, WORDS)["developer"]
    links = [developer[key] for key in ("websiteUrl", "privacyUrl", "termsOfUseUrl")]
    assert all(link.startswith(f"https://{HOST}/") for link in links)


def test_manifest_and_registration_have_no_blank_left():
    told = json.dumps([manifest(DECLARED, PUBLICATION, VERBS, WORDS), registration(DECLARED, PUBLICATION)])
    assert not any(f"{{{name}}}" in told for name in PUBLICATION.values)


def test_registration_preauthorizes_only_the_clients_of_teams():
    api = registration(DECLARED, PUBLICATION)["api"]
    assert api["requestedAccessTokenVersion"] == 2
    (scope,) = api["oauth2PermissionScopes"]
    assert (scope["value"], scope["type"], scope["isEnabled"]) == ("access_as_user", "User", True)
    # https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/authentication/bot-sso-register-aad
    assert {client["appId"] for client in api["preAuthorizedApplications"]} == {
        "1fec8e78-bce4-4aaf-ab1b-5451cc387264",  # desktop, mobile
        "5e3ce6c0-2b1f-4285-8d4b-75ee78787346",  # web
    }
    assert all(client["delegatedPermissionIds"] == [scope["id"]] for client in api["preAuthorizedApplications"])


def test_registration_requests_delegated_permissions_only():
    access = {
        each["resourceAppId"]: each["resourceAccess"]
        for each in registration(DECLARED, PUBLICATION)["requiredResourceAccess"]
    }
    # Microsoft Partner Center, user_impersonation
    assert access["fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd"] == [
        {"id": "1cebfa2a-fb4d-419e-b5f9-839b4383e05a", "type": "Scope"}
    ]
    # Microsoft Graph: openid, profile, offline_access, which MSAL adds to every request
    assert {each["id"] for each in access["00000003-0000-0000-c000-000000000000"]} == {
        "37f7f235-527c-4136-accd-4a02d197296e",
        "14dad69e-099b-42c9-810b-d002981feec1",
        "7427e0e9-2fba-42fe-b0c0-848c9e6a8182",
    }
    assert {each["type"] for every in access.values() for each in every} == {"Scope"}


def test_package_is_refused_when_an_icon_has_the_wrong_size():
    with pytest.raises(PackageError, match=r"^outline\.png has 192 by 192"):
        app_package(replace(DECLARED, outline=DECLARED.color), PUBLICATION, VERBS, WORDS)
