"""The verbs in one table. Pure.

The printed sentence, the dispatcher, the help and the app manifest loop over the table. A new verb is a row here, its
class in `command`, its words in `language`, and a handler that registers it. Contract tests check each row.
"""

from collections.abc import Mapping

from bot.commands import command as commands
from bot.commands.command import Command, HandleDigest
from bot.commands.verb_spec import VerbArgument, VerbExample, VerbNeeds, VerbSpec
from bot.domain.licensing import Dimension


def _digest_action(name: str) -> VerbSpec:
    """Return a verb that acts on digests.

    Its examples are not offered as suggestions: they hold a number, and the reader may have no digest with it.
    """
    return VerbSpec(
        name,
        commands.HandleDigest,
        name,
        f"{name} digest NUMBER",
        (VerbExample(f"{name} digest 3", f"help.example.digest_{name}", offered=False),),
        menu=False,
        needs=VerbNeeds.NOTHING,
        changes=True,
        argument=VerbArgument.NUMBER,
        topic="digests",
    )


def _account(name: str, command: type[Command], *, menu: bool = True, changes: bool = False) -> VerbSpec:
    """Return a verb about the sign-in. It takes no argument."""
    words = name.replace("_", " ")
    examples = (VerbExample(words, f"help.example.{name}"),)
    return VerbSpec(name, command, name, words, examples, menu=menu, needs=VerbNeeds.NOTHING, changes=changes)


def _own_list(name: str, command: type[Command], example: str) -> VerbSpec:
    """Return a verb that changes the list of customers of the person."""
    return VerbSpec(
        name,
        command,
        name,
        f"{name} CUSTOMER [and CUSTOMER …]",
        (VerbExample(example, f"help.example.{name}", offered=False),),
        menu=False,
        needs=VerbNeeds.NAMES,
        changes=True,
        argument=VerbArgument.NAMED,
        topic="my_customers",
    )


def _left_out(name: str, command: type[Command], forms: str, example: str) -> VerbSpec:
    """Return a verb that changes what is left out of every answer."""
    return VerbSpec(
        name,
        command,
        name,
        forms,
        (VerbExample(example, f"help.example.{name}", offered=False),),
        menu=False,
        needs=VerbNeeds.NAMES,
        changes=True,
        argument=VerbArgument.LEFT_OUT,
        topic="ignored_list",
    )


