"""What every browser test shares."""
