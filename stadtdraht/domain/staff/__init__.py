"""People of a town hall who work in the console: what they may do, and how long they stay signed in."""
