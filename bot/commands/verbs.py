"""The verbs in one table: dispatch, help, the app manifest and the tests of the documents derive from it. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class VerbExample:
    """A sentence that is understood, and the locale key of what it answers.

    `offered`: the bot may suggest it on a button, where nobody asked for it. Not so what changes something.
    """

    text: str
    words_key: str
    offered: bool = True


@dataclass(frozen=True, slots=True)
class VerbSpec:
    """`words` begin it, `usage` shows its forms, `examples` are sentences to try, the best first.

    `in_menu`: in the menu of Teams too, which holds ten.
    """

    name: str
    words: tuple[str, ...]
    usage: str
    examples: tuple[VerbExample, ...]
    in_menu: bool = True


VERBS: tuple[VerbSpec, ...] = (
    VerbSpec(
        "usage",
        ("usage",),
        "usage [for CUSTOMER] [on WORKLOAD] [in PRODUCT] [via CHANNEL] [by DIMENSION] [below 50%] [as of DAY]",
        (
            VerbExample("usage for TEST COMPANY on Exchange", "help.example.basic"),
            VerbExample("usage on Exchange by customer", "help.example.by"),
            VerbExample("usage on Exchange below 50%", "help.example.below"),
            VerbExample('usage for "Focus on IT" on Exchange', "help.example.quoted"),
            VerbExample("usage on Exchange and SharePoint", "help.example.several"),
            VerbExample("usage for TEST COMPANY in OFFICE 365 ENTERPRISE E3", "help.example.product"),
            VerbExample("usage for TEST COMPANY except Skype", "help.example.except"),
            VerbExample("usage via reseller on Exchange", "help.example.channel"),
            VerbExample("usage for 0112A436-B14E-4888-967B-CA4BB2CF1234", "help.example.tenant"),
            VerbExample("usage for TEST COMPANY as of 2018-10-14", "help.example.as_of"),
        ),
    ),
    VerbSpec(
        "top",
        ("top", "bottom"),
        "top|bottom COUNT [by DIMENSION] [on WORKLOAD] …",
        (
            VerbExample("top 20 by customer on Teams", "help.example.top"),
            VerbExample("bottom 10 by customer on Exchange", "help.topic.top"),
        ),
    ),
    VerbSpec(
        "digest",
        ("digest",),
        "digest [every DAY at TIME] [QUESTION]",
        (
            VerbExample("digest every monday 8:30 for TEST COMPANY on Exchange", "help.example.digest"),
            VerbExample("every weekday at 9 usage on Exchange below 50%", "help.example.digest_weekday"),
            VerbExample("usage on Exchange on the 1st of each month", "help.example.digest_month"),
            VerbExample("every day at 17:00 Europe/Amsterdam top 20 by customer", "help.example.digest_zone"),
            VerbExample("digest in 5 minutes usage on Exchange", "help.example.digest_once"),
        ),
    ),
    VerbSpec(
        "digests",
        ("digests",),
        "digests; run|pause|resume|stop|open digest NUMBER; change digest NUMBER to every DAY at TIME",
        (
            VerbExample("digests", "help.example.digests"),
            VerbExample("open digest 3", "help.example.digest_open", offered=False),
            VerbExample("run digest 3", "help.example.digest_run", offered=False),
            VerbExample("change digest 3 to every tuesday at 9", "help.example.digest_change", offered=False),
            VerbExample("pause digest 3", "help.example.digest_pause", offered=False),
            VerbExample("resume digest 3", "help.example.digest_resume", offered=False),
            VerbExample("stop digest 3", "help.example.digest_stop", offered=False),
        ),
    ),
    VerbSpec(
        "customers",
        ("customers",),
        "customers [PART OF A NAME]",
        (VerbExample("customers", "help.example.customers"), VerbExample("customers fabr", "help.topic.customers")),
    ),
    VerbSpec("workloads", ("workloads",), "workloads", (VerbExample("workloads", "help.example.workloads"),)),
    VerbSpec(
        "filter",
        ("filter",),
        "filter FIELD eq 'VALUE' [and|or …]",
        (VerbExample("filter workloadCode eq 'SFB' or (channel eq 'Reseller')", "help.example.filter"),),
        in_menu=False,
    ),
    VerbSpec("sign_in", ("sign in",), "sign in", (VerbExample("sign in", "help.topic.sign_in"),)),
    VerbSpec("sign_out", ("sign out",), "sign out", (VerbExample("sign out", "help.topic.sign_out"),)),
    VerbSpec("who_am_i", ("who am i",), "who am i", (VerbExample("who am i", "help.topic.who_am_i"),)),
    VerbSpec(
        "forget_me",
        ("forget me",),
        "forget me",
        (VerbExample("forget me", "help.topic.forget_me", offered=False),),
        in_menu=False,
    ),
    VerbSpec("help", ("help", "?"), "help [VERB]", (VerbExample("help usage", "help.topic.help"),)),
    VerbSpec("hello", ("hello", "hi", "hey"), "hello", (VerbExample("hello", "help.topic.hello"),), in_menu=False),
)
