"""Courses: their folder's format and check, importing, exporting, and who may read their files."""
