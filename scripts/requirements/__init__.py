"""The requirements of the five systems, and what the tests say of them."""
