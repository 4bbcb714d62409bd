"""Subscriptions as the two sources send them. Pure."""
