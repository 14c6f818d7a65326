"""Default deny: a stranger reaches exactly the views of public.txt, and no other."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.house.tracked import ROOT

PUBLIC = {
    line
    for line in (Path(__file__).parent / "public.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
}
_SAMPLES: dict[str, Any] = {
    "IntegerConverter": 7,
    "FloatConverter": 1.5,
    "UUIDConverter": "0198f000-0000-7000-8000-000000000000",
}


@pytest.fixture
def doors(make_app: Any) -> Flask:
    """An app where every view only says that it was reached."""
    app: Flask = make_app()
    # The refusal of strangers is what is looked at, not the form's token.
    app.config["WTF_CSRF_ENABLED"] = False
    for endpoint, view in app.view_functions.items():
        reached = lambda **_: ("reached", 299)  # noqa: E731 - one word, and never called by name
        reached.__dict__.update(view.__dict__)
        app.view_functions[endpoint] = reached
    return app


def _address(app: Flask, rule: Rule) -> str:
    values = {
        name: _SAMPLES.get(type(converter).__name__, "abcdefgh")
        for name, converter in rule._converters.items()
    }
    built = app.url_map.bind("localhost").build(rule.endpoint, values)
    return str(built)


def test_a_stranger_reaches_exactly_what_is_public(doors: Flask) -> None:
    reached = set()
    client = doors.test_client()
    for rule in doors.url_map.iter_rules():
        if rule.endpoint == "static":
            continue
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            answer = client.open(
                _address(doors, rule), method=method, headers={"Sec-Fetch-Site": "same-origin"}
            )
            if answer.status_code == 299:
                reached.add(f"{method} {rule.rule}")
            else:
                assert answer.status_code in (302, 303, 401, 404), f"{method} {rule.rule}"
    assert reached == PUBLIC, "say in tests/house/public.txt what strangers may see, and why"


def test_a_post_that_changes_something_is_guarded(make_app: Any) -> None:
    """Without a token, or from elsewhere, no post reaches its view, public or not."""
    app: Flask = make_app()
    touched = []
    for endpoint, view in app.view_functions.items():

        def reached(_endpoint: str = endpoint, **_: Any) -> tuple[str, int]:
            touched.append(_endpoint)
            return "reached", 299

        reached.__dict__.update(view.__dict__)
        # The token's exemption is known by module and name.
        reached.__module__, reached.__name__ = view.__module__, view.__name__
        app.view_functions[endpoint] = reached
    client = app.test_client()
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) & {"POST", "PUT", "PATCH", "DELETE"}):
            client.open(
                _address(app, rule), method=method, headers={"Sec-Fetch-Site": "cross-site"}
            )
    assert not touched


def test_public_list_is_explained() -> None:
    """A line without a reason above it is not a decision."""
    text = (ROOT / "tests" / "house" / "public.txt").read_text("utf-8")
    assert text.startswith("#")
