"""What a build loads of its parts, and tells of it on the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Store

from resgraph.build import build
from resgraph.build.graph import fill
from resgraph.build.making import Entry
from resgraph.build.shares import sift
from resgraph.build.shelf import Shelf
from resgraph.iris import Iris
from resgraph.shacl.engine import compiled
from resgraph.shacl.sample import Sample
from resgraph.store import open_store
from resgraph.validate import read_here

SEEDS = sorted((Path(__file__).parent.parent / "seeds").iterdir())
IRIS = Iris()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("built")
    build(SEEDS, folder / "graph", validate=False)
    return folder


def filled(folder, workers):
    """A store in memory of the parts that lie beside a store; the sample that noted them."""
    shelf, store, sample = Shelf(folder / ".graph.parts"), Store(), Sample()
    keys = [key for (key,) in shelf._file.execute("SELECT key FROM parts ORDER BY key")]
    entries = [Entry((0, False, n), key, "0" * 64, key) for n, key in enumerate(keys)]
    shares = [share for share, _ in sift(entries, shelf)]
    assert fill(store, shares, shelf, IRIS, workers, derive=True, sample=sample) == []
    shelf.close()
    return store, sample


def test_the_sample_of_a_build_spares_many_questions(folder):
    store, sample = filled(folder, 2)
    asked, _ = compiled(store, read_here())
    assert len(sample.open_questions(store, asked)) < len(list(asked)) * 2 / 3


@pytest.mark.parametrize("workers", [1, 16])
def test_parts_are_loaded_to_the_same_graph_by_any_number_of_threads(folder, workers):
    built = {quad for quad in open_store(folder / "graph") if quad.graph_name != IRIS.dataset_graph}
    assert set(filled(folder, workers)[0]) == built
