"""The elements of an Adaptive Card, built on the `adaptivecards` library.

Only this package imports the library. Names and values follow https://adaptivecards.io/explorer/ (schema 1.5) and
https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/cards/cards-reference
Only what a card draws is here: an element or a property comes with the card that needs it.
"""

from cards.elements.action_elements import ActionSet, Execute, OpenUrl, ShowCard, Submit
from cards.elements.adaptive_card import Card, Refresh
from cards.elements.chart_elements import ChartPoint, ChartSeries, LineChart
from cards.elements.containers import Column, ColumnSet, Container, Flow
from cards.elements.element import Element
from cards.elements.input_elements import ChoiceSet, DataQuery, DateInput, InputChoice, TextInput, TimeInput
from cards.elements.text_elements import Badge, RichTextBlock, TextBlock, TextRun

__all__ = [
    "ActionSet",
    "Badge",
    "Card",
    "ChartPoint",
    "ChartSeries",
    "ChoiceSet",
    "Column",
    "ColumnSet",
    "Container",
    "DataQuery",
    "DateInput",
    "Element",
    "Execute",
    "Flow",
    "InputChoice",
    "LineChart",
    "OpenUrl",
    "Refresh",
    "RichTextBlock",
    "ShowCard",
    "Submit",
    "TextBlock",
    "TextInput",
    "TextRun",
    "TimeInput",
]
