"""Graphs that several tests ask: two invented resolutions, and the seeds."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click import Command
from click.testing import CliRunner, Result
from pyoxigraph import NamedNode, Quad, RdfFormat, Store

from resgraph.store import write_store

HERE = Path(__file__).parent
SEEDS = HERE.parent / "seeds"
TINY = HERE / "data" / "tiny.ttl"


def quads_of_the_seeds() -> list[Quad]:
    """What resgraph says of the five seeds, with the authority data."""
    from resgraph.iris import Iris
    from resgraph.pipeline import quads

    return list(quads([SEEDS], Iris()))


@pytest.fixture(scope="session")
def seeds_graph() -> Store:
    """The graph of the five seeds with what is derived from it, in memory; asked with the union of all named graphs."""
    from resgraph.derive import derive
    from resgraph.iris import Iris

    store = Store()
    store.bulk_extend(quads_of_the_seeds())
    store.bulk_extend(list(derive(store, Iris())))
    return store


@pytest.fixture
def tiny() -> Store:
    """Two invented resolutions that have between them one of everything, in a named graph."""
    store = Store()
    store.bulk_load(TINY.read_bytes(), RdfFormat.TURTLE, to_graph=NamedNode("https://w3id.org/resgraph/A/RES/60/1"))
    return store


@pytest.fixture
def tiny_path() -> Path:
    return TINY


@pytest.fixture(scope="session")
def graph(seeds_graph: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the five seeds as a store folder, for commands to open."""
    path = tmp_path_factory.mktemp("seeds") / "graph"
    write_store(path, seeds_graph)
    return path


@pytest.fixture
def run() -> Callable[..., Result]:
    """Runs a command in a wide terminal; what is no ordinary end is raised."""

    def invoke(command: Command, *arguments: str | Path) -> Result:
        result = CliRunner().invoke(command, [str(argument) for argument in arguments], env={"COLUMNS": "160"})
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return invoke
