"""The classroom in a browser: its pages, and what serves them."""
