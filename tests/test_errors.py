"""Every error says where, what, and what to do, on one line; docs/errors.md knows every kind."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from resgraph import errors
from resgraph.errors import InputError, OutputError, ResgraphError, UsageError

TOP = Path(__file__).parent.parent
PAGE = (TOP / "docs" / "errors.md").read_text(encoding="utf-8")
CHILDREN = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, ResgraphError)]


def problem_kinds() -> set[str]:
    """The kinds written as first argument of `Problem(...)`, or of a function of the same name that makes one."""
    kinds: set[str] = set()
    for path in (TOP / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Problem", "_problem"):
                kind = node.args[0] if node.args else next(word.value for word in node.keywords if word.arg == "kind")
                if isinstance(kind, ast.Constant):
                    kinds.add(kind.value)
    return kinds


def test_a_message_is_where_what_and_what_to_do():
    assert str(InputError("a.txt:3", "is empty", "give another")) == "a.txt:3: is empty; give another"
    assert str(UsageError("", "nothing to do")) == "nothing to do"


def test_an_error_survives_a_process_boundary():
    import pickle

    error = pickle.loads(pickle.dumps(OutputError("out.nq", "cannot be written", "write elsewhere")))
    assert type(error) is OutputError
    assert (error.where, error.what, error.todo) == ("out.nq", "cannot be written", "write elsewhere")


@pytest.mark.parametrize("kind", CHILDREN, ids=lambda kind: kind.__name__)
def test_the_page_of_errors_has_every_error_with_its_exit_code(kind: type[ResgraphError]):
    assert re.search(rf"^\| `{kind.__name__}` \| {kind.exit_code} \|", PAGE, re.MULTILINE)


def test_the_page_of_errors_has_every_kind_of_problem_and_no_other():
    described = re.findall(r"^\| `([a-z0-9-]+)` \|", PAGE, re.MULTILINE)
    assert sorted(described) == sorted(problem_kinds()), "write the kinds of Problem( into docs/errors.md"
