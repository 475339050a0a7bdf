"""The ontology held against a reasoner, the profile OWL 2 DL, and its own rules; its stubs and its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resgraph.ontology_check import rules
from resgraph.ontology_check.files import everything, terms
from resgraph.ontology_check.findings import Check, Finding, Findings
from resgraph.ontology_check.reasoner import inconsistencies, need_java, violations

if TYPE_CHECKING:
    from collections.abc import Iterable

    import rdflib

__all__ = ["Check", "Finding", "Findings", "check_graph", "check_ontology"]


def check_ontology() -> Findings:
    """The ontology with its alignments and the stubs of other vocabularies, and its examples. Needs Java."""
    need_java()
    findings = check_graph(everything())
    examples = _check("examples", "each valid one conforms, each invalid one breaks its shape", rules.untrue_examples())
    return Findings((*findings.checks, examples))


def check_graph(graph: rdflib.Graph) -> Findings:
    """Any graph that has the ontology in it, without the examples."""
    names = f"the {len(terms(graph))} terms"
    return Findings(
        (
            _check("HermiT", "consistent, and every class can have members", inconsistencies(graph)),
            _check("profile", "OWL 2 DL, by the OWL API", violations(graph)),
            _check("declarations", "every term is declared, as one kind", rules.undeclared(graph)),
            _check("completeness", f"{names} and the ontology say what they are", rules.incomplete(graph)),
            _check("use", f"each of {names} is used, or reserved", rules.unused(graph)),
        )
    )


def _check(name: str, said: str, findings: Iterable[Finding]) -> Check:
    return Check(name, said, tuple(sorted(set(findings))))
