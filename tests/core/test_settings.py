"""Settings are read once and checked at start; all wrong ones are named together."""

from pathlib import Path

import pytest

from lms.core.settings import Settings, SettingsError

WRONG = {
    "PORT": "http",
    "YACHAY_DATABASE_URL": "mysql://x",
    "YACHAY_MEDIA": "s3://bucket/prefix",
    "YACHAY_ROLE": "village",
    "YACHAY_WORKER": "perhaps",
    "YACHAY_TIME_ZONE": "Lima",
    "YACHAY_COUNTRY": "Peru!",
    "YACHAY_SECRET_KEY": "short",
    "YACHAY_IDLE_MINUTES": "0",
}


@pytest.mark.parametrize("variable", WRONG)
def test_a_wrong_setting_is_named(variable: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=variable):
        Settings.from_environment({"YACHAY_DATA": str(tmp_path), variable: WRONG[variable]})


def test_all_wrong_ones_are_named_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment(WRONG)
    assert all(variable in str(caught.value) for variable in WRONG)


def test_defaults_are_whole_and_the_secret_is_kept(tmp_path: Path) -> None:
    first = Settings.from_environment({"YACHAY_DATA": str(tmp_path)})
    again = Settings.from_environment({"YACHAY_DATA": str(tmp_path)})
    assert first == again
    assert len(first.secret_key) >= 64
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0
    assert first.database_url == f"sqlite:///{tmp_path / 'yachay.db'}"


def test_a_postgresql_address_names_its_driver(tmp_path: Path) -> None:
    given = {"YACHAY_DATA": str(tmp_path), "YACHAY_DATABASE_URL": "postgresql://u@h/d"}
    assert Settings.from_environment(given).database_url == "postgresql+psycopg://u@h/d"
