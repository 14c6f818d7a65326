"""What this floor tells the floors above."""

from blinker import Namespace

_signals = Namespace()

vouching_changed = _signals.signal("vouching-changed")
"""A person became known, or her roles changed, so that what she did or witnessed may count
differently. `person`: her uuid. Sent inside the transaction, after the change was added."""
