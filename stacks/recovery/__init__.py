"""What is lost and for how long, computed from the mechanisms that were chosen; pure, and without the AWS SDK."""
