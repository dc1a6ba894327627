"""Rules over people composed in rows of a form, without script; any layer's form may use it."""
