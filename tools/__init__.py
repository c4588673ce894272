"""Tools beside the product: what made its data and is not needed to run it."""
