"""Values of DBOS are read as JSON only.

DBOS reads each value as its row in the database says, whatever serializer is set. One of the ways is pickle, which runs
what a text names: a person who can write to the database would run code in the bot, and would have its keys. The bot
has always written JSON.
https://docs.python.org/3/library/pickle.html
"""

from dbos import _serialization


def _refuse(_serializer: object, _value: str) -> object:
    raise TypeError("a value of the queue is a pickle; the bot reads JSON only")


def refuse_pickles() -> None:
    """Make DBOS refuse every pickle, in the whole process.

    DBOS has no setting for this, and calls the method in many places.
    """
    _serialization.DefaultSerializer.deserialize = _refuse  # type: ignore[assignment,method-assign]
