"""What was understood of a sentence, word by word. Pure."""
