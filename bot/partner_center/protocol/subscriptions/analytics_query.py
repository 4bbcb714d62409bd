"""The query string of the subscriptions of all customers. Pure.

https://learn.microsoft.com/en-us/partner-center/developer/get-all-subscription-analytics#uri-parameters
"""

from collections.abc import Mapping

# What was taken back years ago is of no use to anyone. It is `ne`, because a word for a state that no document has must
# not make a subscription disappear. Days are compared in the bot: no document shows how to write one in a filter.
NOT_TAKEN_BACK = "status ne 'DEPROVISIONED'"


def analytics_params(skip: int, top: int | None, *, filtered: bool) -> Mapping[str, str]:
    """Return the parameters of a range of rows."""
    params = {"filter": NOT_TAKEN_BACK} if filtered else {}
    if top is not None:
        params["top"] = str(top)
    if skip:
        params["skip"] = str(skip)
    return params
