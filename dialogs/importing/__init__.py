"""Importing: a table of offices that an admin sends, what it would change, and doing it."""
