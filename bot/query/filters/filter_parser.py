"""Filter text -> Expression.

Parse what `compile_filter` writes, and what people write in the same language. Pure. It is stricter than OData, because
the API is: nine fields, `eq`, `ne`, `and`, `or`, parentheses, strings in single quotes. It is more lenient than the API
in one respect: fields and keywords may be in any case. They are printed in the API's spelling.
"""

import re
from dataclasses import dataclass

from bot.domain.licensing import Field
from bot.errors import FilterError
from bot.query.filters.expression import And, Eq, Expression, Ne, Or

# More than any question needs. It keeps recursion over an expression far below the interpreter's limit.
DEPTH_LIMIT = 32
# Characters. A quote that is never closed makes one token of all the rest; an error message shows this much of it.
FOUND_LIMIT = 40

_TOKEN = re.compile(r"\s*(?:(?P<string>'(?:[^']|'')*')|(?P<word>\w+)|(?P<paren>[()])|(?P<other>\S))", re.DOTALL)
_FIELDS = {field.value.casefold(): field for field in Field}
_FIELD_NAMES = tuple(field.value for field in Field)
_OPERATORS: dict[str, type[Eq] | type[Ne]] = {"eq": Eq, "ne": Ne}


def parse_filter(text: str) -> Expression:
    """Parse `text`; `parse_filter(compile_filter(e)) == e`.

    `and` binds closer than `or`. Raises FilterError, with the 0-based offset, when the API would refuse the text or
    when parentheses are nested deeper than DEPTH_LIMIT.
    """
    return _FilterParser(text).read()


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # string, word, paren, other or end
    text: str
    at: int

    @property
    def word(self) -> str:
        return self.text.casefold() if self.kind == "word" else ""


class _FilterParser:
    """Recursive descent, one method per rule. DEPTH_LIMIT bounds the recursion."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._next = 0
        self._token = self._scan()

    def read(self) -> Expression:
        expression = self._any_of(depth=0)
        if self._token.kind != "end":
            raise self._refusal("and", "or", "the end")
        return expression

    def _any_of(self, depth: int) -> Expression:
        terms = [self._all_of(depth)]
        while self._token.word == "or":
            self._advance()
            terms.append(self._all_of(depth))
        return Or(tuple(terms)) if len(terms) > 1 else terms[0]

    def _all_of(self, depth: int) -> Expression:
        terms = [self._term(depth)]
        while self._token.word == "and":
            self._advance()
            terms.append(self._term(depth))
        return And(tuple(terms)) if len(terms) > 1 else terms[0]

    def _term(self, depth: int) -> Expression:
        if self._token.text != "(":
            return self._comparison()
        if depth == DEPTH_LIMIT:
            raise self._refusal(f"at most {DEPTH_LIMIT} nested parentheses")
        self._advance()
        expression = self._any_of(depth + 1)
        if self._token.text != ")":
            raise self._refusal("and", "or", ")")
        self._advance()
        return expression

    def _comparison(self) -> Expression:
        field = _FIELDS.get(self._token.word)
        if field is None:
            raise self._refusal(*_FIELD_NAMES, "(")
        self._advance()
        operator = _OPERATORS.get(self._token.word)
        if operator is None:
            raise self._refusal("eq", "ne")
        self._advance()
        if self._token.kind != "string":
            raise self._refusal("a value in single quotes")
        value = self._token.text[1:-1].replace("''", "'")
        self._advance()
        return operator(field, value)

    def _advance(self) -> None:
        self._token = self._scan()

    def _scan(self) -> _Token:
        found = _TOKEN.match(self._text, self._next)
        if found is None:
            return _Token("end", "", len(self._text))
        kind = str(found.lastgroup)
        self._next = found.end()
        if found[kind] == "'":  # the quote is never closed: everything after it would be the value
            return _Token("other", self._text[found.start(kind) :], found.start(kind))
        return _Token(kind, found[kind], found.start(kind))

    def _refusal(self, *expected: str) -> FilterError:
        return FilterError(self._token.at, self._token.text[:FOUND_LIMIT], expected)
