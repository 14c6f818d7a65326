"""Storyboards: a lesson told in drawings and words, made into a video by the school itself.

Owns the format of `storyboard.toml` (docs/storyboards.md), the check of drawings, and the making
of the film and its captions. It keeps nothing: a course's import asks for a film and stores it.
"""
