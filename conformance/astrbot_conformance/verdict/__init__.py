"""What checks and answers have to say, until it is a verdict."""
