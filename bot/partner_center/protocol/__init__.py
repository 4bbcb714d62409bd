"""The protocol of Partner Center's API, values in and values out.

Pure: no I/O, no clock, no random numbers.
"""
