"""Awards and gifts: made, shown, varied, settled, withdrawn, completed."""
