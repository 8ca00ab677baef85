"""The named draws before statistical batteries: streams of words, batteries, and what they found."""
