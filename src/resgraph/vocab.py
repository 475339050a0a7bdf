# ruff: noqa: N815 (the names are those of the vocabularies)
"""The terms that the graph uses, one attribute a term. `RG` is equal to `ontology/resgraph.ttl`: a test holds it.

A new term is written in the ontology first; the failing test names the line that is missing here.
"""

from pyoxigraph import NamedNode

RG_NAMESPACE = "https://w3id.org/resgraph/ontology#"
SH_NAMESPACE = "http://www.w3.org/ns/shacl#"


def term(namespace: str, name: str) -> NamedNode:
    """A term of a vocabulary that only one module speaks, and that stands there."""
    return NamedNode(namespace + name)


def _rg(name: str) -> NamedNode:
    return term(RG_NAMESPACE, name)


class RG:
    """The terms of resgraph's own ontology."""

    # classes
    Document = _rg("Document")
    Resolution = _rg("Resolution")
    Decision = _rg("Decision")
    Report = _rg("Report")
    Draft = _rg("Draft")
    Instrument = _rg("Instrument")
    Treaty = _rg("Treaty")
    Declaration = _rg("Declaration")
    Programme = _rg("Programme")
    Paragraph = _rg("Paragraph")
    PreambularParagraph = _rg("PreambularParagraph")
    OperativeParagraph = _rg("OperativeParagraph")
    Point = _rg("Point")
    Heading = _rg("Heading")
    Annex = _rg("Annex")
    Footnote = _rg("Footnote")
    Action = _rg("Action")
    Request = _rg("Request")
    Citation = _rg("Citation")
    Reference = _rg("Reference")
    Agent = _rg("Agent")
    Body = _rg("Body")
    Office = _rg("Office")
    ActorGroup = _rg("ActorGroup")
    State = _rg("State")
    Session = _rg("Session")
    Meeting = _rg("Meeting")
    AgendaItem = _rg("AgendaItem")
    TreatyStatus = _rg("TreatyStatus")
    Vote = _rg("Vote")
    Source = _rg("Source")
    Problem = _rg("Problem")
    Derivation = _rg("Derivation")
    FigureChange = _rg("FigureChange")

    # the resolution as adopted
    symbol = _rg("symbol")
    aknAlias = _rg("aknAlias")
    adoptedBy = _rg("adoptedBy")
    adoptedOn = _rg("adoptedOn")
    publishedOn = _rg("publishedOn")
    adoptedInSession = _rg("adoptedInSession")
    adoptedAtMeeting = _rg("adoptedAtMeeting")
    agendaItem = _rg("agendaItem")
    onReport = _rg("onReport")
    recommendedBy = _rg("recommendedBy")
    adoptionMethod = _rg("adoptionMethod")
    votesFor = _rg("votesFor")
    votesAgainst = _rg("votesAgainst")
    abstentions = _rg("abstentions")
    hasVote = _rg("hasVote")
    castBy = _rg("castBy")
    choice = _rg("choice")
    jobNumber = _rg("jobNumber")
    draft = _rg("draft")
    sponsor = _rg("sponsor")
    additionalSponsor = _rg("additionalSponsor")
    submittedBy = _rg("submittedBy")
    reportParagraph = _rg("reportParagraph")
    meetingRecord = _rg("meetingRecord")
    subjectHeading = _rg("subjectHeading")

    # bodies among each other
    subsidiaryOf = _rg("subsidiaryOf")
    withinBody = _rg("withinBody")
    predecessor = _rg("predecessor")
    successor = _rg("successor")

    # sessions, meetings, agenda items
    sessionNumber = _rg("sessionNumber")
    sessionLabel = _rg("sessionLabel")
    sessionOf = _rg("sessionOf")
    meetingNumber = _rg("meetingNumber")
    meetingOf = _rg("meetingOf")
    itemNumber = _rg("itemNumber")

    # the parts of a resolution
    contains = _rg("contains")
    hasParagraph = _rg("hasParagraph")
    paragraphOf = _rg("paragraphOf")
    hasPoint = _rg("hasPoint")
    hasFootnote = _rg("hasFootnote")
    hasNote = _rg("hasNote")
    hasHeading = _rg("hasHeading")
    hasAnnex = _rg("hasAnnex")
    position = _rg("position")
    number = _rg("number")
    text = _rg("text")
    marker = _rg("marker")
    missing = _rg("missing")
    names = _rg("names")

    # acts and requests
    hasAction = _rg("hasAction")
    verb = _rg("verb")
    verbText = _rg("verbText")
    adverb = _rg("adverb")
    requestedBy = _rg("requestedBy")
    addressee = _rg("addressee")
    addresseeText = _rg("addresseeText")
    asks = _rg("asks")
    condition = _rg("condition")
    expects = _rg("expects")
    submitTo = _rg("submitTo")
    dueSession = _rg("dueSession")
    dueDate = _rg("dueDate")
    frequency = _rg("frequency")
    madeIn = _rg("madeIn")
    scheduledFor = _rg("scheduledFor")
    itemTitle = _rg("itemTitle")

    # citations, references, instruments
    cites = _rg("cites")
    citedBy = _rg("citedBy")
    refersTo = _rg("refersTo")
    hasCitation = _rg("hasCitation")
    hasReference = _rg("hasReference")
    target = _rg("target")
    locator = _rg("locator")
    viaFootnote = _rg("viaFootnote")
    statedDate = _rg("statedDate")
    statedAdopter = _rg("statedAdopter")
    unresolved = _rg("unresolved")
    adoptedAs = _rg("adoptedAs")

    # treaty status
    hasStatus = _rg("hasStatus")
    statedIn = _rg("statedIn")
    ofInstrument = _rg("ofInstrument")
    ratificationsNeeded = _rg("ratificationsNeeded")
    entryIntoForce = _rg("entryIntoForce")
    asOf = _rg("asOf")

    # places, sources, problems
    start = _rg("start")
    end = _rg("end")
    exact = _rg("exact")
    fileName = _rg("fileName")
    sha256 = _rg("sha256")
    alternateSource = _rg("alternateSource")
    inferred = _rg("inferred")
    inferredProperty = _rg("inferredProperty")
    hasProblem = _rg("hasProblem")
    problemKind = _rg("problemKind")
    message = _rg("message")

    # derived statements
    answeredBy = _rg("answeredBy")
    restates = _rg("restates")
    previousInSeries = _rg("previousInSeries")
    revises = _rg("revises")
    similarity = _rg("similarity")
    recalls = _rg("recalls")
    answerStatus = _rg("answerStatus")
    adds = _rg("adds")
    drops = _rg("drops")
    previousClaim = _rg("previousClaim")
    contradicts = _rg("contradicts")
    createsMandate = _rg("createsMandate")
    extendsMandate = _rg("extendsMandate")
    renamesMandate = _rg("renamesMandate")
    welcomesMandate = _rg("welcomesMandate")
    subject = _rg("subject")
    property = _rg("property")
    object = _rg("object")
    rule = _rg("rule")
    change = _rg("change")
    missingSession = _rg("missingSession")
    hasFigureChange = _rg("hasFigureChange")
    figureBefore = _rg("figureBefore")
    figureAfter = _rg("figureAfter")


