"""The notebook of the guide runs from its first cell to its last, and says what the graph says."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from resgraph.sparql import evaluate

PATH = Path(__file__).parent.parent / "docs" / "guide" / "notebook.ipynb"


@pytest.fixture(scope="module")
def outputs() -> list[str]:
    """What each cell of code shows, as text."""
    notebook = nbformat.read(PATH, as_version=4)
    NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": PATH.parent}}
    ).execute()
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert not [out for cell in cells for out in cell.outputs if out.output_type == "error"]
    return [out.data["text/plain"] for cell in cells for out in cell.outputs if out.output_type == "execute_result"]


def test_every_cell_shows_something(outputs):
    cells = [cell for cell in nbformat.read(PATH, as_version=4).cells if cell.cell_type == "code"]
    assert len(outputs) == len(cells)
    assert outputs[0] == "5"
    assert all("Empty DataFrame" not in text for text in outputs)


def test_its_tables_have_the_rows_that_the_graph_has(outputs, seeds_graph):
    (requests,) = evaluate(seeds_graph, "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a rg:Request }")
    assert f"'requests': {requests['n']}" in next(text for text in outputs if "'resolutions': 5" in text)


def test_it_is_kept_without_outputs():
    notebook = nbformat.read(PATH, as_version=4)
    nbformat.validate(notebook)
    assert not any(cell.get("outputs") for cell in notebook.cells)
