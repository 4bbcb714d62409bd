"""The verbs in one table: dispatch, help, the app manifest and the tests of the documents derive from it. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that is understood, and the locale key of what it answers.

    `offered`: the bot may suggest it on a button, where nobody asked for it. Not so what changes something.
    """

    text: str
    words_key: str
    offered: bool = True


@dataclass(frozen=True, slots=True)
class Verb:
    """`words` begin it, `usage` shows its forms, `examples` are sentences to try, the best first.

    `in_menu`: in the menu of Teams too, which holds ten.
    """

    name: str
    words: tuple[str, ...]
    usage: str
    examples: tuple[Example, ...]
    in_menu: bool = True


CATALOGUE: tuple[Verb, ...] = (
    Verb(
        "usage",
        ("usage",),
        "usage [for CUSTOMER] [on WORKLOAD] [in PRODUCT] [via CHANNEL] [by DIMENSION] [below 50%] [as of DAY]",
        (
            Example("usage for TEST COMPANY on Exchange", "help.example.basic"),
            Example("usage on Exchange by customer", "help.example.by"),
            Example("usage on Exchange below 50%", "help.example.below"),
            Example('usage for "Focus on IT" on Exchange', "help.example.quoted"),
            Example("usage on Exchange and SharePoint", "help.example.several"),
            Example("usage for TEST COMPANY in OFFICE 365 ENTERPRISE E3", "help.example.product"),
            Example("usage for TEST COMPANY except Skype", "help.example.except"),
            Example("usage via reseller on Exchange", "help.example.channel"),
            Example("usage for 0112A436-B14E-4888-967B-CA4BB2CF1234", "help.example.tenant"),
            Example("usage for TEST COMPANY as of 2018-10-14", "help.example.as_of"),
        ),
    ),
    Verb(
        "top",
        ("top", "bottom"),
        "top|bottom COUNT [by DIMENSION] [on WORKLOAD] …",
        (
            Example("top 20 by customer on Teams", "help.example.top"),
            Example("bottom 10 by customer on Exchange", "help.topic.top"),
        ),
    ),
    Verb(
        "digest",
        ("digest",),
        "digest [every DAY at TIME] [QUESTION]",
        (
            Example("digest every monday 8:30 for TEST COMPANY on Exchange", "help.example.digest"),
            Example("every weekday at 9 usage on Exchange below 50%", "help.example.digest_weekday"),
            Example("usage on Exchange on the 1st of each month", "help.example.digest_month"),
            Example("every day at 17:00 Europe/Amsterdam top 20 by customer", "help.example.digest_zone"),
            Example("digest in 5 minutes usage on Exchange", "help.example.digest_once"),
        ),
    ),
    Verb(
        "digests",
        ("digests",),
        "digests; run|pause|resume|stop|open digest NUMBER; change digest NUMBER to every DAY at TIME",
        (
            Example("digests", "help.example.digests"),
            Example("open digest 3", "help.example.digest_open", offered=False),
            Example("run digest 3", "help.example.digest_run", offered=False),
            Example("change digest 3 to every tuesday at 9", "help.example.digest_change", offered=False),
            Example("pause digest 3", "help.example.digest_pause", offered=False),
            Example("resume digest 3", "help.example.digest_resume", offered=False),
            Example("stop digest 3", "help.example.digest_stop", offered=False),
        ),
    ),
    Verb(
        "customers",
        ("customers",),
        "customers [PART OF A NAME]",
        (Example("customers", "help.example.customers"), Example("customers fabr", "help.topic.customers")),
    ),
    Verb("workloads", ("workloads",), "workloads", (Example("workloads", "help.example.workloads"),)),
    Verb(
        "filter",
        ("filter",),
        "filter FIELD eq 'VALUE' [and|or …]",
        (Example("filter workloadCode eq 'SFB' or (channel eq 'Reseller')", "help.example.filter"),),
        in_menu=False,
    ),
    Verb("sign_in", ("sign in",), "sign in", (Example("sign in", "help.topic.sign_in"),)),
    Verb("sign_out", ("sign out",), "sign out", (Example("sign out", "help.topic.sign_out"),)),
    Verb("who_am_i", ("who am i",), "who am i", (Example("who am i", "help.topic.who_am_i"),)),
    Verb(
        "forget_me",
        ("forget me",),
        "forget me",
        (Example("forget me", "help.topic.forget_me", offered=False),),
        in_menu=False,
    ),
    Verb("help", ("help", "?"), "help [VERB]", (Example("help usage", "help.topic.help"),)),
    Verb("hello", ("hello", "hi", "hey"), "hello", (Example("hello", "help.topic.hello"),), in_menu=False),
)
