"""Check that comments and docstrings of the finished rooms are in plain English.

A room is a path of ROOMS_DONE; the list only grows. In every Python file below these paths:

- No comment and no docstring holds an expression of WORDS_TO_AVOID. Code in backticks is not checked.
- The first line of a public docstring is a sentence of at most 80 characters.
- The name of a test function has at most 70 characters.
"""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]

ROOMS_DONE = [
    ".ci",
    "bot/__main__.py",
    "bot/app",
    "bot/cli",
    "bot/commands",
    "bot/concurrency",
    "bot/demo",
    "bot/doctor",
    "bot/digests",
    "bot/domain",
    "bot/errors.py",
    "bot/handlers",
    "bot/identity",
    "bot/language",
    "bot/mcp",
    "bot/names",
    "bot/package",
    "bot/partner_center",
    "bot/programs",
    "bot/query",
    "bot/settings.py",
    "bot/simulator",
    "bot/store/__init__.py",
    "bot/store/database",
    "bot/store/digests",
    "bot/store/records.py",
    "bot/store/replicas.py",
    "bot/store/store.py",
    "bot/teams",
    "bot/usage",
    "bot/web",
    "cards",
    "tests/benchmarks",
    "tests/benchmarks/identity",
    "tests/benchmarks/partner_center",
    "tests/conftest.py",
    "tests/contract/cards",
    "tests/contract/commands",
    "tests/contract/house",
    "tests/contract/language",
    "tests/contract/package",
    "tests/e2e/bot",
    "tests/e2e/cards",
    "tests/e2e/cli",
    "tests/e2e/digests",
    "tests/e2e/playground",
    "tests/e2e/serve",
    "tests/integration/attacks",
    "tests/integration/cli",
    "tests/integration/conftest.py",
    "tests/integration/demo",
    "tests/integration/digests",
    "tests/integration/doctor",
    "tests/integration/handlers",
    "tests/integration/identity",
    "tests/integration/mcp",
    "tests/integration/package",
    "tests/integration/partner_center",
    "tests/integration/simulator",
    "tests/integration/store",
    "tests/integration/teams",
    "tests/integration/web",
    "tests/migrated_databases.py",
    "tests/postgresql.py",
    "tests/property/cards",
    "tests/property/cli",
    "tests/property/digests",
    "tests/property/domain",
    "tests/property/language",
    "tests/property/mcp",
    "tests/property/package",
    "tests/property/partner_center",
    "tests/property/query",
    "tests/property/simulator",
    "tests/property/store",
    "tests/property/teams",
    "tests/signing_keys.py",
    "tests/unit/cards",
    "tests/unit/cli",
    "tests/unit/concurrency",
    "tests/unit/conftest.py",
    "tests/unit/demo",
    "tests/unit/digests",
    "tests/unit/doctor",
    "tests/unit/domain",
    "tests/unit/identity",
    "tests/unit/language",
    "tests/unit/mcp",
    "tests/unit/names",
    "tests/unit/package",
    "tests/unit/partner_center",
    "tests/unit/programs",
    "tests/unit/query",
    "tests/unit/settings",
    "tests/unit/simulator",
    "tests/unit/store",
    "tests/unit/teams",
    "tests/unit/usage",
]

LONGEST_SUMMARY = 80
LONGEST_TEST_NAME = 70

