"""Who is in the house: units, people and their roles, devices, and signing in.

It owns what is known of a person besides what she did (records) and what she learned (learning):
her name, symbol, logins, roles and sign-ins; and the two registries of people's rights.
"""
