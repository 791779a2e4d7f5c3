"""台割: which column of which region holds each article, by measure; how much is left, and what does not fit."""
