"""How many comparisons one carrying may make, so that no text can ask for more."""

from dataclasses import dataclass

# A quarter of the words edited, 150,000 characters take some 200,000, and two million take four million.
COMPARISONS = 4_000_000


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
