"""Admin: how those with a role keep the knowledge true, from the chat."""
