"""The inbox: lists of conversations, and the search."""
