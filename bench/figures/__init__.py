"""One module a figure or a family of them, each with measure(library, server) -> {name: value}."""
