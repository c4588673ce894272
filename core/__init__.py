"""What is true: services and their rules, the directory and places, people, time."""
