"""The faults that can be ordered, as strictly parsed data, and when they happen.

Pure.

A fault happens to the requests after the first `after`, `times` times (None: always), each time with `probability`. Of
the faults that replace the report, only the first that is due happens to a request; the others wait.
"""

import random
from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from bot.simulator.partner_center.wire.link_forms import LinkForm

Seconds = Annotated[float, Meta(ge=0, le=600)]
Count = Annotated[int, Meta(ge=0, le=1_000_000)]


class _When(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"):
    times: Annotated[int, Meta(ge=1)] | None = 1
    after: Count = 0
    probability: Annotated[float, Meta(gt=0, le=1)] = 1.0


class Throttle(_When, frozen=True, tag="throttle"):
    """429 as in the guidance on throttling.

    https://learn.microsoft.com/en-us/partner-center/developer/api-throttling-guidance
    `retry_after` None omits the header; `as_date` sends it in its other form.
    """

    retry_after: Annotated[int, Meta(ge=0, le=86_400)] | None = 1
    as_date: bool = False


class Fail(_When, frozen=True, tag="fail"):
    """A 5xx: 500 with the documented body, any other with a proxy's HTML page."""

    status: Annotated[int, Meta(ge=500, le=599)] = 500
    retry_after: Annotated[int, Meta(ge=0, le=86_400)] | None = None


class FailDomainFilter(Fail, frozen=True, tag="fail_domain_filter"):
    """The same, for requests of the customers of a domain only.

    It was observed: https://github.com/microsoft/Partner-Center-PowerShell/issues/91
    """


class Refuse(_When, frozen=True, tag="refuse"):
    """Any 4xx with one of the bodies that were observed.

    Documented, a whole number as code, plain text, `error`, empty, a gateway's, or a web server's page for people.
    `further_pages`: only requests with `skip`.
    """

    status: Annotated[int, Meta(ge=400, le=499)] = 403
    code: str = "900150"
    body: Literal["documented", "number", "text", "error", "empty", "gateway", "page"] = "documented"
    further_pages: bool = False


class Challenge(_When, frozen=True, tag="challenge"):
    """A claims challenge: 401, or 403 where a policy asks for more.

    The header carries the claims in base64: https://learn.microsoft.com/en-us/entra/identity-platform/claims-challenge
    """

    status: Literal[401, 403] = 401
    claims: str = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}'


class Gateway(_When, frozen=True, tag="gateway"):
    """A gateway before the service answers the errors that it can find itself."""


class Reset(_When, frozen=True, tag="reset"):
    """The connection is reset without an answer."""


class IgnoreMfa(_When, frozen=True, tag="ignore_mfa"):
    """Tokens without the MFA claim are accepted, as before it was enforced."""


class RequireMfa(_When, frozen=True, tag="require_mfa"):
    """Tokens without the MFA claim are refused, if that is not enforced always."""


class Slow(_When, frozen=True, tag="slow"):
    """The answer is sent after `seconds`."""

    seconds: Seconds = 1.0


class Trickle(_When, frozen=True, tag="trickle"):
    """The body is sent in `chunks` pieces, with a pause of `seconds` before each."""

    seconds: Seconds = 0.1
    chunks: Annotated[int, Meta(ge=1, le=1000)] = 10


class Truncate(_When, frozen=True, tag="truncate"):
    """The connection is closed after a `part` of the body.

    Content-Length has the length of the whole body. `chunked`: there is none, and the last chunk does not come.
    """

    chunked: bool = False
    part: Annotated[float, Meta(ge=0, lt=1)] = 0.5


class NoBom(_When, frozen=True, tag="no_bom"):
    """No byte order mark."""


class WrongTypes(_When, frozen=True, tag="wrong_types"):
    """A body that is not what the documents describe."""

    form: Literal["not_json", "empty", "null", "number", "value_object", "value_null", "text_rows", "text_count"] = (
        "text_count"
    )


