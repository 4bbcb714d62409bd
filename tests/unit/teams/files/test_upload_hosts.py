"""A file goes to OneDrive alone, whatever address an activity names."""

import pytest

from bot.teams.files.upload_hosts import may_upload

SIMULATED = ("127.0.0.1:4000", "smba.trafficmanager.net")


@pytest.mark.parametrize(
    "address",
    [
        "https://contoso-my.sharepoint.com/personal/ada/_api/v2.0/drive/items/01/uploadSession?guid='1'&tempauth=x",
        "https://contoso.sharepoint.com/x",
        "https://CONTOSO.SharePoint.com:443/x",
        "https://contoso.sharepoint.cn/x",
        "http://127.0.0.1:4000/drive/upload/1",
    ],
)
def test_address_of_onedrive_is_allowed(address: str) -> None:
    assert may_upload(address, SIMULATED)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "contoso.sharepoint.com/x",
        "https://sharepoint.com/x",
        "https://.sharepoint.com/x",
        "https://evil.example/contoso.sharepoint.com",
        "https://contoso.sharepoint.com.evil.example/",
        "https://evilsharepoint.com/x",
        "https://evil.example\\.sharepoint.com/x",
        "https://evil.example/#.sharepoint.com",
        "https://evil.example?.sharepoint.com",
        "https://contoso.sharepoint.com@evil.example/x",
        "https://user:pass@contoso.sharepoint.com/x",
        "https://contoso.sharepoint.com:8443/x",
        "https://contoso.sharepoint.com/x#y",
        "https://contoso.sharepoint.com/x\r\nHost: evil.example",
        "https://cоntoso.sharepoint.com/x",
        "http://contoso.sharepoint.com/x",
        "ftp://contoso.sharepoint.com/x",
        "file:///etc/passwd",
        "https://[::1]/x",
        "https://10.0.0.1/x",
        "http://127.0.0.1:4001/x",
        "http://localhost:4000/x",
        "http://smba.trafficmanager.net/x",
        "https://smba.trafficmanager.net/x",
        "https://contoso.sharepoint.com/" + "x" * 3_000,
        None,
        7,
        b"https://contoso.sharepoint.com/x",
    ],
)
def test_any_other_address_is_refused(address: object) -> None:
    assert not may_upload(address, SIMULATED)


def test_no_address_of_this_machine_is_allowed_when_none_is_simulated() -> None:
    assert not may_upload("http://127.0.0.1:4000/x", ())
