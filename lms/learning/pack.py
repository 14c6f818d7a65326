"""The data pack that learners buy, against which a video's size is shown as coins."""

from typing import TypedDict

from lms.core.country import country
from lms.core.settings import settings


class Pack(TypedDict):
    """So many megabytes cost so many céntimos."""

    megabytes: int
    price_centimos: int


def pack() -> Pack:
    """What an admin named in the settings, else the country's usual one."""
    usual = country()["data_pack"]
    return {
        "megabytes": settings().pack_megabytes or usual["megabytes"],
        "price_centimos": settings().pack_cents or usual["price_cents"],
    }
