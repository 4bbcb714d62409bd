"""The exit codes of every command.

0 answered, 1 a service or a setting failed, 2 not understood, 130 interrupted.
"""

ANSWERED, FAILED, NOT_UNDERSTOOD = 0, 1, 2
INTERRUPTED = 130
