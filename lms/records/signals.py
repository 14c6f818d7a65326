"""What this floor tells the floors above."""

from blinker import Namespace

_signals = Namespace()

received = _signals.signal("received")
"""Statements came in, or what vouches for them changed. `pairs`: a set of (person uuid, lesson
uuid) whose evidence may differ now. Sent inside the transaction, before it is committed."""
