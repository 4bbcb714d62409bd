"""The elements of an Adaptive Card, built on the `adaptivecards` library, which nothing outside this package imports.

Names and values follow https://adaptivecards.io/explorer/ (schema 1.5) and
https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/cards/cards-reference
"""

from cards.elements.action_elements import ActionSet, Execute, OpenUrl, Submit
from cards.elements.adaptive_card import Card
from cards.elements.containers import Column, ColumnSet, Container, Table, TableCell, TableRow
from cards.elements.element import Element
from cards.elements.media_elements import Badge, Image, ProgressBar
from cards.elements.text_elements import RichTextBlock, TextBlock, TextRun

__all__ = [
    "ActionSet",
    "Badge",
    "Card",
    "Column",
    "ColumnSet",
    "Container",
    "Element",
    "Execute",
    "Image",
    "OpenUrl",
    "ProgressBar",
    "RichTextBlock",
    "Submit",
    "Table",
    "TableCell",
    "TableRow",
    "TextBlock",
    "TextRun",
]
