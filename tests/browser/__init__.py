"""Stories in a real Chromium on a small phone, against the real program."""
