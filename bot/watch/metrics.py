"""Figures for Prometheus: how many updates, how long they took, what Telegram answered."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """All figures of one running copy, in a registry of its own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._updates = Histogram(
            "bagyt_update_seconds",
            "Time from taking an update to having answered it",
            ["kind"],
            buckets=SECONDS,
            registry=self._registry,
        )
        self._calls = Counter(
            "bagyt_telegram_calls",
            "Calls to Telegram by what came of them",
            ["fate"],
            registry=self._registry,
        )
        self._faults = Counter("bagyt_faults", "Errors of ours", ["where"], registry=self._registry)
        self._waiting = Gauge(
            "bagyt_outgoing_waiting", "Messages waiting to be sent", registry=self._registry
        )

        self._open = Gauge("bagyt_complaints_open", "Open complaints", registry=self._registry)
        self._unowned = Gauge(
            "bagyt_complaints_unowned", "Open complaints that nobody has", registry=self._registry
        )

    def update(self, kind: str, seconds: float) -> None:
        """An update was handled."""
        self._updates.labels(kind).observe(seconds)

    def call(self, fate: str) -> None:
        """Telegram answered, or did not."""
        self._calls.labels(fate).inc()

    def fault(self, where: str) -> None:
        """Something of ours went wrong."""
        self._faults.labels(where).inc()

    def waiting(self, number: int) -> None:
        """So many messages wait in the queue."""
        self._waiting.set(number)

    def complaints(self, number: int, unowned: int) -> None:
        """So many complaints are open, so many of them are nobody's."""
        self._open.set(number)
        self._unowned.set(unowned)

    def text(self) -> bytes:
        """Everything, as Prometheus reads it."""
        return generate_latest(self._registry)
