"""From nothing to a newsletter that may go out."""
