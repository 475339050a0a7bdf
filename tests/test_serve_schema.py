"""Requests that schemathesis makes up from `openapi.json`: no answer is 5xx unless a limit ended the query."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from serving import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from schemathesis import Case

CHECKS = [
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="module")
def address(graph: Path) -> Iterator[str]:
    with serving(graph, "--max-time", "2", "--max-per-address", "20") as client:
        yield str(client.base_url)


def test_no_request_upsets_the_site(address: str):
    schema = schemathesis.openapi.from_url(f"{address}/openapi.json")
    operations = [result.ok() for result in schema.get_all_operations()]
    assert [operation.label for operation in operations] == ["GET /sparql", "POST /sparql", "GET /health"]
    for operation in operations:

        @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def answered(case: Case) -> None:
            response = case.call(base_url=address)
            assert response.status_code < 500 or "resgraph serve --" in response.text
            case.validate_response(response, checks=CHECKS)

        answered()
