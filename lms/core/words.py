"""A column that holds one word of a StrEnum, as text that a person can read in the database."""

from enum import StrEnum

from sqlalchemy import Enum


def words(kind: type[StrEnum]) -> Enum:
    """The column type: the enum's values as VARCHAR(16); a new word needs no migration."""
    return Enum(
        kind, native_enum=False, length=16, values_callable=lambda of: [word.value for word in of]
    )
