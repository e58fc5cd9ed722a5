"""What the API has: a file per kind of object, whose `ROUTES` are found by themselves."""
