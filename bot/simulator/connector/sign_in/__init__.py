"""What Teams does by itself when a person sees a sign-in card."""
