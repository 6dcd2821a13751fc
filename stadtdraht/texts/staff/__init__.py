"""What the office and the crisis staff read, in German."""