# An expression to avoid, and what to write instead. An expression matches the odd sense of a word only:
# `replicas share a lease` is plain, `a share` for a ratio is not.
WORDS_TO_AVOID = {
    r"\bnobody('s)?\b": "no user, no caller, no replica",
    r"\bsomebody('s)?\b": "the caller, the owner, a user",
    r"\banybody('s)?\b": "anyone, any caller",
    r"\b(whoever|whomever)\b": "the caller, the user who",
    r"\b(one|him|those) (who|whom)\b": "the user who, the caller that",
    r"\b(tells?|told|telling)\b": "notify, report, return, log; for 'told apart': distinguished",
    r"\b(hears?|heard|hearing)\b": "receives, is called with",
    r"\bat hand\b": "cached, in memory",
    r"\b(stands?|stood)\b(?!-)": "is, represents, status",
    r"\b(comes?|came) (to (?!the bot|us\b)|of\b)": "results in, the result of",
    r"\bbec[oa]mes? of\b": "the outcome of",
    r"\bwant of\b": "because … is missing",
    r"\b(go(es)?|went|going) on\b(?! (the|a|an|each|every|top)\b)": "resumes, continues, is running",
    r"\bis at it\b": "is running, is processing it",
    r"\bunder ?way\b": "running, in progress",
    r"\b(takes?|took|taken|taking) for\b(?! granted\b)": "considered",
    r"\blives\b": "is alive, is stored",
    r"\bout-?lives?\b": "is terminated when … exits",
    r"\badopt(s|ed|ing)?\b": "takes over",
    r"\b(luck|luckily|lucky)\b": "retry, by chance",
    r"\b(for want of|with|without|the|its|their|'s|s') leave\b|\bleave of\b": "permission",
    r"\bg(ive|ives|iven|ave|iving) up\b": "stop, abandon after N attempts",
    r"\b(a|the|whose|its|their) share\b|\bshares of\b": "percentage, ratio",
    r"\bhow well\b": "percentage, ratio",
    r"\bwhereabouts\b": "conversation reference",
    r"\b(the|its|their|a) way there\b": "conversation reference",
    r"\b(this|the (Teams|identity|sign-in|store|digests?)) room\b": "package, conversation",
    r"\bwithout a word\b": "silently",
    r"\bword (of (a|the|this) (step|run)|it came to)\b": "result",
    r"\bsentence of (a|the) card\b": "the plain-text fallback",
    r"\b(un)?seal(s|ed|ing)?\b": "encrypt, decrypt",
    r"\bcanar(y|ies)\b": "sentinel value",
    r"\b(?-i:Knows)\b|\bknown? to nobody\b|\bknows? (nothing|no|only|neither|of)\b": "depends on, must not import",
    r"\b(None|True|False) where\b": "None if",
    r"\b[Rr]aises \w+(, \w+)*( and \w+| or \w+)? where\b": "Raises … if",
    r"\bwhere there (is|are|was|were) no\w*\b": "if there is no",
    r"\b(licence|colour|behaviour|favour|honour|neighbour|centre|catalogue|dialogue|artefact|grey)(s|ed|ing)?\b": (
        "American spelling"
    ),
    r"\b(author|custom|initial|minim|normal|optim|organ|real|recogn|serial|summar|synchron)is(e[sd]?|ing|ation)\b": (
        "American spelling"
    ),
}

BEFORE = [
    "Runs that got lost, and are brought back: nothing that was due may stay undone for want of somebody who does it.",
    "Whether it failed before a crash, so that who has to be told is not known to have been told.",
    "Whether it was told; nobody waits for this who could hear why not.",
    "It could not be served after all, for want of the tenant's leave.",
    "As it stands now: cancelled, or on from where somebody else left it who was taken for dead and is not.",
    "No keys could be had: who sent a request cannot be told, nor refused for good.",
    "The names this person can see; what is at hand is for who is signed in still.",
    "As whom somebody is signed in, and since when (seconds since the epoch).",
    "Runs a command that never outlives the program that holds the other end of this one's stdin.",
    "Sent {moment}, but nobody can say whether it arrived; I do not send it twice",
]

AFTER = [
    "Recover lost runs: re-enqueue every due occurrence that no worker is processing.",
    "Return True if the occurrence was marked failed before a crash.\n\nThe owner may not have been notified yet.",
    "Return True if the listener succeeded.\n\nFailures are logged only: no caller awaits this task.",
    "Put the message back in the queue: the tenant's rate limit is used up.",
    "Reload the occurrence.\n\nIt is either cancelled or was advanced by a replica that we wrongly considered dead.",
    "The signing keys could not be fetched, so the sender cannot be verified now.\nAnswer 503 so that Teams retries.",
    "Return the names this caller can see.\n\nCached names are used only while the caller is signed in.",
    "The signed-in account and the sign-in time (Unix seconds).",
    "Run a child process and terminate it when the parent exits.\n\nIt is detected by end-of-file on stdin.",
    "Sent {moment}. Teams did not confirm it arrived, so I won't send it again.",
]

PLAIN = [
    "Replicas that share a lease leave it to the first one, and take the place of the next word here.",
    "There is room for three more. Put the sentence in its place; the standard library stands-in is gone.",
    "Leave the field out. `told` and `nobody` are names of code. The value goes on the card.",
    "For each installation that the bot knows, one row is stored; the caller must know the id.",
]


def odd_words(text: str) -> list[str]:
    """Return one message for each expression of `text` that is to be avoided."""
    plain = re.sub(r"``[^`]*``|`[^`]*`", "`…`", " ".join(text.split()))
    return [
        f'"{found[0]}": write {instead}'
        for odd, instead in WORDS_TO_AVOID.items()
        for found in re.finditer(odd, plain, re.IGNORECASE)
    ]


