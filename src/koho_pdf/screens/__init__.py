"""The desk in the browser: screens for PR staff, served to this machine alone. See README.md."""
