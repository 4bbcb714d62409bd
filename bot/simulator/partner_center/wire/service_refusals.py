"""The error answers of the service. Pure.

Codes and the shape of the body: https://learn.microsoft.com/en-us/partner-center/developer/error-codes
"""

from typing import Any

from bot.errors import UsageBotError

SOURCE = "PartnerFD"
REALM = "OAuth realm=urn:cpsvc:cpid:simulator"  # the documents' WWW-Authenticate, with our partner id


class ServiceRefusedError(UsageBotError):
    """A status with the documented body.

    `description` is for a person and names what was wrong.
    """

    def __init__(self, status: int, code: str, description: str) -> None:
        super().__init__(f"{status} {code}: {description}")
        self.status = status
        self.code = code
        self.description = description

    def body(self) -> dict[str, Any]:
        """Return the JSON of the answer.

        `description` is cut at the documented 1024 characters.
        """
        return {"code": self.code, "description": self.description[:1024], "data": [], "source": SOURCE}


def invalid(description: str) -> ServiceRefusedError:
    """Return 400 3000: the request has a part that the documents do not allow."""
    return ServiceRefusedError(400, "3000", description)


def not_found(description: str = "The requested resource was not found.") -> ServiceRefusedError:
    return ServiceRefusedError(404, "1000", description)
