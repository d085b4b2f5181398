"""The tests: a regular package, since a dependency ships a package of this name too."""
