"""How the tables came to be, one step a file; the newest file is what the code expects."""
