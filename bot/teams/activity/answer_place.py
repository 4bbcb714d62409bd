"""Where the answer to an activity is posted. Pure."""

import msgspec

from bot.teams.activity.incoming_activity import IncomingActivity


def in_selected_channel(activity: IncomingActivity) -> IncomingActivity:
    """Return an installation in a team as if it came from the channel chosen for it.

    The person who adds the app chooses it. Teams reports it in the first channel of the team.
    Any other activity is returned as it is.
    """
    selected = activity.selected_channel_id
    if activity.type != "installationUpdate" or not selected or activity.conversation is None:
        return activity
    return msgspec.structs.replace(activity, conversation=msgspec.structs.replace(activity.conversation, id=selected))
