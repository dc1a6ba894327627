"""Pages about people, units and accounts."""
