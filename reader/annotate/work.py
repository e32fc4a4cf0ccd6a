"""How many comparisons one carrying may make, so that no text can ask for more."""

from dataclasses import dataclass

# A text of 150,000 characters, a quarter of its words edited, takes some 300,000.
COMPARISONS = 3_000_000


@dataclass(slots=True)
class Work:
    """Counts comparisons, and refuses those beyond the limit."""

    left: int = COMPARISONS

    def take(self, comparisons: int) -> bool:
        """Whether so many more may be made; they count as made then."""
        if comparisons > self.left:
            return False
        self.left -= comparisons
        return True
