"""What a stack can be told, and what it answers when it is told something wrong."""
