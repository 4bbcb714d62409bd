"""What a language model makes of a sentence that was not understood."""
