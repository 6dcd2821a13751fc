"""What pages ask for and do not wait for: a plan, a report, a test."""
