"""What joins two texts: parallels, claims, and who says what."""