class NextLink(_When, frozen=True, tag="next_link"):
    """A wrong next link, or a right one in another form.

    Right are those of `link_forms`: they are `absolute`, relative to the request (`leaf`, `spaces`, `query`), to the
    host (`relative`, `version`) or to a root of the API (`analytics`, `api_root`), or name a server behind a gateway
    (`inner`). `address` goes with `foreign`: the host to name. `scheme` is https, `port` another port of the same host.
    With `overlap` the next page begins with the last row of this one, and a row of this one is lost: so pages look
    between which the order of the rows has changed.
    """

    form: (
        LinkForm
        | Literal[
            "foreign",
            "scheme",
            "port",
            "self",
            "number",
            "text",
            "unreadable",
            "prefix_twice",
            "overlap",
            "none",
        ]
    ) = "foreign"
    address: str = "http://127.0.0.1:9"


class Envelope(_When, frozen=True, tag="envelope"):
    """The member names of the sibling APIs.

    `value` and `nextLink`; `value` and `@odata.nextLink`; `items`; or bare rows.
    """

    form: Literal["lower", "odata", "items", "bare_list", "bare_row"] = "lower"


class Dates(_When, frozen=True, tag="dates"):
    """processedDateTime as the older reports write it: `+00:00`, `Z`, `.21Z`."""

    form: Literal["offset", "z", "fraction"] = "offset"


class Counts(_When, frozen=True, tag="counts"):
    """Counts as text (the sibling's "63") or with a fraction (206.0)."""

    form: Literal["text", "float"] = "text"


class Total(_When, frozen=True, tag="total"):
    """TotalCount is missing, null, a text, not the number of rows, or the page's."""

    form: Literal["missing", "null", "text", "zero", "negative", "more", "less", "page"] = "missing"


class ChangedNames(_When, frozen=True, tag="changed_names"):
    """Customers and products are called otherwise on further pages.

    They were renamed between two requests.
    """


class Days(_When, frozen=True, tag="days"):
    """Rows have other days than their service has usually.

    `one_service`: those of the second service are nine days older. `alternate`: every other row is two days older.
    """

    form: Literal["one_service", "alternate"] = "one_service"


class OddRow(_When, frozen=True, tag="odd_row"):
    """One row of each page is odd, or an error is beside the rows.

    `place` is the index of the odd row: several of these faults need not meet in one row.
    """

    form: Literal[
        "no_count",
        "negative_count",
        "fraction",
        "huge_count",
        "older_day",
        "ambiguous_day",
        "sentinel_day",
        "future_day",
        "invisible_code",
        "no_id",
        "no_row",
        "repeated_row",
        "error_beside",
    ] = "no_count"
    place: Annotated[int, Meta(ge=0)] = 1


InPlace = Throttle | Fail | FailDomainFilter | Refuse | Challenge | Reset
OnContent = WrongTypes | NextLink | Envelope | Dates | Counts | Total | OddRow | ChangedNames | Days
OnBody = NoBom | OnContent
Fault = InPlace | Gateway | IgnoreMfa | RequireMfa | Slow | Trickle | Truncate | OnBody


class Faults:
    """The current faults. `chance` decides if a probability is below 1."""

    def __init__(self, *faults: Fault, chance: random.Random | None = None) -> None:
        self._chance = chance or random.Random(0)
        self._waiting: list[_Waiting] = []
        self.add(*faults)

    def add(self, *faults: Fault) -> None:
        self._waiting += [_Waiting(fault) for fault in faults]

    def clear(self) -> None:
        self._waiting.clear()

    def __iter__(self) -> Iterator[Fault]:
        return iter([each.fault for each in self._waiting])

    def due(self) -> list[Fault]:
        """Return the faults of the request that has just arrived, and count it."""
        happening: list[Fault] = []
        in_place = False
        for each in list(self._waiting):
            if isinstance(each.fault, InPlace) and in_place:
                continue
            if not each.happens(self._chance):
                continue
            in_place = in_place or isinstance(each.fault, InPlace)
            happening.append(each.fault)
        self._waiting = [each for each in self._waiting if each.left != 0]
        return happening


class _Waiting:
    """One fault and how often it may still happen (None: always)."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        self.left = fault.times
        self._spare = fault.after

    def happens(self, chance: random.Random) -> bool:
        if self._spare > 0:
            self._spare -= 1
            return False
        if self.fault.probability < 1 and chance.random() >= self.fault.probability:
            return False
        if self.left is not None:
            self.left -= 1
        return True
