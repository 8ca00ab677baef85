"""The policies states bargain by, one small file each, and the agent that seats them.

For a policy of your own: ``from wedge.agents.seat import Policy, Table``.
"""
