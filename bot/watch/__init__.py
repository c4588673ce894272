"""Watching over the running bot: logs, figures, health, faults, and a doctor."""
