"""Check that Partner Center has the report at the configured address.

No token is sent. This module uses the report's address only.
"""

from bot.doctor.finding import Finding, failed, ok, warning
from bot.doctor.probe import Probe, ProbeFailure
from bot.partner_center.protocol.report_url import ReportEndpoint
from bot.settings import Settings

PARTNER_CENTER = "Partner Center"
PREFIXES = ("/partner/v1", "/v1")


async def partner_center(settings: Settings, probe: Probe) -> Finding:
    """Check that Partner Center answers 401.

    That means: it is reachable, it has a report at this address, and it requires a token.
    """
    answer = await probe.get(
        ReportEndpoint(settings.partner_center_url, settings.partner_center_prefix).usage({"top": "1"})
    )
    if isinstance(answer, ProbeFailure):
        return failed(PARTNER_CENTER, answer.what, answer.mend)
    if answer.status in {401, 403}:
        return ok(PARTNER_CENTER, f"reachable: without a token it answers {answer.status}, as it should")
    if answer.status in {404, 405, 410, 501}:
        return await _elsewhere(settings, probe, answer.status)
    if answer.status == 429 or answer.status >= 500:
        return warning(PARTNER_CENTER, f"reachable, but it answers {answer.status}", "Wait some minutes, look again.")
    return failed(
        PARTNER_CENTER,
        f"the server that answers {answer.status} is not Partner Center",
        "Check USAGEBOT_PARTNER_CENTER_URL, and whether a proxy or a sign-in page of your network is in between.",
    )


async def _elsewhere(settings: Settings, probe: Probe, status: int) -> Finding:
    """Look for the report under the other prefix: the documents name both."""
    for prefix in PREFIXES:
        if prefix != settings.partner_center_prefix:
            answer = await probe.get(ReportEndpoint(settings.partner_center_url, prefix).usage({"top": "1"}))
            if not isinstance(answer, ProbeFailure) and answer.status in {401, 403}:
                return failed(
                    PARTNER_CENTER,
                    f"the report is not at {settings.partner_center_prefix} (status {status}) but at {prefix}",
                    f"Set USAGEBOT_PARTNER_CENTER_PREFIX={prefix}.",
                )
    return failed(
        PARTNER_CENTER,
        f"the usage report does not exist there (status {status})",
        "Check USAGEBOT_PARTNER_CENTER_URL: the bot signs in to the worldwide Partner Center, https://api.partnercenter.microsoft.com.",
    )
