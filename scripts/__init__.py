"""What brings the repository's own pages up to date."""
