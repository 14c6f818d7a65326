"""Yachay: a learning management system whose lessons need no reading and weigh kilobytes.

Each folder here is one floor of the house; imports go down, never up (docs/decisions/0001).
"""
