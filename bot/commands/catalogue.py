"""The verbs in one table: dispatch, help, the app manifest and the tests of the documents derive from it. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that is understood, and the locale key of what it answers."""

    text: str
    words_key: str


@dataclass(frozen=True, slots=True)
class Verb:
    """`words` begin it, `usage` shows its forms, `examples` are sentences to try, the best first."""

    name: str
    words: tuple[str, ...]
    usage: str
    examples: tuple[Example, ...]


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
    ),
    Verb("sign_in", ("sign in",), "sign in", (Example("sign in", "help.topic.sign_in"),)),
    Verb("sign_out", ("sign out",), "sign out", (Example("sign out", "help.topic.sign_out"),)),
    Verb("who_am_i", ("who am i",), "who am i", (Example("who am i", "help.topic.who_am_i"),)),
    Verb("help", ("help", "?"), "help [VERB]", (Example("help usage", "help.topic.help"),)),
    Verb("hello", ("hello", "hi", "hey"), "hello", (Example("hello", "help.topic.hello"),)),
)
