"""The edge to Telegram: reading its updates, and delivering screens to it."""
