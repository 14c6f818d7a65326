"""The staff's navigation: each feature adds its own page and says which roles see it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from flask import Flask, request, url_for
from flask_login import current_user

from lms.people.roles import STAFF, Role


@dataclass(frozen=True)
class StaffLink:
    """One entry; `label` is a lazy string."""

    endpoint: str
    label: Any
    roles: Collection[Role]


_links: list[StaffLink] = []


def staff_link(endpoint: str, label: Any, roles: Collection[Role] = STAFF) -> None:
    """Add a page to the navigation; adding it again changes nothing."""
    link = StaffLink(endpoint, label, frozenset(roles))
    if all(known.endpoint != endpoint for known in _links):
        _links.append(link)


def init_app(app: Flask) -> None:
    """Give templates `staff_links()`."""
    app.jinja_env.globals["staff_links"] = links_of_reader


def links_of_reader() -> list[dict[str, Any]]:
    """The entries for whoever is signed in: url, label, is_current."""
    if not current_user.is_authenticated:
        return []
    return [
        {
            "url": url_for(link.endpoint), "label": str(link.label),
            "is_current": request.endpoint == link.endpoint,
        }
        for link in _links if current_user.has_role(link.roles)
    ]
