"""Sheets: tables that people make in Excel and the like, read safely and written quickly.

Nothing in here knows what the columns mean.
"""
