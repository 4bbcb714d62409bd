"""The message extension: a search and a form beside the compose box, in any chat."""
