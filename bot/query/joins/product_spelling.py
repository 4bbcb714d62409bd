"""How the names of one product are spelled in two sources. Pure.

One spelling is no proof that two products are one. It is one of several facts.
"""

import re

from bot.domain.identifier import folded_name

# New commerce has it behind the name of what was sold before, too.
_NEW_COMMERCE = re.compile(r"\((?:nce|new commerce(?: experience)?)\)")
_MARKS = re.compile(r"[^\w+]+")
# One SKU is "OFFICE 365 ENTERPRISE E3" in the usage report and "Office 365 E3" in Entra's list of products:
# https://learn.microsoft.com/en-us/entra/identity/users/licensing-service-plan-reference
_ENTERPRISE = re.compile(r"\benterprise (?=e\d\b)")


def spelled(name: str) -> str:
    """Return a product's name for comparing, "" if there is none.

    "Microsoft 365" and "Office 365" are two products, and so are two plans.
    """
    plain = _MARKS.sub(" ", _NEW_COMMERCE.sub(" ", folded_name(name))).strip()
    return _ENTERPRISE.sub("", plain)
