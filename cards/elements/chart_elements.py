"""Charts. Clients that do not know them draw the fallback, which says the same.

https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/cards/charts-in-adaptive-cards
"""

from cards.elements.element import Element, Property, Strict


class ChartPoint(Strict):
    """A point of a line: the text below it, and its height."""

    x = Property(str)
    y = Property(int)


class ChartSeries(Strict):
    """A line of a chart. `color` is one of the names of the client's own colors."""

    legend = Property(str)
    values = Property(list)
    color = Property(str, among=("categoricalBlue", "categoricalTeal"))


class LineChart(Element):
    """Lines over texts.

    Where a day has no figures, a client draws a line across: such days need another element.
    """

    element_type = "Chart.Line"
    title = Property(str)
    y_min = Property(int, key="yMin")
    y_max = Property(int, key="yMax")
    data = Property(list)
    fallback = Property(Element)
