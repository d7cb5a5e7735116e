"""Other linters, one module each: what they find in an article, with their traps kept from everybody else."""
