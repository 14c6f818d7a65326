"""Tests speak HTTP and read like the story; each folder mirrors one of lms/."""
