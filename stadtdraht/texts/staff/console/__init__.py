"""What staff read on the pages of the console."""
