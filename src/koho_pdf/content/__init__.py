"""What an issue says: its values, its articles as blocks, what of it is for everyone, how it is read aloud."""
