"""A rendition of known bytes, for tests that fetch it."""

import hashlib

from lms.core.db import db
from lms.core.storage import storage
from lms.media.ladder import Family, Rung
from lms.media.models import Original, Rendition, RenditionState

BODY = bytes(range(256)) * 1200  # larger than one piece, and every byte tells where it is
DIGEST = hashlib.sha256(BODY).hexdigest()
URL = f"/m/{DIGEST[:32]}.webm"
ETAG = f'"{DIGEST[:32]}"'


def add_rendition(body: bytes) -> Rendition:
    """Write a rendition of these bytes down and into the storage."""
    digest = hashlib.sha256(body).hexdigest()
    original = Original(
        digest=hashlib.sha256(body + b"original").hexdigest(), label="x", bytes=1, demuxer="mov",
        duration_seconds=10.0, picture_index=0, width=640, height=360, exact_fps="25",
    )
    rendition = Rendition(
        original=original, rung=Rung.LOW, family=Family.NEW, state=RenditionState.READY,
        digest=digest, name=f"{digest[:32]}.webm", bytes=len(body), kbps=1, container="webm",
        mime='video/webm; codecs="av01.0.01M.08"',
    )
    db.session.add_all([original, rendition])
    with storage().write(f"renditions/{digest}.webm") as part:
        part.write_bytes(body)
    db.session.commit()
    return rendition
