"""Settings of all property tests.

No property is about time: what a busy machine takes long for is not false. `USAGEBOT_TESTS_EXAMPLES` is the number of
examples of each property, Hypothesis' own number (100) without it: `USAGEBOT_TESTS_EXAMPLES=100000` is for a long run
of one test, as tests/README.md says.
"""

import os

from hypothesis import settings

EXAMPLES = int(os.environ.get("USAGEBOT_TESTS_EXAMPLES") or settings().max_examples)

settings.register_profile("timeless", settings(), deadline=None, max_examples=EXAMPLES)
settings.load_profile("timeless")
