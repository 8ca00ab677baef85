"""What people look at: figures and the written report."""
