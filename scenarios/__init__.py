"""The scenarios that come with Wedge: YAML files, a folder a topic."""
