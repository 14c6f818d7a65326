"""The figures: each module here measures one of them; `python -m bench.run` prints the table.

A bench module has one function, `measure() -> Iterator[Figure]`. It starts what it needs on a
free loopback port in a folder of its own, and leaves nothing behind.
"""
