"""What the session lessons are built from."""
