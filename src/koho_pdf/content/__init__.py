"""The content of an issue: its values, its articles as blocks, its public part, and how it is read aloud."""
