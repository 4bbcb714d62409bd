"""A value as a cell that a spreadsheet does not run. Pure."""

# The beginnings of what a spreadsheet reads as a formula, also in full width, which some convert.
# https://owasp.org/www-community/attacks/CSV_Injection
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(value: object) -> object:
    """Return `value`, with an apostrophe in front if it could be read as a formula.

    Blanks before it do not matter: a spreadsheet may remove them. Numbers stay numbers.
    """
    if isinstance(value, str) and (value.startswith(FORMULAS) or value.lstrip().startswith(FORMULAS)):
        return f"'{value}"
    return value
