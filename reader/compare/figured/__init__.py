"""What a text says in figures: dates, counts and names, and which of two texts are of one thing. Pure."""
