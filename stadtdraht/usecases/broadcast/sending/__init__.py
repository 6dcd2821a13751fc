"""It goes out, stops and goes on."""
