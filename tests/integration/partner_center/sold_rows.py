"""Rows of the deployment report, and the two addresses of each report."""

from typing import Any

from bot.domain.report_kind import ReportKind

SOLD = ReportKind.DEPLOYMENT
PATHS = {report: f"/partner/v1/analytics/commercial/{report.value}/license" for report in ReportKind}


def sold_row(number: int = 0, **other: Any) -> dict[str, Any]:
    """Return a row in the documented shape; `number` distinguishes customers."""
    return {
        "processedDateTime": "2018-10-15T00:00:00",
        "serviceCode": "o365",
        "serviceName": "Microsoft Office 365",
        "channel": "reseller",
        "customerTenantId": f"0112A436-B14E-4888-967B-{number:012}",
        "customerName": f"CUSTOMER {number}",
        "productId": "6FD2C87F-B296-42F0-B197-1E91E994B900",
        "productName": "OFFICE 365 ENTERPRISE E3",
        "licensesDeployed": 41,
        "licensesSold": 50,
    } | other
