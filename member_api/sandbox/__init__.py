"""
A fictional insurer, whole and small: member API, identity provider, website and operator page, on a port of its own.

It stands for the insurer's real systems in `assistant run`, in the tests and in demonstrations. Everybody and
everything in it is invented (world.yml); amounts follow the public scheme's figures of the date of care.
"""
