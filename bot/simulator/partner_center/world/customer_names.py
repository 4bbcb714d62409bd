"""Customer names: the awkward ones of every world, and ordinary ones. Pure.

There are as many ordinary names as are requested.
"""

import random
from collections.abc import Iterator

# Names that a command language may misread: its own words, its punctuation, other scripts, one name twice.
AWKWARD = (
    "Focus on IT",
    "Not for Profit Ltd",
    "O'Brien & Sons",
    "Company on Fire",
    "Contoso",
    "Contoso",
    "Contoso Europe",
    "Fabrikam",
    "Müller & Söhne Gebäudetechnik GmbH",
    "株式会社サクラ商事",
    "Bits, Bytes and Co.",
    "Top 10 Travel",
    "Exchange Street Dental",
    "Except Limited",
    "100% Cotton Mills",
    'The "Quoted" Company',
    "<b>Bold</b> Ideas",
    "Usage",
    "Ærø Færgefart ApS",
    (
        "The Incorporated Association of Independent and Cooperative Regional Wholesale Distributors of Agricultural "
        "Machinery, Spare Parts and Related Services of the Northern and Eastern Provinces (Holding) Limited"
    ),
)

_FIRST = (  # noqa: SIM905 - a hundred words are easier to read than a hundred literals
    "Adatum Alpine Amber Anchor Apex Arbor Aspen Atlas Aurora Baltic Bayside Beacon Birch Bluebird Bridgewater "
    "Brightwater Cardinal Cascade Cedar Chandler Clearview Cobalt Consolidated Copperfield Coral Crestwood Datum Delta "
    "Eastgate Elmwood Evergreen Fairview Falcon Fenwick Fourth Garnet Glenwood Graphic Greenfield Harbour Hawthorn "
    "Heritage Highland Humongous Ironbridge Juniper Keystone Kingfisher Lakeside Lamna Liberty Litware Lucerne Maple "
    "Margie Meridian Midland Monarch Munson Nod Northwind Oakridge Olympic Orchard Pacific Parnell Pinnacle Proseware "
    "Quarry Redwood Relecloud Riverside Rowan Sapphire School Silverline Southridge Sterling Summit Tailspin Thistle "
    "Trey Unity Vantage Victory Wellspring Westbrook Wide Wingtip Woodgrove Yarrow Zenith"
).split()
_TRADE = (  # noqa: SIM905
    "Accounting|Architects|Auto Parts|Bakery|Biotech|Brewing|Building Supplies|Catering|Chemicals|Clinics|Coffee|"
    "Construction|Consulting|Dairy|Dental|Design|Electrical|Energy|Engineering|Estates|Farms|Films|Financial|Foods|"
    "Freight|Furniture|Garages|Glass|Graphics|Hotels|Insurance|Interiors|Joinery|Labs|Landscapes|Law|Legal Services|"
    "Logistics|Machinery|Marine|Media|Metals|Music|Optics|Outdoors|Packaging|Paper|Pharmacy|Plastics|Plumbing|"
    "Printing|Properties|Recruitment|Research|Robotics|Roofing|Security|Shipping|Software|Solar|Sports|Steel|"
    "Surveyors|Systems|Textiles|Timber|Tools|Toys|Traders|Transport|Travel|Vets|Vineyards|Water|Wines|Workshops"
).split("|")
_FORM = ("", " Ltd", " Inc.", " LLC", " GmbH", " AG", " BV", " SA", " SAS", " AB", " Oy", " Pty Ltd", " Group", " KK")


def ordinary_names(chance: random.Random) -> Iterator[str]:
    """Yield names without end, each once; the same for the same `chance`."""
    seen: set[str] = set()
    while True:
        name = f"{chance.choice(_FIRST)} {chance.choice(_TRADE)}{chance.choice(_FORM)}"
        if name in seen:
            name = f"{name} ({chance.choice(_FIRST)} {chance.randrange(100, 1_000_000)})"
        if name not in seen:
            seen.add(name)
            yield name
