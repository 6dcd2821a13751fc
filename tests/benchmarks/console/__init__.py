"""What a page of the console costs its function: CPU from the request to the body, with ports that answer at once."""
