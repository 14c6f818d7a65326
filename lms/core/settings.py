"""Every setting of an installation: its environment variable, default, meaning and check.

`Settings.from_environment` reads them once at start and names every bad one together.
docs/settings.md is written from this table (a house test compares them).
"""

import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from flask import current_app

ROOT = Path(__file__).resolve().parents[2]


class SettingsError(Exception):
    """One or more settings are wrong; the message has a line for each."""


@dataclass(frozen=True)
class Setting:
    """One row of the table: `parse` takes the text and raises ValueError in words."""

    field: str
    variable: str
    default: str
    meaning: str
    parse: Callable[[str], Any]


def _port(text: str) -> int:
    if not text.isdigit() or not 0 <= int(text) <= 65535:
        raise ValueError("must be a number from 0 to 65535 (0 picks a free one)")
    return int(text)


def _database(text: str) -> str:
    if text and not text.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        raise ValueError("must begin with sqlite:/// or postgresql://")
    return text.replace("postgresql://", "postgresql+psycopg://", 1)


def _media(text: str) -> str:
    if "://" in text:
        raise ValueError("must be a folder's path; object storage is not served yet")
    return text


def _one_of(*choices: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in choices:
            raise ValueError(f"must be one of: {', '.join(choices)}")
        return text

    return parse


def _yes_no(text: str) -> bool:
    if text.lower() not in {"1", "0", "yes", "no", "true", "false"}:
        raise ValueError("must be yes or no")
    return text.lower() in {"1", "yes", "true"}


def _whole(low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not re.fullmatch(r"\d+", text) or not low <= int(text) <= high:
            raise ValueError(f"must be a whole number from {low} to {high}")
        return int(text)

    return parse


def _zone(text: str) -> ZoneInfo:
    if text not in available_timezones():
        raise ValueError("must be a time zone's name such as America/Lima")
    return ZoneInfo(text)


def _tag(text: str) -> str:
    if not re.fullmatch(r"[a-z]{2,3}", text):
        raise ValueError("must be a language or country code such as es, quz or pe")
    return text


def _secret(text: str) -> str:
    if text and len(text) < 32:
        raise ValueError("must have 32 characters or more")
    return text


SETTINGS: tuple[Setting, ...] = (
    Setting("data", "YACHAY_DATA", "var",
            "Folder for the database, the secret key and caches.", str),
    Setting("database_url", "YACHAY_DATABASE_URL", "",
            "`sqlite:///FILE` or `postgresql://…`; empty: `yachay.db` in the data folder.",
            _database),
    Setting("media", "YACHAY_MEDIA", "media",
            "Folder for videos and pictures.", _media),
    Setting("secret_key", "YACHAY_SECRET_KEY", "",
            "Signs cookies; empty: made once and kept in the data folder.", _secret),
    Setting("host", "HOST", "127.0.0.1",
            "Address to listen on; `0.0.0.0` lets phones on the same network in.", str),
    Setting("port", "PORT", "8000", "Port to listen on; 0 picks a free one.", _port),
    Setting("threads", "YACHAY_THREADS", "8", "Threads that answer requests.", _whole(1, 64)),
    Setting("role", "YACHAY_ROLE", "centre",
            "`centre` encodes video; `hub` (a village laptop) never does.",
            _one_of("centre", "hub")),
    Setting("worker", "YACHAY_WORKER", "yes",
            "Whether this process also does the jobs (encoding, imports).", _yes_no),
    Setting("is_https", "YACHAY_HTTPS", "no",
            "Whether learners reach the school by https: cookies are then marked secure.",
            _yes_no),
    Setting("trusted_proxies", "YACHAY_TRUSTED_PROXIES", "0",
            "How many reverse proxies stand in front and set X-Forwarded-For.", _whole(0, 5)),
    Setting("x_accel", "YACHAY_X_ACCEL", "",
            "nginx's internal location for media, such as `/protected/`; empty: served by us.",
            str),
    Setting("time_zone", "YACHAY_TIME_ZONE", "America/Lima",
            "Where days and months begin.", _zone),
    Setting("country", "YACHAY_COUNTRY", "pe",
            "Money, tariff, help lines and laws: a file in `countries/`.", _tag),
    Setting("language", "YACHAY_LANGUAGE", "es",
            "The language of a person who has chosen none: a folder in `translations/`.", _tag),
    Setting("pack_megabytes", "YACHAY_PACK_MEGABYTES", "0",
            "Size of the data pack that learners buy, in MB; 0: the country's.",
            _whole(0, 1_000_000)),
    Setting("pack_cents", "YACHAY_PACK_CENTS", "0",
            "Price of that pack in the smallest coin; 0: the country's.", _whole(0, 1_000_000)),
    Setting("idle_minutes", "YACHAY_IDLE_MINUTES", "20",
            "A learner is signed out after this many minutes without a tap.", _whole(1, 1440)),
    Setting("staff_idle_minutes", "YACHAY_STAFF_IDLE_MINUTES", "120",
            "The same for staff.", _whole(1, 10080)),
)


@dataclass(frozen=True)
class Settings:
    """The checked settings; fields are described in `SETTINGS`."""

    data: Path
    database_url: str
    media: Path
    secret_key: str
    host: str
    port: int
    threads: int
    role: str
    worker: bool
    is_https: bool
    trusted_proxies: int
    x_accel: str
    time_zone: ZoneInfo
    country: str
    language: str
    pack_megabytes: int
    pack_cents: int
    idle_minutes: int
    staff_idle_minutes: int

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """Read and check all; raises SettingsError naming every bad variable at once."""
        given = os.environ if environment is None else environment
        values: dict[str, Any] = {}
        problems = []
        for setting in SETTINGS:
            text = given.get(setting.variable, setting.default)
            try:
                values[setting.field] = setting.parse(text)
            except ValueError as error:
                problems.append(f"{setting.variable}={text!r} {error}.")
        if problems:
            raise SettingsError("\n".join(problems))
        values["data"] = Path(values["data"]).absolute()
        values["media"] = Path(values["media"]).absolute()
        if not values["database_url"]:
            values["database_url"] = f"sqlite:///{values['data'] / 'yachay.db'}"
        if not values["secret_key"]:
            values["secret_key"] = _kept_secret(values["data"])
        return cls(**values)

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is a file beside us rather than a server."""
        return self.database_url.startswith("sqlite")


def _kept_secret(data: Path) -> str:
    """The key in `data/secret_key`, made on the first start, readable by its owner only."""
    file = data / "secret_key"
    if not file.exists():
        data.mkdir(parents=True, exist_ok=True)
        fresh = file.with_name(f"secret_key.{secrets.token_hex(4)}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_hex(32))
        try:
            os.link(fresh, file)  # the first of two processes that start together wins
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return file.read_text()


def settings() -> Settings:
    """The settings of the running app."""
    found: Settings = current_app.extensions["yachay.settings"]
    return found
