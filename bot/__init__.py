"""The Telegram edge and the way in: settings, command line, delivery, the outgoing queue."""
