"""The reasoners that owlready2 brings: HermiT, and the OWL API's own check of the profile, within Pellet's lint.

owlready2 reads no Turtle, and both programs read files, so that a graph goes through a temporary folder.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

import rdflib
from rdflib import SKOS
from rdflib.namespace import OWL

from resgraph.errors import ResgraphError
from resgraph.ontology_check.findings import Finding

_NONE = "No OWL 2 DL violations found"
_SOME = "OWL 2 DL violations found"
_SECONDS = 300


def need_java() -> None:
    """Raises ResgraphError where there is no Java."""
    if which("java") is None:
        todo = "install a Java runtime, for instance openjdk-17-jre-headless"
        raise ResgraphError("java", "it is not installed, and HermiT needs it", todo)


def inconsistencies(graph: rdflib.Graph) -> list[Finding]:
    """That HermiT finds no model of the graph, or the named classes that can have no member.

    skos:closeMatch, which makes individuals of terms, is left out: owlready2 then misreads what HermiT finds.
    """
    need_java()
    import owlready2

    world = owlready2.World()
    logical = graph + rdflib.Graph()
    logical.remove((None, SKOS.closeMatch, None))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ontology.nt"
        logical.serialize(path, format="nt", encoding="utf-8")
        world.get_ontology(path.as_uri()).load()
        try:
            owlready2.sync_reasoner_hermit(world, infer_property_values=False, debug=0)
        except owlready2.OwlReadyInconsistentOntologyError:
            return [Finding("the ontology", "it is inconsistent: nothing at all can satisfy it")]
        except owlready2.OwlReadyJavaError as error:
            return [Finding("HermiT", " ".join(str(error).split())[:400])]
        unsatisfiable = {getattr(entity, "iri", None) for entity in world.inconsistent_classes()}
    world.close()
    named = sorted(iri for iri in unsatisfiable - {str(OWL.Nothing)} if iri)
    return [Finding(iri, "nothing can be of this class") for iri in named]


def violations(graph: rdflib.Graph) -> list[Finding]:
    """Where the graph leaves the profile OWL 2 DL, by the OWL API."""
    need_java()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ontology.rdf"
        graph.serialize(path, format="xml", encoding="utf-8")
        command = ["java", "-cp", _class_path(), "pellet.Pellet", "lint", "--only", "OWL", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)  # noqa: S603
    if _NONE in done.stdout:
        return []
    if _SOME not in done.stdout:
        return [Finding("the OWL API", " ".join((done.stderr or done.stdout).split())[:400])]
    lines = done.stdout.partition(_SOME)[2].split("\n\n")[0].splitlines()[1:]
    return sorted({Finding("OWL 2 DL", line.partition("]) in Ontology")[0].strip()) for line in lines if line.strip()})


def _class_path() -> str:
    import owlready2

    return os.pathsep.join(map(str, sorted((Path(owlready2.__file__).parent / "pellet").glob("*.jar"))))
