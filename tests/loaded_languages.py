"""Importing this module loads the words of every language, for processes that are forked."""

from bot.language.marking.worded_sentence import load_languages

load_languages()
