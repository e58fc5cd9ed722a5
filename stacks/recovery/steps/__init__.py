"""What can be changed about each part, cheap and dear; settings by their paths, mechanisms as they become."""
