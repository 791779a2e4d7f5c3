"""What leaves the house for good: a release (校了), and issues made again from their bags."""
