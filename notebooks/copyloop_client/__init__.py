"""Opens Copyloop's exports and compares what they count."""
