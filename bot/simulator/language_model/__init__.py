"""A simulated language model behind the protocol of chat completions."""
