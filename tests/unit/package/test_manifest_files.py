"""Tests of reading the declared files, also from a damaged installation."""

import shutil

import pytest

from bot.errors import PackageError
from bot.package.manifest_files import FOLDER, read


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(FOLDER, tmp_path / "manifest")


@pytest.mark.parametrize(
    "name", ["teams/manifest.json", "teams/color.png", "teams/outline.png", "entra/application.json"]
)
def test_error_names_the_file_in_one_line_when_it_is_missing(folder, name):
    (folder / name).unlink()
    with pytest.raises(PackageError) as refusal:
        read(folder)
    assert name.rpartition("/")[2] in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_error_names_the_file_when_it_is_a_folder(folder):
    (folder / "teams" / "color.png").unlink()
    (folder / "teams" / "color.png").mkdir()
    with pytest.raises(PackageError, match=r"color\.png' cannot be read"):
        read(folder)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000], ids=["empty", "cut", "list", "utf-16", "deep"]
)
def test_error_names_the_file_when_it_is_damaged(folder, content):
    (folder / "teams" / "manifest.json").write_bytes(content)
    with pytest.raises(PackageError, match=r"manifest\.json' is not a JSON object"):
        read(folder)
