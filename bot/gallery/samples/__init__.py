"""Views with made-up data: one or more of each kind of card."""
