"""The engine, room by room; imports point one way, from the command line down to the model."""
