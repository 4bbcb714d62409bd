"""Every card with made-up data, on one page and as pictures, see `usagebot gallery`."""
