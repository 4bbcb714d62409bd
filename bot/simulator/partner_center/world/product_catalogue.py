"""Products, their workloads, services and channels, as data. Pure.

The codes EXO, SPO, SFB and o365, crm are in Partner Center's documents; TEAMS and CRM are our spelling, because
Microsoft publishes the names ("Teams", "Microsoft Dynamics CRM") without a code. Product ids are the SKU ids of
https://learn.microsoft.com/en-us/entra/identity/users/licensing-service-plan-reference
in upper case, as the report has them.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Service:
    """The workloads that are processed together.

    `lag` is how many days its figures are behind those of Office 365.
    """

    code: str
    name: str
    lag: int


@dataclass(frozen=True, slots=True)
class CatalogueWorkload:
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Product:
    """A product that is sold; `weight` is how often, compared with the others."""

    id: str
    name: str
    service: Service
    workloads: tuple[CatalogueWorkload, ...]
    weight: int


OFFICE = Service("o365", "Microsoft Office 365", lag=0)
# Services are processed on different days: in the superseded report's samples Dynamics differs by a day from Office.
DYNAMICS = Service("crm", "Microsoft Dynamics", lag=1)

EXCHANGE = CatalogueWorkload("EXO", "Exchange")
SHAREPOINT = CatalogueWorkload("SPO", "SharePoint")
SKYPE = CatalogueWorkload("SFB", "Skype For Business")
TEAMS = CatalogueWorkload("TEAMS", "Teams")
CRM = CatalogueWorkload("CRM", "Microsoft Dynamics CRM")

_SUITE = (EXCHANGE, SHAREPOINT, SKYPE, TEAMS)

E3 = Product("6FD2C87F-B296-42F0-B197-1E91E994B900", "OFFICE 365 ENTERPRISE E3", OFFICE, _SUITE, 20)
E1 = Product("18181A46-0D4E-45CD-891E-60AABD171B4E", "OFFICE 365 ENTERPRISE E1", OFFICE, _SUITE, 12)
ESSENTIALS = Product("3B555118-DA6A-4418-894F-7DF1E2096870", "OFFICE 365 BUSINESS ESSENTIALS", OFFICE, _SUITE, 18)
PREMIUM = Product("F245ECC8-75AF-4F8E-B61F-27D8114DE5F3", "OFFICE 365 BUSINESS PREMIUM", OFFICE, _SUITE, 16)
PLAN_1 = Product("4B9405B0-7788-4568-ADD1-99614E613B69", "EXCHANGE ONLINE (PLAN 1)", OFFICE, (EXCHANGE,), 10)
PROTECTION = Product("45A2423B-E884-448D-A831-D9E139C52D2F", "EXCHANGE ONLINE PROTECTION", OFFICE, (EXCHANGE,), 8)
ARCHIVING = Product(
    "EE02FD1B-340E-4A4B-B355-4A514E4C8943",
    "EXCHANGE ONLINE ARCHIVING FOR EXCHANGE ONLINE",
    OFFICE,
    (EXCHANGE,),
    5,
)
AX_TASK = Product("54B84594-9C77-4499-8D65-5E0D5F410E78", "DYNAMICS AX TASK", DYNAMICS, (CRM,), 4)
# SharePoint under service crm is no mistake: the superseded partner-level report lists it there, too.
CRM_PROFESSIONAL = Product(
    "D17B27AF-3F49-4822-99F9-56A661538792", "DYNAMICS CRM ONLINE PROFESSIONAL", DYNAMICS, (CRM, SHAREPOINT), 7
)

PRODUCTS = (E3, E1, ESSENTIALS, PREMIUM, PLAN_1, PROTECTION, ARCHIVING, AX_TASK, CRM_PROFESSIONAL)
RESELLER = "reseller"
DIRECT = "direct"
CHANNELS = (RESELLER, DIRECT)
