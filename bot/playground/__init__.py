"""A town to try the bot in: a Bot-API-compatible server, its people played by hand or by tests."""
