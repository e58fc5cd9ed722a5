"""The chapters of `stacks.assemble`: each makes the components of one theme from the settings."""
