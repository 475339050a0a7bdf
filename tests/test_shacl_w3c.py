"""The W3C's test suite of SHACL, as far as the engine takes its shapes. It is not part of this repository:
`pip download --no-deps --no-binary :all: pyshacl==0.40.1` brings it, as `test/resources/sht_tests` in the archive, and
RESGRAPH_W3C_SHACL names the folder.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, NamedNode, RdfFormat, Store

from resgraph.shacl.engine import compiled, findings
from resgraph.shacl.shape import Reader, read_shapes
from resgraph.vocab import RDF, sh

SUITE = Path(os.environ.get("RESGRAPH_W3C_SHACL", "not-here"))
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
SHT = "http://www.w3.org/ns/shacl-test#"

OUTSIDE = frozenset(
    """
    core/complex/personexample core/complex/shacl-shacl core/misc/deactivated-001 core/misc/deactivated-002
    core/misc/severity-002 core/node/closed-001 core/node/closed-002 core/node/disjoint-001 core/node/equals-001
    core/node/languageIn-001 core/node/qualified-001 core/property/datatype-ill-formed core/property/equals-001
    core/property/languageIn-001 core/property/property-001 core/property/qualifiedMinCountDisjoint-001
    core/property/qualifiedValueShapesDisjoint-001 core/property/uniqueLang-001 core/property/uniqueLang-002
    core/validation-reports/shared sparql/component/nodeValidator-001 sparql/component/optional-001
    sparql/component/propertyValidator-select-001 sparql/component/validator-001 sparql/node/prefixes-001
    sparql/node/sparql-002 sparql/node/sparql-003 sparql/pre-binding/pre-binding-001
    sparql/pre-binding/pre-binding-002 sparql/pre-binding/pre-binding-003 sparql/pre-binding/pre-binding-004
    sparql/pre-binding/pre-binding-005 sparql/pre-binding/pre-binding-006 sparql/pre-binding/pre-binding-007
    sparql/pre-binding/shapesGraph-001 sparql/pre-binding/unsupported-sparql-001
    sparql/pre-binding/unsupported-sparql-002 sparql/pre-binding/unsupported-sparql-003
    sparql/pre-binding/unsupported-sparql-004 sparql/pre-binding/unsupported-sparql-005
    sparql/pre-binding/unsupported-sparql-006 sparql/property/sparql-001
    """.split()
)
"""The tests with a construct that is left to pySHACL; the guide says which."""


def load(path):
    store = Store()
    store.load(path=path, format=RdfFormat.TURTLE, base_iri=path.as_uri())
    return store


def value(store, node, predicate):
    found = [q.object for q in store.quads_for_pattern(node, NamedNode(predicate), None)]
    return found[0] if found else None


def entries():
    for path in sorted(SUITE.glob("*/*/*.ttl")):
        store = load(path)
        for quad in store.quads_for_pattern(None, RDF.type, NamedNode(SHT + "Validate")):
            yield pytest.param(path, quad.subject, id=path.relative_to(SUITE).with_suffix("").as_posix())


def blind(term):
    """Blank nodes are called differently by each who reads them."""
    return "_" if isinstance(term, BlankNode) else str(term)


def expected(store, report):
    results = set()
    for quad in store.quads_for_pattern(report, sh("result"), None):
        names = ("focusNode", "sourceShape", "sourceConstraintComponent", "value", "resultSeverity")
        focus, shape, component, of, severity = (value(store, quad.object, sh(name).value) for name in names)
        path = value(store, quad.object, sh("resultPath").value)
        path = None if path is None else Reader(store).path(path)
        results.add((blind(focus), blind(shape), str(component), blind(of), str(severity), path))
    return results


def outcome(path, entry):
    store = load(path)
    action, report = value(store, entry, MF + "action"), value(store, entry, MF + "result")
    graphs = {}
    for name in ("dataGraph", "shapesGraph"):
        iri = value(store, action, SHT + name).value
        graphs[name] = store if iri == path.as_uri() else load(path.parent / iri.rpartition("/")[2])
    asked, outside = compiled(graphs["dataGraph"], read_shapes(graphs["shapesGraph"]))
    if outside or not isinstance(report, BlankNode):
        return "outside", "; ".join(sorted(outside.values())) or "no report is expected, but a failure"
    found = {
        (
            blind(one.focus),
            f"<{one.shape}>" if ":" in one.shape else "_",
            f"<{one.component}>",
            str(None) if one.value is None else blind(one.value),
            str(sh(one.severity)),
            one.path and (one.path if "<" in one.path else f"<{one.path}>"),
        )
        for one in findings(graphs["dataGraph"], asked)
    }
    wanted = expected(store, report)
    return ("passed", "") if found == wanted else ("failed", f"{sorted(map(str, found ^ wanted))}")


@pytest.mark.skipif(not SUITE.is_dir(), reason="RESGRAPH_W3C_SHACL names no folder with the W3C's tests of SHACL")
@pytest.mark.parametrize(("path", "entry"), entries() if SUITE.is_dir() else [])
def test_a_test_of_the_suite_passes_or_goes_to_pyshacl(path, entry):
    name = path.relative_to(SUITE).with_suffix("").as_posix()
    assert outcome(path, entry)[0] == ("outside" if name in OUTSIDE else "passed")
