"""From the press to the phones."""
