"""What all tests share: the fixtures of the modules named here, and how hypothesis searches."""

import os

from hypothesis import settings

pytest_plugins = ["tests.databases", "tests.postgres"]

# A busy machine is no fault of the code. A failure found by the checks must be found again at home.
settings.register_profile("bagyt", deadline=None, print_blob=True)
settings.register_profile("bagyt-ci", settings.get_profile("bagyt"), derandomize=True)
settings.load_profile("bagyt-ci" if os.environ.get("CI") else "bagyt")
