# ruff: noqa: N815 (the names are those of the vocabularies)
"""The terms by which catalogues know a dataset: VoID, DCAT, and of Dublin Core and PROV what the graph does not use."""

from __future__ import annotations

from resgraph.vocab import term

_VOID = "http://rdfs.org/ns/void#"
_DCAT = "http://www.w3.org/ns/dcat#"
_DCTERMS = "http://purl.org/dc/terms/"
_PROV = "http://www.w3.org/ns/prov#"

PREFIXES = {"void": _VOID, "dcat": _DCAT}


class VOID:
    """Counts, and what a dataset speaks."""

    Dataset = term(_VOID, "Dataset")
    class_ = term(_VOID, "class")
    classPartition = term(_VOID, "classPartition")
    classes = term(_VOID, "classes")
    distinctObjects = term(_VOID, "distinctObjects")
    distinctSubjects = term(_VOID, "distinctSubjects")
    entities = term(_VOID, "entities")
    properties = term(_VOID, "properties")
    property = term(_VOID, "property")
    propertyPartition = term(_VOID, "propertyPartition")
    triples = term(_VOID, "triples")
    uriSpace = term(_VOID, "uriSpace")
    vocabulary = term(_VOID, "vocabulary")


class DCAT:
    """A dataset in a catalogue."""

    Dataset = term(_DCAT, "Dataset")
    endDate = term(_DCAT, "endDate")
    keyword = term(_DCAT, "keyword")
    startDate = term(_DCAT, "startDate")
    version = term(_DCAT, "version")


class DCTERMS:
    """What Dublin Core says of a dataset."""

    PeriodOfTime = term(_DCTERMS, "PeriodOfTime")
    conformsTo = term(_DCTERMS, "conformsTo")
    description = term(_DCTERMS, "description")
    issued = term(_DCTERMS, "issued")
    license = term(_DCTERMS, "license")
    source = term(_DCTERMS, "source")
    temporal = term(_DCTERMS, "temporal")
    title = term(_DCTERMS, "title")


class PROV:
    """How a dataset was made."""

    Activity = term(_PROV, "Activity")
    SoftwareAgent = term(_PROV, "SoftwareAgent")
    generated = term(_PROV, "generated")
    used = term(_PROV, "used")
    wasAssociatedWith = term(_PROV, "wasAssociatedWith")
