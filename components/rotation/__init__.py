"""The function that changes the passwords of applications; in AWS Lambda it has Python's library and boto3."""
