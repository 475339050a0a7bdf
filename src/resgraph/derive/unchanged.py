"""Whether a derived graph is still what follows from its graph: by one digest, which it keeps as `owl:versionInfo`.

The digest is over all that derivations read, the rules, and the derived statements themselves, so that a graph which
was changed anywhere by anybody is derived anew.
"""

from __future__ import annotations

from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Literal, Quad

from resgraph.data import data_folder
from resgraph.vocab import OWL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Store

    from resgraph.derive.facts import Facts
    from resgraph.derive.statements import Statement
    from resgraph.iris import Iris


def digest(facts: Facts, constructed: Iterable[Statement], derived: Iterable[Quad]) -> str:
    """The same for the same graph, in whatever order it is read."""
    found = sha256()
    for line in chain(_rules(), sorted(facts.lines()), sorted(map(_line, constructed)), sorted(map(str, derived))):
        found.update(line.encode())
        found.update(b"\n")
    return found.hexdigest()


def versioned(quads: Iterable[Quad], version: str, iris: Iris) -> list[Quad]:
    """A derived graph with its digest."""
    return [*quads, Quad(iris.derived_graph, OWL.versionInfo, Literal(version), iris.derived_graph)]


def parted(store: Store, iris: Iris) -> tuple[list[Quad], str]:
    """The derived graph of a store and its digest, which is empty where it has none."""
    quads, versions = [], [""]
    for quad in store.quads_for_pattern(None, None, None, iris.derived_graph):
        if quad.predicate == OWL.versionInfo and isinstance(quad.object, Literal):
            versions.append(quad.object.value)
        else:
            quads.append(quad)
    return quads, max(versions)


def _line(statement: Statement) -> str:
    evidence = sorted(node.value for node in statement.evidence)
    return f"{statement.key} {statement.rule} {evidence} {statement.as_of}"


def _rules() -> Iterator[str]:
    """The program: a rule that has changed derives anew."""
    package = Path(__file__).parent
    files = (*package.glob("*.py"), package.parent / "strength.py", *(data_folder("queries") / "derive").glob("*.rq"))
    yield from (path.read_text(encoding="utf-8") for path in sorted(files) if path.is_file())
