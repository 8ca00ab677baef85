"""The policies states bargain by, one small file each, and the agent that seats them."""
