"""What all tests share: the fixtures of the modules named here."""

pytest_plugins = ["tests.postgres"]
