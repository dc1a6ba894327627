"""Pages of programmes and of the definitions of targets."""
