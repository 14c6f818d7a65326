"""Tests of originals, the ladder and serving. Clips are small and made by ffmpeg in the test."""
