"""No property is about time: what a busy machine takes long for is not false."""

from hypothesis import settings

settings.register_profile("timeless", settings(), deadline=None)
settings.load_profile("timeless")
