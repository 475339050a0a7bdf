"""What validation found: as values, as readable text, and as a SHACL report in Turtle or JSON-LD."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, RdfFormat, parse, serialize

from resgraph.iris import whole_and_part
from resgraph.vocab import RDF, SH_NAMESPACE, XSD, sh

if TYPE_CHECKING:
    from collections.abc import Iterator

    import rdflib
    from pyoxigraph import NamedNode, Triple

    Term = NamedNode | BlankNode | Literal | Triple

SEVERITIES = ("Violation", "Warning", "Info")
_PLURALS = {"Violation": "violations", "Warning": "warnings", "Info": "remarks"}
_SINGULARS = {"Violation": "violation", "Warning": "warning", "Info": "remark"}
_XSD_NAMESPACE = XSD.string.value.removesuffix("string")
_CONTEXT = {
    "sh": SH_NAMESPACE,
    "xsd": _XSD_NAMESPACE,
    "id": "@id",
    "type": "@type",
    **{name: f"sh:{name}" for name in ("ValidationReport", "ValidationResult", *SEVERITIES)},
    "conforms": {"@id": "sh:conforms", "@type": "xsd:boolean"},
    "result": {"@id": "sh:result", "@container": "@set"},
    "resultSeverity": {"@id": "sh:resultSeverity", "@type": "@vocab"},
    **{
        name: {"@id": f"sh:{name}", "@type": "@id"}
        for name in ("focusNode", "resultPath", "sourceShape", "sourceConstraintComponent")
    },
    "resultMessage": "sh:resultMessage",
    "value": "sh:value",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One breach of a shape: what SHACL says of it, then where a reader finds it.

    `shape`, `component` and `path` are IRIs; a path that is more than a property stands as in SPARQL. `part` is the
    fragment of the paragraph or other part of the resolution `symbol`; `words` are cut short; `line` and `column` count
    from 1 in `file`, `column` in code points.
    """

    severity: str
    focus: Term
    message: str
    shape: str
    component: str
    path: str | None = None
    value: Term | None = None
    symbol: str | None = None
    part: str | None = None
    words: str | None = None
    file: str | None = None
    line: int | None = None
    column: int | None = None

    @property
    def shape_name(self) -> str:
        """The name by which `ontology/shapes.ttl` knows the shape."""
        return self.shape.rpartition("#")[2]

    @property
    def order(self) -> tuple[str, ...]:
        """Sorts by resolution, then severity, then place."""
        place = f"{self.line or 0:09}", str(self.focus), self.shape, self.component
        return self.symbol or "~", str(SEVERITIES.index(self.severity)), *place, str(self.value), self.message


@dataclass(frozen=True, slots=True)
class Report:
    """All breaches, in order; a graph with warnings alone conforms."""

    conforms: bool
    results: tuple[Result, ...]

    @classmethod
    def of(cls, results: set[Result]) -> Report:
        """The report of what was found."""
        ordered = tuple(sorted(results, key=lambda result: result.order))
        return cls(not any(result.severity == "Violation" for result in ordered), ordered)

    def count(self, severity: str) -> int:
        return sum(result.severity == severity for result in self.results)

    def to_text(self) -> str:
        """The results by resolution, for a person to work through."""
        return "".join(f"{line}\n" for line in _lines(self))

    def to_rdflib(self) -> rdflib.Graph:
        """The SHACL validation report."""
        import rdflib

        return rdflib.Graph(bind_namespaces="none").parse(data=self.to_turtle(), format="turtle")

    def to_turtle(self) -> str:
        """The SHACL validation report in Turtle."""
        lines = chain.from_iterable(_statements(result, f"_:result{n}") for n, result in enumerate(self.results, 1))
        conforms = f'"{str(self.conforms).lower()}"^^{XSD.boolean}'
        head = (f"_:report {RDF.type} {sh('ValidationReport')} .", f"_:report {sh('conforms')} {conforms} .")
        triples = parse("\n".join((*head, *lines)), RdfFormat.N_TRIPLES)
        prefixes = {"sh": SH_NAMESPACE, "xsd": _XSD_NAMESPACE}
        return (serialize(triples, format=RdfFormat.TURTLE, prefixes=prefixes) or b"").decode()

    def to_json(self) -> str:
        """The SHACL validation report in JSON-LD; the place of a result stands beside it as plain JSON."""
        results = [_json_result(result) for result in self.results]
        document = {"@context": _CONTEXT, "type": "ValidationReport", "conforms": self.conforms, "result": results}
        return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _statements(result: Result, node: str) -> Iterator[str]:
    """The result in N-Triples."""
    yield f"_:report {sh('result')} {node} ."
    yield f"{node} {RDF.type} {sh('ValidationResult')} ."
    yield f"{node} {sh('resultSeverity')} {sh(result.severity)} ."
    yield f"{node} {sh('focusNode')} {result.focus} ."
    if result.path and not result.path.startswith("<"):
        yield f"{node} {sh('resultPath')} <{result.path}> ."
    if result.value is not None:
        yield f"{node} {sh('value')} {result.value} ."
    yield f"{node} {sh('resultMessage')} {Literal(result.message)} ."
    yield f"{node} {sh('sourceShape')} <{result.shape}> ."
    yield f"{node} {sh('sourceConstraintComponent')} <{result.component}> ."


def _json_result(result: Result) -> dict[str, Any]:
    entry = {
        "type": "ValidationResult",
        "resultSeverity": result.severity,
        "focusNode": _json_term(result.focus) if isinstance(result.focus, Literal) else _id(result.focus),
        "resultPath": result.path,
        "value": None if result.value is None else _json_term(result.value),
        "resultMessage": result.message,
        "sourceShape": result.shape,
        "sourceConstraintComponent": result.component,
        "resolution": result.symbol,
        "paragraph": result.part,
        "words": result.words,
        "file": result.file,
        "line": result.line,
        "column": result.column,
    }
    return {key: value for key, value in entry.items() if value is not None}


def _json_term(term: Term) -> dict[str, str]:
    if not isinstance(term, Literal):
        return {"id": _id(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    return (
        {"@value": term.value} if term.datatype == XSD.string else {"@value": term.value, "@type": term.datatype.value}
    )


def _id(term: Term) -> str:
    return str(term) if isinstance(term, BlankNode) else getattr(term, "value", str(term))


# ---------------------------------------------------------------- text


def _lines(report: Report) -> Iterator[str]:
    for symbol, results in groupby(report.results, key=lambda result: result.symbol):
        yield symbol or "Outside any resolution"
        for result in results:
            yield from _result_lines(result)
        yield ""
    yield _summary(report)


def _result_lines(result: Result) -> Iterator[str]:
    where = [result.part or ("the document" if result.symbol else _id(result.focus))]
    if result.file:
        where.append(
            result.file if result.line is None else f"{result.file}, line {result.line}, column {result.column}"
        )
    yield f"  {result.severity} {result.shape_name}: {'; '.join(where)}"
    yield f"    {result.message}"
    if result.words:
        yield f"    Words: “{result.words}”"
    if isinstance(result.value, Literal):
        yield f"    Value: {result.value.value}"
    else:
        node = result.focus if result.value is None else result.value
        if result.symbol and whole_and_part(_id(node))[1] != (result.part or ""):
            yield f"    Node: {_id(node)}"


def _summary(report: Report) -> str:
    counts = [(report.count(severity), severity) for severity in SEVERITIES]
    said = [f"{n:,} {_SINGULARS[s] if n == 1 else _PLURALS[s]}" for n, s in counts if n]
    return f"The graph {'conforms' if report.conforms else 'does not conform'}: {', '.join(said) or 'no result'}."
