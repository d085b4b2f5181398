"""Checks on the repository itself: what names what must exist, and nothing speaks of what it should not."""

from __future__ import annotations

import ast
import re
import subprocess
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.actions.executor import InProcessActions
from bot.phrasing.phrasebook import read_entries, topics
from kernel.settings import PREFIX, Settings

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("assistant", "bot", "connectors", "handoff", "journal", "kernel", "member_api")


def domain() -> dict[str, list[Any]]:
    """Gather the Rasa domain, cut by topic group."""
    whole: dict[str, list[Any]] = {"intents": [], "actions": [], "forms": []}
    for path in (ROOT / "bot/domain").glob("*.yml"):
        part = yaml.safe_load(path.read_text(encoding="utf-8"))
        for name, known in whole.items():
            known += list(part.get(name) or [])
    return whole


def test_every_setting_is_in_the_example_and_nothing_else() -> None:
    """An operator configures from this file: a name missing there does not exist for him."""
    listed = set(re.findall(rf"^{PREFIX}([A-Z_]+)=", (ROOT / "deploy/env.example").read_text(), re.MULTILINE))

    assert listed == {field.name.upper() for field in fields(Settings)}


def test_every_custom_action_of_the_domain_is_written_and_the_other_way_round() -> None:
    """An action that Rasa cannot find is a silent turn."""
    named = {name for name in domain()["actions"] if not name.startswith("utter_")}

    assert named == set(InProcessActions().names)


def test_every_utterance_of_the_domain_has_its_sentence() -> None:
    """An utterance without a sentence is a silent turn."""
    named = {name.removeprefix("utter_") for name in domain()["actions"] if name.startswith("utter_")}

    assert named <= set(read_entries())


def test_the_intents_are_the_topics_of_the_catalogue() -> None:
    """The catalogue is the contract with advisors and content staff, byte for byte."""
    technical = {"affirm", "deny", "cancel", "go_back", "resume", "repeat", "nlu_fallback", "choose", "signed_in", "floor_returned"}

    assert set(domain()["intents"]) - technical == set(topics())


def test_every_topic_has_a_rule_and_enough_training_sentences() -> None:
    """Twelve sentences at least; understanding is judged on sentences nobody here has seen."""
    rules = " ".join(path.read_text() for path in (ROOT / "bot/data/rules").glob("*.yml"))
    counts: dict[str, int] = {}
    for path in (ROOT / "bot/data/nlu").glob("*.yml"):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            counts[block["intent"]] = counts.get(block["intent"], 0) + len(block["examples"].strip().splitlines())

    assert not [topic for topic in topics() if f"intent: {topic}\n" not in rules]
    assert not {topic: counts.get(topic, 0) for topic in topics() if counts.get(topic, 0) < 12}


def sources(*suffixes: str) -> list[Path]:
    """List the files git tracks or would track."""
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.splitlines() if name.endswith(suffixes) and (ROOT / name).is_file()]


REFUSED = {"agent", "agents", "user", "users", "customer", "customers", "ticket", "tickets", "manager", "helper", "helpers", "util",
           "utils", "common", "misc", "tmp", "obj"}
ALLOWED_NAMES = {"_agent", "agent"}
"""Rasa's own class, in bot/worker/dialogue.py."""


def names_of(tree: ast.AST) -> set[str]:
    """Gather the names a module defines: classes, functions, arguments, variables."""
    found: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                found.add(name)
            case ast.arg(arg=name):
                found.add(name)
            case ast.Name(id=name, ctx=ast.Store()):
                found.add(name)
    return found


def words_of(name: str) -> set[str]:
    """Cut a name in words: MemberApiClient, act_key."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}


@pytest.mark.parametrize("part", PARTS)
def test_one_idea_has_one_word(part: str) -> None:
    """docs/glossary.md: never agent, user, ticket… so that a reader searches one word for one idea."""
    found = {}
    for path in (ROOT / part).rglob("*.py"):
        refused = {name for name in names_of(ast.parse(path.read_text())) if words_of(name) & REFUSED} - ALLOWED_NAMES
        if refused:
            found[path.relative_to(ROOT).as_posix()] = sorted(refused)

    assert found == {}


def test_every_package_and_public_function_says_what_it_does() -> None:
    """A newcomer reads docstrings before bodies."""
    missing = []
    for path in sources(".py"):
        if path.relative_to(ROOT).parts[0] not in PARTS:
            continue
        tree = ast.parse(path.read_text())
        missing += [f"{path.name}:{node.name}" for node in ast.walk(tree)
                    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
                    and not node.name.startswith("_") and not ast.get_docstring(node) and not _is_inner(tree, node)]

    assert missing == []


def _is_inner(tree: ast.AST, wanted: ast.AST) -> bool:
    """Say whether a function stands inside another one, or overrides a documented one of a library."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and any(inner is wanted for inner in ast.walk(node) if inner is not node):
            return True
        if isinstance(node, ast.ClassDef) and node.bases and wanted in node.body and isinstance(wanted, ast.FunctionDef | ast.AsyncFunctionDef):
            return wanted.name.startswith(("process_", "filter", "visit"))
    return False


def test_no_unfinished_work_is_left() -> None:
    """A stub called done is worse than a gap."""
    marks = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")) + r")\b")
    found = [path.relative_to(ROOT).as_posix() for path in sources(".py", ".js", ".yml", ".html", ".css", ".sh") if marks.search(path.read_text(encoding="utf-8"))]

    assert found == []


def test_pages_call_nobody() -> None:
    """No process and no page calls an address outside those configured: no CDN, no font, no relay."""
    outside = re.compile(r"""(?:src|href|url\(|import|fetch\()\s*=?\s*["'(]https?://(?!127\.0\.0\.1|localhost)""")
    found = [path.relative_to(ROOT).as_posix() for path in sources(".js", ".html", ".css") if outside.search(path.read_text(encoding="utf-8"))]

    assert found == []
