"""What differs from country to country, as data: `countries/<code>.toml`."""

import tomllib
from functools import cache
from typing import Any

from lms.core.places import data_folder
from lms.core.settings import settings


@cache
def read_country(code: str) -> dict[str, Any]:
    """The whole table of one country; FileNotFoundError names the file that is missing."""
    with (data_folder("countries") / f"{code}.toml").open("rb") as file:
        return tomllib.load(file)


def country() -> dict[str, Any]:
    """The country of the running app."""
    return read_country(settings().country)
