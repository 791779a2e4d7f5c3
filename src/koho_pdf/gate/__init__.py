"""The text gate (校閲): what must not be printed is told before a page is made."""
