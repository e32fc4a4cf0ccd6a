"""Figures of the reader's speed and size; `make bench` prints them."""
