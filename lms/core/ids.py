"""Names for things that travel: UUIDv7 across devices, short ids in learners' addresses."""

import base64
import hashlib
import uuid

import uuid_utils


def new_uuid() -> uuid.UUID:
    """A fresh UUIDv7 (RFC 9562), ordered by time of making."""
    return uuid.UUID(int=uuid_utils.uuid7().int)


def short_id(of: uuid.UUID) -> str:
    """Eight letters and digits for a learner's address: neutral, stable, 40 bits of SHA-256."""
    return base64.b32encode(hashlib.sha256(of.bytes).digest()[:5]).decode().lower()
