"""What happens, counted without anybody in it: what is counted, and what the figures add up to."""
