"""What the service says of itself: the terms of SPARQL 1.1 Service Description, and the counts of VoID."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, parse, serialize

from resgraph.sparql import evaluate

if TYPE_CHECKING:
    from resgraph.serve.site import Site

_FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
}
_PREFIXES = {
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "void": "http://rdfs.org/ns/void#",
    "formats": "http://www.w3.org/ns/formats/",
}
_SERVICE = """
<#service> a sd:Service ;
    sd:endpoint <> ;
    sd:supportedLanguage sd:SPARQL11Query ;
    sd:feature sd:UnionDefaultGraph ;
    sd:resultFormat formats:SPARQL_Results_JSON , formats:SPARQL_Results_XML , formats:SPARQL_Results_CSV ,
        formats:SPARQL_Results_TSV , formats:Turtle , formats:N-Triples , formats:JSON-LD , formats:RDF_XML ;
    sd:defaultDataset <#dataset> .
<#dataset> a sd:Dataset , void:Dataset ;
    sd:defaultGraph <#union> ;
    void:sparqlEndpoint <> .
<#union> a sd:Graph , void:Dataset ;
    void:vocabulary <https://w3id.org/resgraph/ontology#> , <http://purl.org/dc/terms/> ,
        <http://www.w3.org/2004/02/skos/core#> , <http://www.w3.org/ns/prov#> .
"""
_COUNTS = {
    "void:triples": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "void:distinctSubjects": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
    "void:properties": "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
    "void:classes": "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }",
}


class Description:
    """The description of the service, whose counts are made once, since the graph does not change."""

    def __init__(self, site: Site) -> None:
        self._store = site.store
        self._text: str | None = None
        self._lock = asyncio.Lock()

    async def serialized(self, endpoint: str, form: str) -> bytes:
        """The description of the service at an address."""
        async with self._lock:
            if self._text is None:
                self._text = await asyncio.to_thread(self._turtle)
        triples = (quad.triple for quad in parse(self._text, RdfFormat.TURTLE, base_iri=endpoint))
        return serialize(triples, format=_FORMATS[form], prefixes=_PREFIXES) or b""

    def _turtle(self) -> str:
        prefixes = "".join(f"PREFIX {name}: <{address}>\n" for name, address in _PREFIXES.items())
        counts = "".join(f"<#union> {name} {self._count(query)} .\n" for name, query in _COUNTS.items())
        return prefixes + _SERVICE + counts

    def _count(self, query: str) -> int:
        ((count,),) = evaluate(self._store, query).values
        return int(str(count))