VERBS: tuple[VerbSpec, ...] = (
    VerbSpec(
        "usage",
        commands.Usage,
        "usage",
        "usage [for CUSTOMER] [on WORKLOAD] [in PRODUCT] [via CHANNEL] [by DIMENSION] [below 50%] [as of DAY]",
        (
            VerbExample("usage for TEST COMPANY on Exchange", "help.example.basic"),
            VerbExample("usage on Exchange by customer", "help.example.by"),
            VerbExample("usage on Exchange below 50%", "help.example.below"),
            VerbExample("customers with more than 20 unused licenses on Exchange", "help.example.amounts"),
            VerbExample('usage for "Focus on IT" on Exchange', "help.example.quoted"),
            VerbExample("usage on Exchange and SharePoint", "help.example.several"),
            VerbExample("usage for TEST COMPANY in OFFICE 365 ENTERPRISE E3", "help.example.product"),
            VerbExample("usage for TEST COMPANY except Skype", "help.example.except"),
            VerbExample("usage via reseller on Exchange", "help.example.channel"),
            VerbExample("usage for 0112A436-B14E-4888-967B-CA4BB2CF1234", "help.example.tenant"),
            VerbExample("usage for TEST COMPANY as of 2018-10-14", "help.example.as_of"),
            VerbExample("usage on Exchange by customer compared with last month", "help.example.versus", offered=False),
            VerbExample("which customers dropped on Exchange since last month", "help.example.dropped", offered=False),
            VerbExample("usage for TEST COMPANY since September", "help.example.since", offered=False),
        ),
        menu=True,
        needs=VerbNeeds.NAMES,
        argument=VerbArgument.QUESTION,
    ),
    VerbSpec(
        "top",
        commands.Usage,
        "top",
        "top|bottom COUNT [by DIMENSION] [on WORKLOAD] …",
        (
            VerbExample("top 20 by customer on Teams", "help.example.top"),
            VerbExample("bottom 10 by customer on Exchange", "help.example.bottom"),
            VerbExample("top 10 by unused licenses on Exchange", "help.example.top_licenses"),
        ),
        menu=True,
        needs=VerbNeeds.NAMES,
        argument=VerbArgument.QUESTION,
        variants=("bottom",),
    ),
    VerbSpec(
        "export",
        commands.Export,
        "export",
        "export [excel] [QUESTION]",
        (VerbExample("export excel usage on Exchange by customer", "help.example.export"),),
        menu=False,
        needs=VerbNeeds.NAMES,
        argument=VerbArgument.FILE,
    ),
    VerbSpec(
        "digest",
        commands.NewDigest,
        "digest",
        "digest [every DAY at TIME] [QUESTION] [only if something changed]",
        (
            VerbExample("digest every monday 8:30 for TEST COMPANY on Exchange", "help.example.digest"),
            VerbExample("every weekday at 9 usage on Exchange below 50%", "help.example.digest_weekday"),
            VerbExample("usage on Exchange on the 1st of each month", "help.example.digest_month"),
            VerbExample("every monday usage on Exchange only if something changed", "help.example.digest_only"),
            VerbExample("every day at 17:00 Europe/Amsterdam top 20 by customer", "help.example.digest_zone"),
            VerbExample("digest in 5 minutes usage on Exchange", "help.example.digest_once"),
        ),
        menu=True,
        needs=VerbNeeds.CONVERSATION,
        argument=VerbArgument.SCHEDULE,
    ),
    VerbSpec(
        "alert",
        commands.NewDigest,
        "alert",
        "alert [every DAY at TIME] QUESTION WITH A LIMIT",
        (
            VerbExample("tell me when Exchange at TEST COMPANY falls below 50%", "help.example.alert"),
            VerbExample("alert when any customer has more than 20 unused licenses", "help.example.alert_amount"),
        ),
        menu=False,
        needs=VerbNeeds.CONVERSATION,
        argument=VerbArgument.SCHEDULE,
    ),
    VerbSpec(
        "digests",
        commands.ListDigests,
        "digests",
        "digests; run|pause|resume|stop|open digest NUMBER; change digest NUMBER to every DAY at TIME",
        (VerbExample("digests", "help.example.digests"),),
        menu=True,
        needs=VerbNeeds.NOTHING,
    ),
    _digest_action("open"),
    _digest_action("run"),
    VerbSpec(
        "change",
        commands.ChangeDigest,
        "change",
        "change digest NUMBER to every DAY at TIME",
        (VerbExample("change digest 3 to every tuesday at 9", "help.example.digest_change", offered=False),),
        menu=False,
        needs=VerbNeeds.NOTHING,
        argument=VerbArgument.NEW_SCHEDULE,
        topic="digests",
    ),
    _digest_action("pause"),
    _digest_action("resume"),
    _digest_action("stop"),
    VerbSpec(
        "customers",
        commands.Customers,
        "customers",
        "customers [PART OF A NAME]",
        (VerbExample("customers", "help.example.customers"), VerbExample("customers fabr", "help.example.named")),
        menu=True,
        needs=VerbNeeds.NAMES,
        argument=VerbArgument.SEARCH,
        lists=Dimension.CUSTOMER,
    ),
    VerbSpec(
        "my_customers",
        commands.MyCustomers,
        "my_customers",
        "my customers; usage for my customers …",
        (VerbExample("my customers", "help.example.my_customers"),),
        menu=False,
        needs=VerbNeeds.NAMES,
        argument=VerbArgument.LIST,
    ),
    _own_list("follow", commands.Follow, "follow TEST COMPANY"),
    _own_list("unfollow", commands.Unfollow, "unfollow TEST COMPANY"),
    VerbSpec(
        "ignored_list",
        commands.IgnoredList,
        "ignored_list",
        "what do you ignore",
        (VerbExample("what do you ignore", "help.example.ignored_list"),),
        menu=False,
        needs=VerbNeeds.NAMES,
        argument=VerbArgument.LIST,
    ),
    _left_out("ignore", commands.Ignore, "ignore CUSTOMER [in digests]; ignore trials", "ignore TEST COMPANY"),
    _left_out("show_again", commands.ShowAgain, "show CUSTOMER again; show trials again", "show TEST COMPANY again"),
    VerbSpec(
        "workloads",
        commands.Workloads,
        "workloads",
        "workloads",
        (VerbExample("workloads", "help.example.workloads"),),
        menu=True,
        needs=VerbNeeds.NAMES,
        argument=VerbArgument.LIST,
        lists=Dimension.WORKLOAD,
    ),
    VerbSpec(
        "filter",
        commands.Usage,
        "filter",
        "filter FIELD eq 'VALUE' [and|or …]",
        (VerbExample("filter workloadCode eq 'SFB' or (channel eq 'Reseller')", "help.example.filter"),),
        menu=False,
        needs=VerbNeeds.NAMES,
        argument=VerbArgument.QUESTION,
    ),
    _account("sign_in", commands.SignIn),
    _account("sign_out", commands.SignOut, changes=True),
    _account("who_am_i", commands.WhoAmI),
    _account("forget_me", commands.ForgetMe, menu=False, changes=True),
    VerbSpec(
        "language",
        commands.ChooseLanguage,
        "language",
        "language [LANGUAGE]",
        (VerbExample("language", "help.example.languages"), VerbExample("language nl", "help.example.language")),
        menu=False,
        needs=VerbNeeds.NOTHING,
        changes=True,
        argument=VerbArgument.LANGUAGE,
    ),
    VerbSpec(
        "help",
        commands.Help,
        "help",
        "help [VERB]",
        (VerbExample("help usage", "help.example.help_topic"),),
        menu=True,
        needs=VerbNeeds.NOTHING,
        argument=VerbArgument.TOPIC,
    ),
    VerbSpec(
        "hello",
        commands.Hello,
        "hello",
        "hello",
        (VerbExample("hello", "help.example.hello"),),
        menu=False,
        needs=VerbNeeds.NOTHING,
        argument=VerbArgument.GREETING,
    ),
)

# The help topics, in the order in which they are offered.
TOPICS: tuple[VerbSpec, ...] = tuple(sorted((each for each in VERBS if not each.topic), key=lambda each: each.argument))
_BY_NAME: Mapping[str, VerbSpec] = {each.name: each for each in VERBS}
_BY_COMMAND: Mapping[type[Command], VerbSpec] = {each.command: each for each in reversed(VERBS)}


def verb_of(command: Command) -> VerbSpec:
    """Return the verb of `command`.

    If several verbs have its class, it is the verb that the command names, otherwise the first in the table.
    """
    if isinstance(command, HandleDigest):
        return _BY_NAME[command.act.value]
    return _BY_COMMAND[type(command)]
