"""Loading over HTTP: which graphs have to be sent, sending them, and counting what arrived."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from resgraph.errors import CountError
from resgraph.load.client import Client, Patience
from resgraph.load.graphs import NamedGraph, chunks, named_graphs
from resgraph.load.state import Journal
from resgraph.output import held
from resgraph.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from resgraph.load.credentials import Credentials
    from resgraph.load.kinds import Target

_COUNTED = 100
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Options:
    """How to load; `auth` is `basic` or `digest`, None for what the kind of store wants; `chunk` is in bytes."""

    only_changed: bool = False
    replace_all: bool = False
    chunk: int = 8_000_000
    auth: str | None = None
    patience: Patience = field(default_factory=Patience)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did, in graphs and statements."""

    sent: int = 0
    statements: int = 0
    unchanged: int = 0
    removed: int = 0


@dataclass(frozen=True, slots=True)
class Planned:
    """A request that would be sent."""

    method: str
    graph: str
    statements: int = 0
    size: int = 0


def journal_path(graph: Path) -> Path:
    """Beside the graph, where the next build leaves it alone."""
    path = graph.resolve()
    return path.with_name(f"{path.name}.loaded.jsonl")


def load_graph(
    graph: Path,
    target: Target,
    login: Credentials | None,
    options: Options,
    state: Path | None = None,
    told: Callable[[NamedGraph], None] = lambda _: None,
) -> Loaded:
    """The graph at a path into a store; `told` hears of each named graph when its turn comes.

    Raises RemoteError where the store refuses one, and CountError where it has in the end what was not sent.
    """
    store = open_store(graph)
    path = state or journal_path(graph)
    with held(path):
        journal = Journal(path, target.name)
        journal.tidy()
        client = Client(target, login, options.auth, options.patience)
        try:
            return _load(_heard(named_graphs(store, str(graph)), told), client, journal, options)
        finally:
            client.close()


def _heard(graphs: Iterator[NamedGraph], told: Callable[[NamedGraph], None]) -> Iterator[NamedGraph]:
    for graph in graphs:
        told(graph)
        yield graph


def _load(graphs: Iterable[NamedGraph], client: Client, journal: Journal, options: Options) -> Loaded:
    done = Loaded()
    expected: dict[str, int] = {}
    here = store_counts(journal.statements(), client) if options.only_changed else {}
    for graph in graphs:
        expected[graph.name] = len(graph.lines)
        if options.only_changed and _is_there(graph, journal, here):
            done = replace(done, unchanged=done.unchanged + 1)
            continue
        _send(graph, client, journal, options.chunk)
        done = replace(done, sent=done.sent + 1, statements=done.statements + len(graph.lines))
    if options.replace_all:
        done = replace(done, removed=_remove(_gone(journal, expected), client, journal))
    _verify(expected, client, journal)
    journal.tidy()
    return done


def _is_there(graph: NamedGraph, journal: Journal, here: dict[str, int]) -> bool:
    """The journal says so; the store is asked too, since it may have been emptied or restored."""
    return journal.hash_of(graph.name) == graph.sha256 and here.get(graph.name, 0) == len(graph.lines)


def _send(graph: NamedGraph, client: Client, journal: Journal, size: int) -> None:
    """PUT replaces what was there; POST adds the rest, and may be repeated since there is no blank node."""
    journal.sending(graph.name)
    first, *rest = chunks(graph.lines, size)
    client.put(graph.name, first)
    for chunk in rest:
        client.post(graph.name, chunk)
    journal.sent(graph.name, graph.sha256, len(graph.lines))


def _gone(journal: Journal, graphs: Iterable[str]) -> list[str]:
    present = set(graphs)
    return [graph for graph in journal.graphs() if graph not in present]


def _remove(graphs: list[str], client: Client, journal: Journal) -> int:
    for graph in graphs:
        client.delete(graph)
        journal.removed(graph)
    return len(graphs)


def _verify(expected: dict[str, int], client: Client, journal: Journal) -> None:
    wrong: list[str] = []
    found = store_counts(expected, client)
    for name, count in expected.items():
        if found.get(name, 0) != count:
            journal.sending(name)
            wrong.append(f"{name} has {found.get(name, 0)} statements instead of {count}")
    if wrong:
        more = f", and {len(wrong) - _NAMED} more" if len(wrong) > _NAMED else ""
        todo = "run the same command with --only-changed, which sends these graphs again"
        raise CountError(journal.store, "; ".join(wrong[:_NAMED]) + more, todo)


def store_counts(expected: Mapping[str, int], client: Client) -> dict[str, int]:
    """What the store has in each. All its graphs are counted at once, which costs Virtuoso as much as counting one;
    those that are missing there, or differ, are asked for by name.
    """
    found: dict[str, int] = {}
    for some in client.all_counts() if expected else ():
        found |= some
        if expected.keys() <= found.keys():
            break
    names = (name for name, count in expected.items() if found.get(name) != count)
    while few := list(islice(names, _COUNTED)):
        found |= dict.fromkeys(few, 0) | client.counts(few)
    return found


def planned(graph: Path, target: Target, options: Options, state: Path | None = None) -> Iterator[Planned]:
    """The requests that a load would send, as far as the journal tells; the store is not asked."""
    journal = Journal(state or journal_path(graph), target.name)
    present: list[str] = []
    for each in named_graphs(open_store(graph), str(graph)):
        present.append(each.name)
        if options.only_changed and journal.hash_of(each.name) == each.sha256:
            continue
        for number, chunk in enumerate(chunks(each.lines, options.chunk)):
            size = len(target.kind.head) + sum(map(len, chunk))
            yield Planned("POST" if number else "PUT", each.name, len(chunk), size)
    if options.replace_all:
        yield from (Planned("DELETE", graph) for graph in _gone(journal, present))
