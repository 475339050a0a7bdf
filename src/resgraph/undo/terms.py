# ruff: noqa: N815 (the names are those of the vocabularies)
"""The terms of UNDO, and of what it imports, that the export uses.

All stand in UNDO's own file of 1 June 2017; a test holds them against it. Its namespace is `w3id.org/un/`, whatever the
examples in its description say (`w3id.org/akn/`).
"""

from __future__ import annotations

from resgraph.vocab import term

_UNDO = "https://w3id.org/un/ontology/undo/"
_ALLOT = "https://w3id.org/akn/ontology/allot/"
_OA = "http://www.w3.org/ns/oa#"
_ISO_639 = "http://id.loc.gov/vocabulary/iso639-1/"

PREFIXES = {"undo": _UNDO, "allot": _ALLOT, "oa": _OA, "lan": _ISO_639}


class UNDO:
    """The United Nations System Document Ontology."""

    Agent = term(_UNDO, "Agent")
    Annotation = term(_UNDO, "Annotation")
    Decision = term(_UNDO, "Decision")
    Document = term(_UNDO, "Document")
    DocumentVersion = term(_UNDO, "DocumentVersion")
    NormativeDocument = term(_UNDO, "NormativeDocument")
    Relation = term(_UNDO, "Relation")
    Resolution = term(_UNDO, "Resolution")
    Treaty = term(_UNDO, "Treaty")
    hasProponent = term(_UNDO, "hasProponent")
    hasReceiver = term(_UNDO, "hasReceiver")
    hasRelatedConcept = term(_UNDO, "hasRelatedConcept")
    hasSemantics = term(_UNDO, "hasSemantics")


class ALLOT:
    """The top-level classes of Akoma Ntoso."""

    Concept = term(_ALLOT, "Concept")
    Event = term(_ALLOT, "Event")
    Organization = term(_ALLOT, "Organization")
    Term = term(_ALLOT, "Term")
    hasRealization = term(_ALLOT, "hasRealization")
    mentions = term(_ALLOT, "mentions")


class OA:
    """The Web Annotation vocabulary."""

    hasBody = term(_OA, "hasBody")
    hasTarget = term(_OA, "hasTarget")


class ISO_639:  # noqa: N801 (a standard has the name it has)
    """Languages by their codes, as the Library of Congress publishes them."""

    en = term(_ISO_639, "en")
