"""Keeping it: one database, SQLite or PostgreSQL, behind functions that take a transaction."""
