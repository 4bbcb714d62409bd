"""Make the app package that an administrator uploads to Teams."""

import argparse
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from pathlib import Path

from bot.cli.output.exit_codes import ANSWERED
from bot.errors import PackageError
from bot.package.manifest_version import ManifestVersion

DISTRIBUTION = "license-usage-bot"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `usagebot package`."""
    parser.add_argument("--app-id", required=True, help="Application (client) ID of the bot's Entra registration")
    parser.add_argument("--host", required=True, help="DNS name of the bot, like bot.contoso.com")
    parser.add_argument("--out", type=Path, default=Path("app.zip"), help="where to write the package (app.zip)")
    parser.add_argument("--version", help="version of the package, like 1.0.2 (this program's)")
    parser.add_argument(
        "--manifest",
        type=ManifestVersion,
        choices=list(ManifestVersion),
        default=ManifestVersion.NEWEST,
        help=f"version of the app manifest ({ManifestVersion.NEWEST}); {ManifestVersion.OLDEST} for older tenants",
    )
    parser.add_argument(
        "--entra", type=Path, help="also write the Entra registration there, as Microsoft Graph takes it"
    )


def run(options: argparse.Namespace) -> int:
    """Write the package. Exit code 0; 1 through UsageBotError if an argument is wrong."""
    # Words and number formats load slowly; a mistyped option is reported before.
    from bot.package.publication import Publication

    version = _own_version() if options.version is None else options.version
    publication = Publication.of(options.app_id, options.host, version)

    from bot.commands.verbs import VERBS
    from bot.package.app_package import app_package, as_text, registration
    from bot.package.manifest_files import read
    from cards.wording.locale_words import LocaleWords

    declared = read()
    files = {options.out: app_package(declared, publication, VERBS, LocaleWords.load("en"), options.manifest)}
    if options.entra is not None:
        if options.entra == options.out:
            raise PackageError("--entra and --out name the same file. Choose two.")
        files[options.entra] = as_text(registration(declared, publication))
    _write(files)
    print(f"{options.out}: version {publication.version} for https://{publication.host}, manifest {options.manifest}.")
    print("Upload it in the Teams admin center: Teams apps, Manage apps, Upload new app.")
    return ANSWERED


def _own_version() -> str:
    try:
        return installed_version(DISTRIBUTION)
    except PackageNotFoundError:
        raise PackageError("--version is needed: this program is not installed, so it has none.") from None


def _write(files: dict[Path, bytes]) -> None:
    """Write all of the files, or none."""
    written: list[Path] = []
    try:
        for path, data in files.items():
            _write_new(path, data)
            written.append(path)
    except PackageError:
        for path in written:
            path.unlink(missing_ok=True)
        raise


def _write_new(path: Path, data: bytes) -> None:
    """Write a new file; never overwrite one, which may be the package that is in use.

    A partly written file is removed.
    """
    try:
        file = path.open("xb")
    except FileExistsError:
        problem = (
            "is a folder. Name a file in it." if path.is_dir() else "exists already. Delete it or choose another name."
        )
        raise PackageError(f"{str(path)!r} {problem}") from None
    except (OSError, ValueError) as error:
        raise _unwritable(path, error) from None
    try:
        with file:
            file.write(data)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise _unwritable(path, error) from None


def _unwritable(path: Path, error: OSError | ValueError) -> PackageError:
    return PackageError(f"{str(path)!r} cannot be written: {getattr(error, 'strerror', None) or error}.")
