"""The verbs in one table: dispatch, help, the app manifest and the tests of the documents derive from it. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that is understood, and the locale key of what it answers."""

    text: str
    words: str


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
            Example("usage for TEST COMPANY on Exchange", "example.customer_workload"),
            Example("usage on Exchange by customer", "example.by_customer"),
            Example("usage on Exchange below 50%", "example.below"),
            Example('usage for "Focus on IT" on Exchange and SharePoint', "example.several"),
            Example("usage for TEST COMPANY in OFFICE 365 ENTERPRISE E3", "example.product"),
            Example("usage for TEST COMPANY except Skype", "example.except"),
            Example("usage via reseller on Exchange", "example.channel"),
            Example("usage for TEST COMPANY as of 2018-10-14", "example.as_of"),
        ),
    ),
    Verb(
        "top",
        ("top",),
        "top COUNT [by DIMENSION] [on WORKLOAD] …",
        (Example("top 20 by customer on Teams", "example.top"),),
    ),
    Verb(
        "bottom",
        ("bottom",),
        "bottom COUNT [by DIMENSION] [on WORKLOAD] …",
        (Example("bottom 10 by customer on Exchange", "example.bottom"),),
    ),
    Verb(
        "customers",
        ("customers",),
        "customers [PART OF A NAME]",
        (Example("customers", "example.customers"), Example("customers fabr", "example.customers_search")),
    ),
    Verb("workloads", ("workloads",), "workloads", (Example("workloads", "example.workloads"),)),
    Verb(
        "filter",
        ("filter",),
        "filter FIELD eq 'VALUE' [and|or …]",
        (Example("filter workloadCode eq 'SFB' or (channel eq 'Reseller')", "example.filter"),),
    ),
    Verb(
        "help", ("help", "?"), "help [VERB]", (Example("help", "example.help"), Example("help usage", "example.topic"))
    ),
    Verb("hello", ("hello", "hi"), "hello", (Example("hello", "example.hello"),)),
)
