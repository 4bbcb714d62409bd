"""What is said to Partner Center and what its answers mean: values in, values out. Pure: no I/O, no clock, no dice."""