class DCTERMS:
    """Dublin Core terms."""

    format = NamedNode("http://purl.org/dc/terms/format")
    hasPart = NamedNode("http://purl.org/dc/terms/hasPart")
    identifier = NamedNode("http://purl.org/dc/terms/identifier")
    language = NamedNode("http://purl.org/dc/terms/language")
    subject = NamedNode("http://purl.org/dc/terms/subject")
    title = NamedNode("http://purl.org/dc/terms/title")


class SKOS:
    """Concepts, their schemes and labels."""

    Concept = NamedNode("http://www.w3.org/2004/02/skos/core#Concept")
    ConceptScheme = NamedNode("http://www.w3.org/2004/02/skos/core#ConceptScheme")
    altLabel = NamedNode("http://www.w3.org/2004/02/skos/core#altLabel")
    broader = NamedNode("http://www.w3.org/2004/02/skos/core#broader")
    exactMatch = NamedNode("http://www.w3.org/2004/02/skos/core#exactMatch")
    hasTopConcept = NamedNode("http://www.w3.org/2004/02/skos/core#hasTopConcept")
    inScheme = NamedNode("http://www.w3.org/2004/02/skos/core#inScheme")
    notation = NamedNode("http://www.w3.org/2004/02/skos/core#notation")
    prefLabel = NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    topConceptOf = NamedNode("http://www.w3.org/2004/02/skos/core#topConceptOf")


class PROV:
    """Where a resolution was read from."""

    Entity = NamedNode("http://www.w3.org/ns/prov#Entity")
    wasDerivedFrom = NamedNode("http://www.w3.org/ns/prov#wasDerivedFrom")


class RDF:
    """The type of a node, and lists."""

    type = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    first = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#first")
    rest = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#rest")
    nil = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#nil")


class RDFS:
    """Labels and links for people."""

    label = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    seeAlso = NamedNode("http://www.w3.org/2000/01/rdf-schema#seeAlso")
    Class = NamedNode("http://www.w3.org/2000/01/rdf-schema#Class")
    subClassOf = NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")


class OWL:
    """What an ontology or a graph says of itself."""

    versionInfo = NamedNode("http://www.w3.org/2002/07/owl#versionInfo")


class XSD:
    """The datatypes of the graph's literals."""

    boolean = NamedNode("http://www.w3.org/2001/XMLSchema#boolean")
    date = NamedNode("http://www.w3.org/2001/XMLSchema#date")
    dateTime = NamedNode("http://www.w3.org/2001/XMLSchema#dateTime")
    decimal = NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    gYear = NamedNode("http://www.w3.org/2001/XMLSchema#gYear")
    gYearMonth = NamedNode("http://www.w3.org/2001/XMLSchema#gYearMonth")
    integer = NamedNode("http://www.w3.org/2001/XMLSchema#integer")
    string = NamedNode("http://www.w3.org/2001/XMLSchema#string")


def sh(name: str) -> NamedNode:
    """A term of SHACL."""
    return NamedNode(SH_NAMESPACE + name)


def terms(vocabulary: type) -> frozenset[NamedNode]:
    """All terms of one vocabulary class, such as `RG`."""
    return frozenset(term for term in vars(vocabulary).values() if isinstance(term, NamedNode))
