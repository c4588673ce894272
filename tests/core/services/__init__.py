"""Tests of services as data."""
