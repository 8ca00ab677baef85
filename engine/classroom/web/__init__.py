"""The classroom in the browser: one server on the teacher's machine, and the pages it serves."""
