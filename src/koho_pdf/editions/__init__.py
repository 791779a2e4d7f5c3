"""The forms of one issue: print, screen, web, large print, text, data; and how each is made."""
