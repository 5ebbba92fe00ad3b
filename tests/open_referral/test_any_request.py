"""Whatever is asked, in shapes that our OpenAPI allows and in others, no request makes the server fail, and no answer
is one that our OpenAPI does not describe."""

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.support.open_referral import API
from webapp.open_referral.parameters import ADDRESSES

pytestmark = pytest.mark.reads_only
CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
    response_schema_conformance,
]  # fmt: skip
EXAMPLES = 10  # of each kind and address; run with a larger number now and then


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["allowed", "not allowed"])
def test_no_request_finds_a_fault(app: Flask, unhurried: None, mode: GenerationMode):
    schema = schemathesis.openapi.from_wsgi(f"{API}/openapi.json", app)
    statuses: set[int] = set()
    for address, parameters in ADDRESSES.items():
        if mode == GenerationMode.NEGATIVE and not parameters:
            continue  # nothing of it can be asked wrongly
        operation = schema[address]["GET"]

        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.generate],
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: Case) -> None:
            response = case.call(headers={"Accept-Encoding": "identity"})  # without a network it unpacks nothing
            case.validate_response(response, checks=CHECKS)
            statuses.add(response.status_code)

        ask()
    assert statuses >= ({200, 404} if mode == GenerationMode.POSITIVE else {400})
