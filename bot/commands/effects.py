"""Which commands change something that stays. Pure.

A button with such a command acts for the person for whom its card was made; any other person is asked first.
"""

from bot.commands.command import (
    ChangeDigest,
    Command,
    DigestAction,
    Follow,
    ForgetMe,
    HandleDigest,
    Ignore,
    NewDigest,
    ShowAgain,
    SignOut,
    Unfollow,
)

# The `verb` of their documents.
CHANGING_VERBS = frozenset(
    {
        "new_digest",
        "handle_digest",
        "change_digest",
        "sign_out",
        "forget_me",
        "follow",
        "unfollow",
        "ignore",
        "show_again",
    }
)


def changes_state(command: Command) -> bool:
    """Return True if carrying out `command` sets up, changes or erases something.

    A digest without a schedule, and one that gets no new one, only ask for it.
    """
    match command:
        case NewDigest(schedule=schedule):
            return schedule is not None
        case ChangeDigest():
            return command.changes
        case HandleDigest(act=act, every=every):
            return act is not DigestAction.OPEN and not every
    return isinstance(command, SignOut | ForgetMe | Follow | Unfollow | Ignore | ShowAgain)


def erases(command: Command) -> bool:
    """Return True if `command` deletes something."""
    return isinstance(command, ForgetMe) or (isinstance(command, HandleDigest) and command.act is DigestAction.STOP)
