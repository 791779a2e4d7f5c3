"""The report and the sheet for people: findings, and what is ordered."""
