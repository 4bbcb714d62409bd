"""Settings of all property tests.

No property is about time: what a busy machine takes long for is not false. Without `USAGEBOT_TESTS_EXAMPLES` a property
has Hypothesis' own number of examples (100), the same in each run: whether a change may land is not decided by chance.
With it, that many new examples are tried: to look for what is not known yet, as tests/README.md says.
https://hypothesis.readthedocs.io/en/latest/reference/api.html#hypothesis.settings.derandomize
"""

import os

from hypothesis import settings

COUNT = os.environ.get("USAGEBOT_TESTS_EXAMPLES")
EXAMPLES = int(COUNT or settings().max_examples)

settings.register_profile("timeless", settings(), deadline=None, max_examples=EXAMPLES, derandomize=not COUNT)
settings.load_profile("timeless")
