"""One measured figure and the limit that it must keep."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """What was measured, against which limit.

    `measured` and `limit` are in `unit`. A ceiling is kept when the measured figure is at most
    the limit; a floor (`is_ceiling=False`) when it is at least the limit. `note` is a short
    sentence for the reader: what stood beside it in the same run, or why it was missed.
    """

    what: str
    measured: float
    limit: float
    unit: str
    is_ceiling: bool = True
    note: str = ""

    @property
    def is_met(self) -> bool:
        """Whether the limit is kept."""
        if self.is_ceiling:
            return self.measured <= self.limit
        return self.measured >= self.limit

    @property
    def line(self) -> str:
        """The figure as one line of the table."""
        sign = "<=" if self.is_ceiling else ">="
        verdict = "ok" if self.is_met else "missed"
        tail = f"  ({self.note})" if self.note else ""
        return (
            f"{self.what:<64} {self.measured:>12,.2f} {sign} {self.limit:>10,.2f} "
            f"{self.unit:<9} {verdict}{tail}"
        )
