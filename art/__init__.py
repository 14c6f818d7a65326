"""The sample courses' drawings, composed from parts: `python -m art` writes them into courses/.

One pen (`pen.py`), the same few people (`people.py`, `hands.py`), their things (`things.py`) and
the scenes of each course. Flat shapes in the dyes of the house, earth outlines of one weight, no
letters. A drawing may also be edited or replaced by hand: the school reads only the SVG files.
"""
