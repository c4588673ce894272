"""The measures are tested too: what they prove must be able to fail."""
