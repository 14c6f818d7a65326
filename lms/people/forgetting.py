"""What is not needed any more is not kept: old tries, ended sign-ins, phones not seen again."""

from datetime import timedelta

from sqlalchemy import delete, or_, select

from lms.core import clock
from lms.core.db import db
from lms.core.jobs import reconciler
from lms.people import pairing, throttling
from lms.people.signing_in_models import PairedGroup, Pairing, SignIn

SIGN_INS = timedelta(days=30)


@reconciler
def forget() -> None:
    """Delete what has run out, in the caller's transaction."""
    now = clock.now()
    throttling.forget_old(db.session.connection())
    db.session.execute(
        delete(SignIn).where(
            or_(SignIn.ended_at < now - SIGN_INS, SignIn.last_seen_at < now - SIGN_INS)
        )
    )
    unseen = or_(Pairing.last_seen_at < now - pairing.UNSEEN, Pairing.ended_at.is_not(None))
    db.session.execute(
        delete(PairedGroup).where(PairedGroup.pairing_id.in_(select(Pairing.id).where(unseen)))
    )
    db.session.execute(delete(Pairing).where(unseen))
