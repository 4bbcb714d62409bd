"""Sentences that must be understood, with the canonical sentence of each."""

from collections.abc import Callable

import pytest

from bot.commands.command import Command
from bot.language.sentence.command_sentence import sentence_of
from cards.views.answer_views import NotUnderstoodView, View

Read = Callable[[str], Command | View]

ISSUE = {
    "usage for TEST COMPANY on Exchange": "usage for TEST COMPANY on Exchange",
    'usage for "Focus on IT" on Exchange and SharePoint': 'usage for "Focus on IT" on Exchange and SharePoint',
    "usage on exo, spo by customer": "usage on Exchange and SharePoint by customer",
    "usage for TEST COMPANY in OFFICE 365 ENTERPRISE E3": "usage for TEST COMPANY in OFFICE 365 ENTERPRISE E3",
    "usage for TEST COMPANY except Skype": 'usage for TEST COMPANY not on "Skype For Business"',
    "usage for TEST COMPANY not on Skype": 'usage for TEST COMPANY not on "Skype For Business"',
    "usage via reseller on Exchange": "usage on Exchange via reseller",
    "usage for 0112A436-B14E-4888-967B-CA4BB2CF1234": "usage for 0112A436-B14E-4888-967B-CA4BB2CF1234",
    "usage on Exchange below 50%": "usage on Exchange below 50%",
    "top 20 by customer on Teams": "top 20 on Teams by customer",
    "bottom 10 by customer": "bottom 10 by customer",
    "usage for TEST COMPANY as of 2018-10-14": "usage for TEST COMPANY as of 2018-10-14",
    "usage for TEST COMPANY as of yesterday": "usage for TEST COMPANY as of 2018-10-23",
    "usage for TEST COMPANY as of last monday": "usage for TEST COMPANY as of 2018-10-22",
    "usage for TEST COMPANY as of 14 Oct 2018": "usage for TEST COMPANY as of 2018-10-14",
    "filter workloadCode eq 'SFB' or (channel eq 'Reseller')": (
        "filter workloadCode eq 'SFB' or channel eq 'Reseller'"
    ),
    "how many licenses does TEST COMPANY use on Exchange?": "usage for TEST COMPANY on Exchange",
}
CLAUSES = {
    "on Exchange by customer usage": "usage on Exchange by customer",
    "USAGE FOR test company ON exchange": "usage for test company on Exchange",
    "usage by workload and product for TEST COMPANY": "usage for TEST COMPANY by workload and product",
    "usage by customers, products": "usage by customer and product",
    "usage per channel": "usage by channel",
    "usage for A, B and C on exo": "usage for A, B and C on Exchange",
    "usage for A for B": "usage for A and B",
    "usage on Exchange or Teams": "usage on Exchange and Teams",
    "usage on Exchange and by customer": "usage on Exchange by customer",
    "usage on Exchange not for X": "usage on Exchange not for X",
    "usage on Exchange not in X and Y": "usage on Exchange not in X and Y",
    "usage not via direct": "usage not via direct",
    "usage for TEST COMPANY excluding Skype and Teams": 'usage for TEST COMPANY not on "Skype For Business" and Teams',
    "usage for TEST COMPANY but not Skype": 'usage for TEST COMPANY not on "Skype For Business"',
    "top ten customers on Teams": "top 10 on Teams by customer",
    "worst customers on Teams": "bottom 10 on Teams by customer",
    "usage for TEST COMPANY where channel ne 'direct'": "usage for TEST COMPANY filter channel ne 'direct'",
    "usage": "usage",
}
LIMITS = {
    "usage on Exchange under 50 percent": "usage on Exchange below 50%",
    "usage on Exchange < 50 %": "usage on Exchange below 50%",
    "usage on Exchange <50%": "usage on Exchange below 50%",
    "usage on Exchange below 0.5%": "usage on Exchange below 0.5%",
    "usage on Exchange below 12,5%": "usage on Exchange below 12.5%",
    "usage on Exchange over 100%": "usage on Exchange above 100%",
    "usage on Exchange more than 90%": "usage on Exchange above 90%",
    "usage on Exchange at least 20%": "usage on Exchange at least 20%",
    "usage on Exchange at most 20%": "usage on Exchange at most 20%",
    "usage on Exchange between 20% and 40%": "usage on Exchange between 20% and 40%",
    "usage on Exchange above 20% and below 40%": "usage on Exchange above 20% below 40%",
}
EVERYDAY = {
    "TEST COMPANY on Exchange": "usage for TEST COMPANY on Exchange",
    "on Exchange by customer": "usage on Exchange by customer",
    "Exchange for TEST COMPANY": "usage for TEST COMPANY on Exchange",
    "Exchange usage for TEST COMPANY": "usage for TEST COMPANY on Exchange",
    "TEST COMPANY's usage on Exchange": "usage for TEST COMPANY on Exchange",
    "how is TEST COMPANY using Teams": "usage for TEST COMPANY on Teams",
    "how well is TEST COMPANY using SharePoint?": "usage for TEST COMPANY on SharePoint",
    "show me usage for TEST COMPANY on Exchange": "usage for TEST COMPANY on Exchange",
    "please show me the usage for TEST COMPANY on Exchange, thanks!": "usage for TEST COMPANY on Exchange",
    "can you show me usage for TEST COMPANY on Exchange please?": "usage for TEST COMPANY on Exchange",
    "what's the usage of Exchange at TEST COMPANY": "usage for TEST COMPANY on Exchange",
    "What’s the usage of Exchange at TEST COMPANY?": "usage for TEST COMPANY on Exchange",
    "are the licenses we sold to TEST COMPANY being used on Exchange?": "usage for TEST COMPANY on Exchange",
    "is TEST COMPANY using Exchange? Thanks!": "usage for TEST COMPANY on Exchange",
    "how many Exchange licences does TEST COMPANY use": "usage for TEST COMPANY on Exchange",
    "how many licences of Exchange does TEST COMPANY have?": "usage for TEST COMPANY on Exchange",
    "how many of our licenses are used on Exchange": "usage on Exchange",
    "who uses Teams": "usage on Teams by customer",
    "which customers use Exchange below 50%": "usage on Exchange by customer below 50%",
    "customers on Exchange below 50%": "usage on Exchange by customer below 50%",
    "workloads for TEST COMPANY": "usage for TEST COMPANY by workload",
    "hi, usage for TEST COMPANY": "usage for TEST COMPANY",
    "usage for everyone on Exchange": "usage on Exchange",
    "usage for Exchange": "usage on Exchange",
}
MISSPELT = {
    "usgae fro TEST COMPANY": "usage for TEST COMPANY",
    "usage by custmer on Exchange": "usage on Exchange by customer",
    "usage for TEST COMPANY on Exchagne": "usage for TEST COMPANY on Exchagne",
    "usage for Ford on Exchange": "usage for Ford on Exchange",
    "hlep": "help",
    "cutsomers": "customers",
}
OTHERS = {
    "help": "help",
    "?": "help",
    "???": "help",
    "help usage": "help usage",
    "help with bottom": "help top",
    "help me please": "help",
    "can you help me": "help",
    "what can you do?": "help",
    "hello": "hello",
    "Hi!": "hello",
    "hey": "hello",
    "good morning": "hello",
    "hello bob": "hello",
    "customers": "customers",
    "list customers please": "customers",
    "customers fabr": "customers fabr",
    'customers "Focus on IT"': 'customers "Focus on IT"',
    "workloads": "workloads",
}
PHONES = {
    "<at>License Bot</at> usage for TEST COMPANY": "usage for TEST COMPANY",
    "<p>usage for TEST COMPANY</p>": "usage for TEST COMPANY",
    "usage&nbsp;for&nbsp;TEST&nbsp;COMPANY": "usage for TEST COMPANY",
    "usage for O&#39;Brien &amp; Co": "usage for O'Brien & Co",
    "usage for “Focus on IT” on Exchange": 'usage for "Focus on IT" on Exchange',
    "usage for «Focus on IT» on Exchange": 'usage for "Focus on IT" on Exchange',
    "usage for ‘Focus on IT’ on Exchange": 'usage for "Focus on IT" on Exchange',
    'usage for “Focus on IT" on Exchange': 'usage for "Focus on IT" on Exchange',
    "usage for 'O'Brien' on Exchange": "usage for O'Brien on Exchange",
    "usage\u00a0for\u200b TEST\n COMPANY": "usage for TEST COMPANY",
    "\u200fusage for TEST COMPANY\u200f": "usage for TEST COMPANY",
    "usage for TEST COMPANY on Exchange ?!…": "usage for TEST COMPANY on Exchange",
    "usage for TEST COMPANY.": "usage for TEST COMPANY",
    "usage: for TEST COMPANY, on Exchange;": "usage for TEST COMPANY on Exchange",
    "ｕｓａｇｅ　ｆｏｒ　TEST COMPANY": "usage for TEST COMPANY",
    "usage for A，B on Exchange": "usage for A and B on Exchange",
    "filter workloadCode eq ‘SFB’": "filter workloadCode eq 'SFB'",
    "filter customerName eq “O'Brien”": "filter customerName eq 'O''Brien'",
    "filter customerName eq ‘O’Brien’": "filter customerName eq 'O’Brien'",
    "usage\x00for\x00TEST COMPANY": "usage for TEST COMPANY",
}
ALL = ISSUE | CLAUSES | LIMITS | EVERYDAY | MISSPELT | OTHERS | PHONES


@pytest.mark.parametrize(("typed", "canonical"), ALL.items(), ids=[ascii(text) for text in ALL])
def test_sentence_has_canonical_meaning(typed: str, canonical: str, read: Read) -> None:
    command = read(typed)
    assert isinstance(command, Command)
    assert sentence_of(command) == canonical
    assert read(canonical) == command


@pytest.mark.parametrize("typed", [*ISSUE, *CLAUSES, *LIMITS, *EVERYDAY])
def test_sentence_is_understood_when_there_is_a_directory(typed: str, read_known: Read) -> None:
    assert not isinstance(read_known(typed), NotUnderstoodView)
