"""Theory: classical games played by states that see ahead, classical models, and the closed forms they are held against."""
