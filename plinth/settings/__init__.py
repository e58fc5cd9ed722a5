"""What a stack is told, as far as the command line shows and checks it."""