def summary_faults(docstring: str) -> list[str]:
    """Return what is wrong with the first line of a public docstring."""
    first = docstring.splitlines()[0]
    faults = []
    if len(first) > LONGEST_SUMMARY:
        faults.append(f"the first line has {len(first)} characters, more than {LONGEST_SUMMARY}")
    if not first.endswith((".", ":", "?", "…")):
        faults.append("the first line is no whole sentence")
    return faults


def comments(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and text of every block of comments; adjacent lines are one block."""
    found = [
        (
            token.start[0],
            token.line.lstrip().startswith("#"),
            re.sub(r"^#+\s*(noqa: [\w, ]+?(?=  |$))?", "", token.string),
        )
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT
    ]
    block: list[str] = []
    for here, after in pairwise([*found, (-1, False, "")]):
        block.append(here[2])
        if not (here[1] and after[1] and after[0] == here[0] + 1):
            yield here[0] - len(block) + 1, "\n".join(block)
            block = []


def docstrings(tree: ast.Module) -> Iterator[tuple[int, bool, str]]:
    """Yield line, whether it is public, and text of every docstring."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            text = ast.get_docstring(node)
            if text:
                public = isinstance(node, ast.Module) or not node.name.startswith("_")
                yield node.body[0].lineno, public, text


def faults_in(source: str) -> list[str]:
    """Return every violation in the source of a Python module, with its line."""
    tree = ast.parse(source)
    faults = [f"{line}: {fault}" for line, text in comments(source) for fault in odd_words(text)]
    for line, public, text in docstrings(tree):
        faults += [f"{line}: {fault}" for fault in odd_words(text)]
        faults += [f"{line}: {fault}" for fault in summary_faults(text) if public]
    faults += [
        f"{node.lineno}: {node.name} has {len(node.name)} characters, more than {LONGEST_TEST_NAME}"
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
        and len(node.name) > LONGEST_TEST_NAME
    ]
    return faults


def files_of(room: str) -> list[Path]:
    """Return the Python files of a room, which is a folder or one file."""
    path = ROOT / room
    return [path] if path.is_file() else sorted(path.rglob("*.py"))


FILES_DONE = sorted({path for room in ROOMS_DONE for path in files_of(room)})


@pytest.mark.parametrize("room", ROOMS_DONE)
def test_finished_room_has_python_files(room):
    assert files_of(room) != []


@pytest.mark.parametrize("path", FILES_DONE, ids=lambda path: str(path.relative_to(ROOT)))
def test_file_is_in_plain_english_when_its_room_is_done(path):
    assert faults_in(path.read_text("utf-8")) == []


@pytest.mark.parametrize("text", BEFORE)
def test_checker_objects_to_odd_english(text):
    assert odd_words(text) != []
    assert faults_in(f'"""{text}"""\n') != []
    assert faults_in(f"# {text}\n") != []


@pytest.mark.parametrize("text", [*AFTER, *PLAIN])
def test_checker_accepts_plain_english(text):
    assert odd_words(text) == []


@pytest.mark.parametrize("text", AFTER)
def test_checker_accepts_plain_docstring_with_short_summary(text):
    assert faults_in(f'"""{text}"""\n') == []


def test_checker_finds_expression_when_it_is_wrapped():
    assert faults_in("# It was for want\n# of a key.\n") == ['1: "want of": write because … is missing']
    assert faults_in('"""Sum.\n\nIt was for want\nof a key."""\n') == ['1: "want of": write because … is missing']
    assert faults_in("a = 1  # for want\n# of a key\n") == []


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        (f'"""{"x" * 80}."""\n', "1: the first line has 81 characters, more than 80"),
        ('"""A summary that is wrapped\nin two lines."""\n', "1: the first line is no whole sentence"),
        (f'class A:\n    """{"x" * 80}."""\n', "2: the first line has 81 characters, more than 80"),
        (f"async def test_{'x' * 66}(): ...\n", f"1: test_{'x' * 66} has 71 characters, more than 70"),
        ("# the colour\n", '1: "colour": write American spelling'),
        ("a = 1  # noqa: S101  for whoever reads\n", '1: "whoever": write the caller, the user who'),
    ],
)
def test_checker_reports_line_and_remedy(source, fault):
    assert faults_in(source) == [fault]


def test_checker_lets_private_docstrings_be_longer():
    assert faults_in(f'def _a():\n    """{"x" * 100}"""\n') == []
