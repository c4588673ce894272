"""Tests about the repository itself: what it may hold, and that its parts agree."""
