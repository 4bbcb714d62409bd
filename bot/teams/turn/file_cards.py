"""The cards about files, which Teams draws itself. Pure.

https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/bots-filesv4
"""

from bot.teams.activity.outgoing_activity import FILE_CONSENT_CARD, FILE_INFO_CARD, Attachment
from cards.parts.inert_text import inert
from cards.views.button_payload import pack
from cards.views.export_views import FileOfferView, FileSavedView


def consent_card(view: FileOfferView, description: str) -> Attachment:
    """Return the card that asks whether the file may be put into OneDrive.

    Both answers come back with the command of the file: it is made again then, with the rights of who answers.
    """
    context = pack(view.ask)
    content = {
        "description": inert(description),
        "sizeInBytes": view.file.size,
        "acceptContext": context,
        "declineContext": context,
    }
    return Attachment(FILE_CONSENT_CARD, content, name=view.file.name)


def info_card(view: FileSavedView) -> Attachment:
    """Return the card of a file that is in OneDrive."""
    content = {"uniqueId": view.unique_id, "fileType": view.form}
    return Attachment(FILE_INFO_CARD, content, name=view.name, content_url=view.url)
