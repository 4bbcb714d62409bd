"""Test that what the documents name exists.

They name rooms, files, links, settings, metrics and log events.
"""

import ast
import re
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest
from prometheus_client import Metric

from bot.digests.digest_metrics import DigestMetrics
from bot.query.joins.join_keys import document_table
from bot.settings import PREFIX, Settings
from bot.web.activity_metrics import ActivityMetrics
from bot.web.sentence_metrics import SentenceMetrics

ROOT = Path(__file__).parents[3]
DOCUMENTS = sorted(
    path
    for folder in (".", ".github", "manifest", "tests")
    for path in (ROOT / folder).glob("*.md" if folder == "." else "**/*.md")
    if "node_modules" not in path.parts
)
ARCHITECTURE = (ROOT / ".github" / "ARCHITECTURE.md").read_text("utf-8")
OPERATIONS = (ROOT / ".github" / "OPERATIONS.md").read_text("utf-8")

CODE = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"(?:bot|cards|tests|manifest|\.github|\.ci)(?:/[\w.*-]+)+/?")
LINK = re.compile(r'\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"')
ROOM = re.compile(r"^### `([^`]+)`\n(.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"[\w./*]+\.(?:py|json|cjs)")
LEVELS = frozenset({"debug", "info", "warning", "error", "exception", "critical"})
# Events that libraries log, or that are logged under a name other than `log`.
FOREIGN_EVENTS = frozenset({"stamina.retry_scheduled", "dbos"})


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def anchors_of(document: Path) -> set[str]:
    """Return the anchors that GitHub makes from a document's headings."""
    headings = re.findall(r"^#+ (.+)$", document.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def files_of_rooms() -> set[str]:
    """Return the files that ARCHITECTURE lists by name or as `*_card.py`, by room."""
    listed = {f"{room}/{file}" for room, text in ROOM.findall(ARCHITECTURE) for file in FILE.findall(text)}
    patterns = {each for each in listed if "*" in each}
    return (listed - patterns) | {named(path) for each in patterns for path in ROOT.glob(each)}


def in_tree() -> set[str]:
    return {
        named(path)
        for package in ("bot", "cards")
        for ending in ("py", "json", "cjs")
        for path in (ROOT / package).rglob(f"*.{ending}")
        if path.name != "__init__.py"
    }


def test_architecture_names_every_room():
    rooms = {named(path.parent) for package in ("bot", "cards") for path in (ROOT / package).rglob("__init__.py")}
    assert rooms - {room for room, _ in ROOM.findall(ARCHITECTURE)} == set()


def test_architecture_lists_every_file():
    assert in_tree() - files_of_rooms() == set()


def test_architecture_lists_no_file_that_is_gone():
    assert files_of_rooms() - in_tree() == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_path_in_a_document_exists(document):
    missing = []
    for code in CODE.findall(document.read_text("utf-8")):
        path = code.rstrip("/").replace("NAME", "*")
        if PATH.fullmatch(code) and not list(ROOT.glob(path)):
            missing.append(code)
    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_link_of_a_document_leads_somewhere(document):
    broken = []
    for pair in LINK.findall(document.read_text("utf-8")):
        link = pair[0] or pair[1]
        if re.match(r"[a-z]+:", link):
            continue
        target, _, anchor = link.partition("#")
        path = (document.parent / target).resolve() if target else document
        if not path.exists() or (anchor and anchor not in anchors_of(path)):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_class_that_a_document_names_is_in_its_file(document):
    named_in = re.findall(r"`([\w./]+\.py)`: `([A-Z]\w+)`", document.read_text("utf-8"))
    assert [pair for pair in named_in if f"class {pair[1]}" not in (ROOT / pair[0]).read_text("utf-8")] == []


def test_every_decision_is_in_the_list():
    folder = ROOT / ".github" / "decisions"
    pages = sorted(path.name for path in folder.glob("0*.md"))
    listed = re.findall(r"\((0[^)]+\.md)\)", (folder / "README.md").read_text("utf-8"))
    assert listed == pages
    assert [page[:4] for page in pages] == [f"{number:04}" for number in range(1, len(pages) + 1)]


def test_operations_names_every_setting():
    settings = {PREFIX + field.name.upper() for field in fields(Settings)}
    assert settings == set(re.findall(r"^\| `(USAGEBOT_\w+)` \|", OPERATIONS, re.MULTILINE))


def test_operations_names_every_metric():
    digests = DigestMetrics()
    SentenceMetrics(digests.registry)
    ActivityMetrics(digests.registry)
    metrics: list[Metric] = list(digests.registry.collect())
    names = {each.name + ("_total" if each.type == "counter" else "") for each in metrics}
    assert names == set(re.findall(r"^\| `(usagebot_\w+)` \|", OPERATIONS, re.MULTILINE))


@cache
def logged() -> frozenset[str]:
    """Return the events that the code logs."""
    events = set()
    for path in (ROOT / "bot").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                is_log = isinstance(node.func.value, ast.Name) and node.func.value.id == "log"
                if is_log and node.func.attr in LEVELS and isinstance(node.args[0], ast.Constant):
                    events.add(str(node.args[0].value))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Periodic":
                events |= {str(ast.literal_eval(each.value)) for each in node.keywords if each.arg == "failed"}
    return frozenset(events)


def test_operations_explains_every_log_event_and_no_other():
    table = OPERATIONS.partition("## Log events")[2]
    rows = [row.split("|")[1] for row in table.splitlines() if row.startswith("| `")]
    explained = {event for row in rows for event in CODE.findall(row)}
    assert len(explained) > 50
    assert explained - FOREIGN_EVENTS == logged()


def test_changelog_renames_no_event_that_is_still_logged():
    table = (
        (ROOT / ".github" / "CHANGELOG.md").read_text("utf-8").partition("### Log events renamed")[2].partition("##")[0]
    )
    renamed = re.findall(r"^\| `(\w+)` \| `(\w+)`", table, re.MULTILINE)
    assert {old for old, _ in renamed} & logged() == set()
    assert {new for _, new in renamed} - logged() - FOREIGN_EVENTS == set()


def test_architecture_has_the_table_of_joined_ids():
    assert document_table() in ARCHITECTURE


def test_every_action_of_a_workflow_is_pinned_by_commit():
    used = [
        line.strip()
        for path in (ROOT / ".github" / "workflows").glob("*.yml")
        for line in path.read_text("utf-8").splitlines()
        if "uses:" in line
    ]
    assert used
    assert [line for line in used if not re.search(r"uses: [\w./-]+@[0-9a-f]{40} # v[\d.]+$", line)] == []


def test_the_workflow_runs_ci_on_every_python_that_is_supported():
    text = (ROOT / ".github" / "workflows" / "check.yml").read_text("utf-8")
    assert "run: .ci/run" in text
    assert (ROOT / ".ci" / "run").is_file()
    assert re.search(r'python: \["3\.11", "3\.12", "3\.13"\]', text)
